//! Leadership transfer (dissertation, section 3.10).

use super::words::{Reason, Topic};
use crate::raft::types::{ClientId, Index, ServerId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferWhy {
    /// `leads`: the target is the reason, not this server's role.
    Refused {
        to: ServerId,
        leads: bool,
    },
    Started {
        to: ServerId,
    },
    TimeoutNowSent {
        to: ServerId,
        last_index: Index,
    },
    /// `fired`: a person fired the leader's election timer.
    TimedOut {
        to: ServerId,
        fired: bool,
    },
    RequestRefused {
        client: ClientId,
        to: ServerId,
    },
}

impl TransferWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            TransferWhy::Refused { .. }
            | TransferWhy::Started { .. }
            | TransferWhy::TimeoutNowSent { .. }
            | TransferWhy::TimedOut { .. } => Topic::Elections,
            TransferWhy::RequestRefused { .. } => Topic::Clients,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (fact, decision) = match *self {
            TransferWhy::Refused { to, leads: true } => (
                format!("{to:#} leads already or has no vote"),
                "leadership stays here".to_string(),
            ),
            TransferWhy::Refused { to, leads: false } => {
                ("not the leader".to_string(), format!("cannot transfer leadership to {to:#}"))
            }
            TransferWhy::Started { to } => (
                format!("leadership is to be transferred to {to:#}"),
                format!("takes no new requests and brings {to:#} up to date"),
            ),
            TransferWhy::TimeoutNowSent { to, last_index } => (
                format!("{to:#} has all entries up to {last_index}"),
                "asks it to campaign at once".to_string(),
            ),
            TransferWhy::TimedOut { to, fired } => (
                match fired {
                    true => format!("a timeout was fired, and {to:#} is not the leader yet"),
                    false => format!("{to:#} did not become leader within an election timeout"),
                },
                "takes requests again".to_string(),
            ),
            TransferWhy::RequestRefused { client, to } => (
                format!("leadership is being transferred to {to:#}"),
                format!("rejects {client:#} for now"),
            ),
        };
        let (principle, section) = ("leadership transfer", "dissertation, section 3.10");
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}
