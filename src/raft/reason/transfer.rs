//! Leadership transfer (dissertation, section 3.10).

use super::words::{Reason, Topic};
use crate::raft::role::Role;
use crate::raft::types::{ClientId, Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferWhy {
    NotLeading {
        to: ServerId,
    },
    /// The target leads: it is this server.
    LeadsAlready,
    /// Only voters can be elected.
    NoVoter {
        to: ServerId,
    },
    Started {
        to: ServerId,
    },
    TimeoutNowSent {
        to: ServerId,
        last_index: Index,
    },
    /// This server still leads when the time for the transfer is over. `fired`: a person says that
    /// it is over.
    GivenUp {
        to: ServerId,
        term: Term,
        fired: bool,
    },
    RequestRefused {
        client: ClientId,
        to: ServerId,
    },
    /// TimeoutNow reaches a server that does not follow its sender.
    NotItsFollower {
        from: ServerId,
        role: Role,
    },
    /// TimeoutNow reaches a server without a vote.
    TargetNoVoter {
        from: ServerId,
    },
}

impl TransferWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            TransferWhy::NotLeading { .. }
            | TransferWhy::LeadsAlready
            | TransferWhy::NoVoter { .. }
            | TransferWhy::Started { .. }
            | TransferWhy::TimeoutNowSent { .. }
            | TransferWhy::GivenUp { .. }
            | TransferWhy::NotItsFollower { .. }
            | TransferWhy::TargetNoVoter { .. } => Topic::Elections,
            TransferWhy::RequestRefused { .. } => Topic::Clients,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let stays = "leadership stays here".to_string();
        let (fact, decision) = match *self {
            TransferWhy::NotLeading { to } => {
                ("not the leader".to_string(), format!("cannot transfer leadership to {to:#}"))
            }
            TransferWhy::LeadsAlready => ("it leads already".to_string(), stays),
            TransferWhy::NoVoter { to } => (format!("{to:#} has no vote"), stays),
            TransferWhy::Started { to } => (
                format!("leadership is to be transferred to {to:#}"),
                format!("takes no new requests and brings {to:#} up to date"),
            ),
            TransferWhy::TimeoutNowSent { to, last_index } => (
                format!("{to:#} has all entries up to {last_index}"),
                "asks it to campaign at once (TimeoutNow)".to_string(),
            ),
            TransferWhy::GivenUp { to, term, fired } => (
                match fired {
                    true => format!("an action fired its timeout, and it still leads term {term}"),
                    false => format!(
                        "still leads term {term} an election timeout after the transfer began"
                    ),
                },
                format!("gives up the transfer to {to:#}, takes requests again"),
            ),
            TransferWhy::RequestRefused { client, to } => (
                format!("leadership is being transferred to {to:#}"),
                format!("rejects {client:#} for now"),
            ),
            TransferWhy::NotItsFollower { from, role: Role::Leader } => (
                format!("it leads this term itself, and does not follow {from:#}"),
                "ignores TimeoutNow".to_string(),
            ),
            TransferWhy::NotItsFollower { from, role } => (
                format!("it is a {role} that does not follow {from:#}"),
                "ignores TimeoutNow".to_string(),
            ),
            TransferWhy::TargetNoVoter { from } => (
                "it has no vote in its configuration".to_string(),
                format!("ignores TimeoutNow from {from:#}"),
            ),
        };
        let (principle, section) = ("leadership transfer", "dissertation, section 3.10");
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}
