//! What the person looks at: a moment and a thing. The address holds it.

use std::fmt;
use std::str::FromStr;

use crate::raft::{ClientId, Index, ServerId};
use crate::sim::{EventId, MessageId, Micros};

/// A moment of the run, and what is selected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Focus {
    pub time_us: Micros,
    pub selection: Option<Selection>,
}

/// A thing that a person can select, and that every view marks when it is hovered.
///
/// It displays as the name that the address and the attribute `data-selection` hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Selection {
    /// `s1`.
    Server(ServerId),
    /// `s1-s2`, the lower number first.
    Link(ServerId, ServerId),
    /// `message-12`.
    Message(MessageId),
    /// `s1-entry-3`: an entry of a server's log.
    Entry { server: ServerId, index: Index },
    /// `event-77`.
    Event(EventId),
    /// `c1-operation-4`: an operation of a client, by its serial number.
    Operation { client: ClientId, serial: u64 },
    /// `c1`.
    Client(ClientId),
}

impl Selection {
    /// The link between two servers, whichever is named first.
    pub fn link(a: ServerId, b: ServerId) -> Selection {
        Selection::Link(a.min(b), a.max(b))
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selection::Server(server) => write!(f, "{server}"),
            Selection::Link(a, b) => write!(f, "{a}-{b}"),
            Selection::Message(id) => write!(f, "message-{id}"),
            Selection::Entry { server, index } => write!(f, "{server}-entry-{index}"),
            Selection::Event(id) => write!(f, "event-{id}"),
            Selection::Operation { client, serial } => write!(f, "{client}-operation-{serial}"),
            Selection::Client(client) => write!(f, "{client}"),
        }
    }
}

/// The text names no thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASelection;

impl FromStr for Selection {
    type Err = NotASelection;

    fn from_str(name: &str) -> Result<Selection, NotASelection> {
        parsed(name).ok_or(NotASelection)
    }
}

fn parsed(name: &str) -> Option<Selection> {
    let mut parts = name.split('-');
    let parts = (parts.next()?, parts.next(), parts.next(), parts.next());
    let (first, second, third, None) = parts else { return None };
    if let Some(client) = numbered(first, 'c').and_then(ClientId::new) {
        return match (second, third) {
            (None, None) => Some(Selection::Client(client)),
            (Some("operation"), Some(serial)) => {
                Some(Selection::Operation { client, serial: serial.parse().ok()? })
            }
            _ => None,
        };
    }
    match (first, second, third) {
        ("message", Some(id), None) => return Some(Selection::Message(id.parse().ok()?)),
        ("event", Some(id), None) => return Some(Selection::Event(id.parse().ok()?)),
        _ => {}
    }
    let server = numbered(first, 's').and_then(ServerId::new)?;
    match (second, third) {
        (None, None) => Some(Selection::Server(server)),
        (Some("entry"), Some(index)) => {
            Some(Selection::Entry { server, index: index.parse().ok()? })
        }
        (Some(other), None) => {
            let other = numbered(other, 's').and_then(ServerId::new)?;
            (server != other).then(|| Selection::link(server, other))
        }
        _ => None,
    }
}

/// The number after that letter.
fn numbered(name: &str, letter: char) -> Option<usize> {
    name.strip_prefix(letter)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_read_back_from_its_name() {
        let s = |number| ServerId::new(number).expect("a server's number");
        let c1 = ClientId::new(1).expect("a client's number");
        for (selection, name) in [
            (Selection::Server(s(3)), "s3"),
            (Selection::link(s(4), s(2)), "s2-s4"),
            (Selection::Message(120), "message-120"),
            (Selection::Entry { server: s(1), index: 5 }, "s1-entry-5"),
            (Selection::Event(77), "event-77"),
            (Selection::Operation { client: c1, serial: 4 }, "c1-operation-4"),
            (Selection::Client(c1), "c1"),
        ] {
            assert_eq!(selection.to_string(), name);
            assert_eq!(name.parse(), Ok(selection));
        }
    }

    #[test]
    fn other_names_select_nothing() {
        for name in ["", "s", "s0", "s99", "c0", "s1-s1", "s1-", "event", "event-x", "s1-entry-1-2"]
        {
            assert_eq!(name.parse::<Selection>(), Err(NotASelection), "{name}");
        }
    }
}
