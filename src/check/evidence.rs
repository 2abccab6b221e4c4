//! The evidence of a violation: the two things that contradict each other, each with the event in
//! which it came to be.

use std::fmt;

use crate::raft::{ClientId, Entry, Index, ServerId, Term};
use crate::sim::EventId;

/// Where and when one side of a violation came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub server: ServerId,
    pub event: EventId,
}

/// What breaks a property. Each variant names both sides; the first one was there first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Two servers were elected in one term.
    TwoLeaders { term: Term, first: Origin, second: Origin },
    /// A leader changed an entry of its log, which went up to `last_index`.
    LogChanged { term: Term, index: Index, last_index: Index, elected: Origin, changed: Origin },
    /// Two logs hold different entries of one index and term.
    EntriesDiffer { index: Index, first: (Origin, Entry), second: (Origin, Entry) },
    /// Two logs hold the same entry, after entries of these different terms.
    HistoriesDiffer { index: Index, term: Term, first: (Origin, Term), second: (Origin, Term) },
    /// The leader of a higher term lacks a committed entry.
    EntryMissing {
        index: Index,
        /// The term of the entry, and the term in which it was committed.
        terms: (Term, Term),
        committed: Origin,
        leader: Origin,
        leader_term: Term,
        instead: Instead,
    },
    /// Two servers applied different entries at one index.
    AppliedDiffer { index: Index, first: (Origin, Entry), second: (Origin, Entry) },
    /// A response fits no order of the operations.
    NoOrder(Box<Unexplained>),
}

/// What a log holds at the index of a missing entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// An entry of that term.
    Entry(Term),
    /// Nothing: the log ends at that index.
    End(Index),
}

/// An operation, and the events in which it was invoked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnsweredOperation {
    pub client: ClientId,
    pub serial: u64,
    pub invoked: EventId,
    pub answered: EventId,
}

/// A response that no order of the operations on its key explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    pub key: String,
    /// The operation whose response it is.
    pub operation: AnsweredOperation,
    pub is_read: bool,
    /// The newest write that has certainly taken effect before; `None`: the key was never written,
    /// or the write is not answered yet.
    pub write: Option<AnsweredOperation>,
    /// Why it fits no order, in a sentence without a full stop.
    pub text: String,
}

/// One side of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Elected(Origin, Term),
    LogChanged(Origin, Index),
    /// An entry came into this log.
    Appended(Origin, Index),
    Committed(Origin, Index),
    Applied(Origin, Index),
    Answered(AnsweredOperation),
}

impl Side {
    /// The event in which this side came to be.
    pub fn event(&self) -> EventId {
        match self {
            Side::Elected(origin, _)
            | Side::LogChanged(origin, _)
            | Side::Appended(origin, _)
            | Side::Committed(origin, _)
            | Side::Applied(origin, _) => origin.event,
            Side::Answered(operation) => operation.answered,
        }
    }

    /// The server that made it so; `None` of an answer, which a client gets.
    pub fn server(&self) -> Option<ServerId> {
        match self {
            Side::Elected(origin, _)
            | Side::LogChanged(origin, _)
            | Side::Appended(origin, _)
            | Side::Committed(origin, _)
            | Side::Applied(origin, _) => Some(origin.server),
            Side::Answered(_) => None,
        }
    }

    /// What came to be, as a heading.
    pub fn title(&self) -> String {
        match self {
            Side::Elected(origin, term) => format!("{:#} leads term {term}", origin.server),
            Side::LogChanged(origin, index) => {
                format!("{:#} changes its entry {index}", origin.server)
            }
            Side::Appended(origin, index) => format!("{:#} appends entry {index}", origin.server),
            Side::Committed(origin, index) => format!("{:#} commits entry {index}", origin.server),
            Side::Applied(origin, index) => format!("{:#} applies entry {index}", origin.server),
            Side::Answered(AnsweredOperation { client, serial, .. }) => {
                format!("{client:#}'s command {serial} is answered")
            }
        }
    }
}

