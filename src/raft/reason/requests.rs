//! Clients' requests: who answers them (section 8).

use super::words::{Reason, Topic};
use crate::raft::types::{ClientId, Index, ServerId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestWhy {
    Proposed { client: ClientId, serial: u64, index: Index },
    Redirected { client: ClientId, leader: Option<ServerId> },
    Forwarded { client: ClientId, leader: ServerId },
}

impl RequestWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Clients
    }

    pub(super) fn describe(&self) -> Reason {
        let find = "clients find the leader";
        let (principle, section, fact, decision) = match *self {
            RequestWhy::Proposed { client, serial, index } => (
                "the leader appends",
                "section 5.3",
                "the leader receives a command",
                format!("appends {client:#}'s command {serial} as entry {index}"),
            ),
            RequestWhy::Redirected { client, leader: Some(leader) } => {
                (find, "section 8", "not the leader", format!("redirects {client:#} to {leader:#}"))
            }
            RequestWhy::Redirected { client, leader: None } => {
                (find, "section 8", "not the leader and knows none", format!("rejects {client:#}"))
            }
            RequestWhy::Forwarded { client, leader } => {
                let decision = format!("forwards {client:#}'s request to {leader:#}");
                (find, "section 8", "not the leader", decision)
            }
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}
