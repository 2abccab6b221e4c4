//! The shape and the label of a message.

use crate::raft::{Body, Kind, Message};
use crate::ui::text;

/// The shape of a message, which tells its kind and its verdict without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageShape {
    /// RequestVote or PreVote: a hollow diamond with a question mark.
    VoteRequest,
    /// A granted vote: a filled diamond with a tick.
    VoteGranted,
    /// A denied vote: a hollow diamond with a dashed rim and a cross.
    VoteDenied,
    /// AppendEntries with entries: a box with the command or the number of entries.
    Append,
    /// AppendEntries without entries: a ring.
    Heartbeat,
    /// Accepted entries: a filled disc with a tick.
    AppendAccepted,
    /// Rejected entries: a hollow disc with a dashed rim and a cross.
    AppendRejected,
    /// A client's request: a triangle that points up.
    ClientRequest,
    /// An answer to a client: a triangle that points down, with a tick.
    ClientAnswer,
    /// A failure or a redirect: the same with a cross.
    ClientRefusal,
    /// Any other message between servers: a box without a label.
    Other,
}

impl MessageShape {
    /// In the order of the legend.
    pub const ALL: [MessageShape; 11] = [
        MessageShape::VoteRequest,
        MessageShape::VoteGranted,
        MessageShape::VoteDenied,
        MessageShape::Heartbeat,
        MessageShape::Append,
        MessageShape::AppendAccepted,
        MessageShape::AppendRejected,
        MessageShape::ClientRequest,
        MessageShape::ClientAnswer,
        MessageShape::ClientRefusal,
        MessageShape::Other,
    ];

    /// The class that styles/stage.css and the prototypes know the shape by.
    pub fn class(self) -> &'static str {
        match self {
            MessageShape::VoteRequest => "ask",
            MessageShape::VoteGranted => "vote-yes",
            MessageShape::VoteDenied => "vote-no",
            MessageShape::Append => "append",
            MessageShape::Heartbeat => "heartbeat",
            MessageShape::AppendAccepted => "reply-yes",
            MessageShape::AppendRejected => "reply-no",
            MessageShape::ClientRequest => "request",
            MessageShape::ClientAnswer => "answer-yes",
            MessageShape::ClientRefusal => "answer-no",
            MessageShape::Other => "other",
        }
    }

    /// From the middle of a message with that label to its edge, in that direction in degrees, in
    /// pixels; the same as in styles/stage.css.
    pub fn edge(self, label: &str, degrees: f64) -> f64 {
        match self {
            MessageShape::Append | MessageShape::Other => {
                let letters = if label.is_empty() { 3 } else { label.chars().count() };
                let half_width = 6.0 + 3.1 * letters as f64;
                let (sin, cos) = degrees.to_radians().sin_cos();
                (half_width / cos.abs().max(0.01)).min(10.0 / sin.abs().max(0.01))
            }
            MessageShape::Heartbeat => 8.0,
            MessageShape::AppendAccepted | MessageShape::AppendRejected => 10.0,
            _ => 11.0,
        }
    }

    pub fn of(message: &Message) -> MessageShape {
        let yes = message.verdict().unwrap_or(true);
        match (message.kind(), yes) {
            (Kind::RequestVote | Kind::PreVote, _) => MessageShape::VoteRequest,
            (Kind::Vote | Kind::PreVoteReply, true) => MessageShape::VoteGranted,
            (Kind::Vote | Kind::PreVoteReply, false) => MessageShape::VoteDenied,
            (Kind::Append, _) if is_heartbeat(message) => MessageShape::Heartbeat,
            (Kind::Append, _) => MessageShape::Append,
            (Kind::AppendReply, true) => MessageShape::AppendAccepted,
            (Kind::AppendReply, false) => MessageShape::AppendRejected,
            (Kind::Request, _) => MessageShape::ClientRequest,
            (Kind::Reply, true) => MessageShape::ClientAnswer,
            (Kind::Reply, false) => MessageShape::ClientRefusal,
            _ => MessageShape::Other,
        }
    }
}

fn is_heartbeat(message: &Message) -> bool {
    matches!(&message.body, Body::Append(append) if append.entries.is_empty())
}

/// The longest label, in letters.
const LABEL_LEN_MAX: usize = 9;

/// The text on a message or beside it: the command, the number of entries, or the answer.
pub fn message_label(message: &Message) -> String {
    match &message.body {
        Body::Append(append) => match append.entries.as_slice() {
            [] => String::new(),
            [entry] => shortened(&text::command(&entry.command)),
            entries => format!("×{}", entries.len()),
        },
        Body::Request(request) => shortened(&request.command.op.to_string()),
        Body::Reply { result: Ok(answer), .. } => shortened(&answer.to_string()),
        Body::Reply { result: Err(redirect), .. } => match redirect.leader {
            Some(leader) => format!("→ {leader:#}"),
            None => "no leader".to_string(),
        },
        _ => String::new(),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LABEL_LEN_MAX {
        return text.to_string();
    }
    text.chars().take(LABEL_LEN_MAX - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::{Append, Command, Entry, ServerId};

    fn message(body: Body) -> Message {
        let (from, to) = (ServerId::from_slot(0).into(), ServerId::from_slot(1).into());
        Message { from, to, term: 2, body }
    }

    fn append(count: usize) -> Message {
        let entries = vec![Entry { term: 2, command: Command::Noop }; count];
        message(Body::Append(Append { prev_index: 0, prev_term: 0, entries, commit: 0, round: 1 }))
    }

    #[test]
    fn kind_and_verdict_decide_the_shape() {
        assert_eq!(MessageShape::of(&append(0)), MessageShape::Heartbeat);
        assert_eq!(MessageShape::of(&append(2)), MessageShape::Append);
        assert_eq!(
            MessageShape::of(&message(Body::Vote { granted: true })),
            MessageShape::VoteGranted
        );
        assert_eq!(
            MessageShape::of(&message(Body::Vote { granted: false })),
            MessageShape::VoteDenied
        );
    }

    #[test]
    fn a_label_is_the_command_or_the_count_and_is_short() {
        assert_eq!(message_label(&append(0)), "");
        assert_eq!(message_label(&append(1)), "noop");
        assert_eq!(message_label(&append(3)), "×3");
        assert_eq!(shortened("averylongkey←1"), "averylon…");
    }

    #[test]
    fn class_names_differ() {
        let mut classes: Vec<_> = MessageShape::ALL.iter().map(|shape| shape.class()).collect();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), MessageShape::ALL.len());
    }
}