impl Evidence {
    /// The sides that contradict each other, the earlier one first.
    pub fn sides(&self) -> Vec<Side> {
        match *self {
            Evidence::TwoLeaders { term, first, second } => {
                vec![Side::Elected(first, term), Side::Elected(second, term)]
            }
            Evidence::LogChanged { term, index, elected, changed, .. } => {
                vec![Side::Elected(elected, term), Side::LogChanged(changed, index)]
            }
            Evidence::EntriesDiffer { index, first: (first, _), second: (second, _) } => {
                vec![Side::Appended(first, index), Side::Appended(second, index)]
            }
            Evidence::HistoriesDiffer { index, first: (first, _), second: (second, _), .. } => {
                vec![Side::Appended(first, index), Side::Appended(second, index)]
            }
            Evidence::EntryMissing { index, committed, leader, leader_term, .. } => {
                vec![Side::Committed(committed, index), Side::Elected(leader, leader_term)]
            }
            Evidence::AppliedDiffer { index, first: (first, _), second: (second, _) } => {
                vec![Side::Applied(first, index), Side::Applied(second, index)]
            }
            Evidence::NoOrder(ref found) => {
                let write = found.write.map(Side::Answered);
                write.into_iter().chain([Side::Answered(found.operation)]).collect()
            }
        }
    }

    /// What contradicts what, in a few words: the end of a title.
    pub fn headline(&self) -> String {
        match self {
            Evidence::TwoLeaders { term, .. } => format!("two leaders in term {term}"),
            Evidence::LogChanged { term, index, changed, .. } => {
                format!("{:#}, leader of term {term}, changed its entry {index}", changed.server)
            }
            Evidence::EntriesDiffer { index, first: (_, entry), .. } => {
                format!("two entries of index {index} and term {}", entry.term)
            }
            Evidence::HistoriesDiffer { index, .. } => format!("logs differ before entry {index}"),
            Evidence::EntryMissing { index, leader, leader_term, .. } => format!(
                "{:#}, leader of term {leader_term}, lacks the committed entry {index}",
                leader.server
            ),
            Evidence::AppliedDiffer { index, .. } => {
                format!("two entries applied at index {index}")
            }
            Evidence::NoOrder(found) if found.is_read => {
                format!("{:#} read a wrong value of {}", found.operation.client, found.key)
            }
            Evidence::NoOrder(found) => {
                format!("the answer to {:#} fits no order", found.operation.client)
            }
        }
    }
}

impl fmt::Display for Evidence {
    /// A sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::TwoLeaders { term, first, second } => {
                let (first, second) = (first.server, second.server);
                write!(f, "{first:#} and {second:#} have both been elected in term {term}")
            }
            Evidence::LogChanged { term, index, last_index, changed, .. } => write!(
                f,
                "{:#}, the leader of term {term}, changed entry {index} of its log, which went up \
                 to {last_index}",
                changed.server
            ),
            Evidence::EntriesDiffer { index, first: (there, old), second: (here, new) } => write!(
                f,
                "{:#} appended `{}` as entry {index} of term {}, where {:#} had appended `{}`",
                here.server, new.command, new.term, there.server, old.command
            ),
            Evidence::HistoriesDiffer { index, term, first, second } => write!(
                f,
                "{:#} appended entry {index} of term {term} after an entry of term {}, where {:#} \
                 had appended it after one of term {}",
                second.0.server, second.1, first.0.server, first.1
            ),
            Evidence::EntryMissing { index, terms, leader, leader_term, instead, .. } => {
                write!(
                    f,
                    "entry {index} of term {} was committed in term {}, but the log of {:#}, the \
                     leader of term {leader_term}, ",
                    terms.0, terms.1, leader.server
                )?;
                match instead {
                    Instead::Entry(term) => write!(f, "holds one of term {term} there"),
                    Instead::End(last_index) => write!(f, "ends at {last_index}"),
                }
            }
            Evidence::AppliedDiffer { index, first: (_, old), second: (here, new) } => write!(
                f,
                "{:#} applied `{}` of term {} at index {index}, where `{}` of term {} had been \
                 applied",
                here.server, new.command, new.term, old.command, old.term
            ),
            Evidence::NoOrder(found) => f.write_str(&found.text),
        }
    }
}
