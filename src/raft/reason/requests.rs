//! Clients' requests and their sessions (section 8; dissertation, section 6.3).

use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{ClientId, Index, ServerId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestWhy {
    Proposed {
        client: ClientId,
        serial: u64,
        index: Index,
    },
    Redirected {
        client: ClientId,
        leader: Option<ServerId>,
    },
    Forwarded {
        client: ClientId,
        leader: ServerId,
    },
    /// The command of a retry was applied before.
    DuplicateSkipped {
        client: ClientId,
        serial: u64,
    },
    SessionExpired {
        client: ClientId,
        serial: u64,
    },
}

impl RequestWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Clients
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            RequestWhy::Proposed { client, serial, index } => Reason::new(
                topic,
                "the leader appends",
                "section 5.3",
                "the leader receives a command",
                format!("appends {client:#}'s command {serial} as entry {index}"),
            ),
            RequestWhy::Redirected { client, leader: Some(leader) } => Reason::new(
                topic,
                "clients find the leader",
                "section 8",
                "not the leader",
                format!("redirects {client:#} to {leader:#}"),
            ),
            RequestWhy::Redirected { client, leader: None } => Reason::new(
                topic,
                "clients find the leader",
                "section 8",
                "not the leader and knows none",
                format!("rejects {client:#}"),
            ),
            RequestWhy::Forwarded { client, leader } => Reason::new(
                topic,
                "clients find the leader",
                "section 8",
                "not the leader",
                format!("forwards {client:#}'s request to {leader:#}"),
            ),
            RequestWhy::DuplicateSkipped { client, serial } => Reason::new(
                topic,
                Rule::Dedupe,
                "section 8",
                format!("{client:#}'s command {serial} was applied before"),
                "does not apply it again",
            ),
            RequestWhy::SessionExpired { client, serial } => Reason::new(
                topic,
                Rule::Dedupe,
                "dissertation, section 6.3",
                format!(
                    "{client:#}'s session has expired, and command {serial} may have been applied"
                ),
                "answers with an error",
            ),
        }
    }
}
