//! Client sessions: commands that a client sends again (section 8; dissertation, section 6.3).

use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{ClientId, Index};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionWhy {
    /// A retry reaches the leader. Its command was applied before, and the session has the answer.
    RetryAnswered { client: ClientId, serial: u64 },
    /// A retry reaches the leader, and its client has the answer already.
    RetryIgnored { client: ClientId, serial: u64 },
    /// A retry reaches the leader, and its session has expired.
    RetryRefused { client: ClientId, serial: u64 },
    /// `dedupe` is off: a retry of the command that was applied as entry `applied` is appended.
    AppendedAgain { client: ClientId, serial: u64, applied: Index, index: Index },
    /// The command of an entry was applied before.
    DuplicateSkipped { client: ClientId, serial: u64, index: Index },
    /// The session of an entry's client has expired.
    ExpiredSkipped { client: ClientId, serial: u64, index: Index },
    /// `dedupe` is off: the command was applied before, as entry `applied`.
    AppliedAgain { client: ClientId, serial: u64, applied: Index, index: Index },
}

impl SessionWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Clients
    }

    pub(super) fn describe(&self) -> Reason {
        let expired = |client: ClientId, serial: u64| {
            format!("{client:#}'s session has expired, and command {serial} may have been applied")
        };
        let (session, expiry) = ("section 8", "dissertation, section 6.3");
        let on = Demand::from(Rule::Dedupe);
        let (demand, section, fact, decision) = match *self {
            SessionWhy::RetryAnswered { client, serial } => (
                on,
                session,
                format!("{client:#}'s command {serial} was applied before"),
                "does not append it again, repeats the answer".to_string(),
            ),
            SessionWhy::RetryIgnored { client, serial } => (
                on,
                session,
                format!("{client:#} has the answer to command {serial} already"),
                "ignores the retry".to_string(),
            ),
            SessionWhy::RetryRefused { client, serial } => {
                (on, expiry, expired(client, serial), "answers with an error".to_string())
            }
            SessionWhy::AppendedAgain { client, serial, applied, index } => (
                Demand::off(Rule::Dedupe),
                session,
                applied_already(client, serial, applied),
                format!("appends it again as entry {index}"),
            ),
            SessionWhy::DuplicateSkipped { client, serial, index } => (
                on,
                session,
                format!(
                    "entry {index} repeats {client:#}'s command {serial}, which was applied before"
                ),
                "does not apply it again".to_string(),
            ),
            SessionWhy::ExpiredSkipped { client, serial, index } => {
                (on, expiry, expired(client, serial), format!("does not apply entry {index}"))
            }
            SessionWhy::AppliedAgain { client, serial, applied, index } => (
                Demand::off(Rule::Dedupe),
                session,
                applied_already(client, serial, applied),
                format!("applies it again as entry {index}"),
            ),
        };
        Reason::new(self.topic(), demand, section, fact, decision)
    }
}

fn applied_already(client: ClientId, serial: u64, applied: Index) -> String {
    format!("{client:#}'s command {serial} was applied as entry {applied}, but `dedupe` is off")
}
