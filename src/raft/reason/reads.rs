//! Reads that do not go through the log (section 8; dissertation, section 6.4).

use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{ClientId, Index, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadWhy {
    Answered { client: ClientId, applied: Index, confirmed: bool },
    WaitsForQuorum { client: ClientId, read_index: Index, round: u64 },
    WaitsForTerm { client: ClientId, term: Term },
    Dropped { client: ClientId },
    LeaseHeld { client: ClientId },
}

impl ReadWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Clients
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            ReadWhy::Answered { client, applied, confirmed: true } => Reason::new(
                topic,
                Rule::ReadQuorum,
                "section 8",
                format!("leadership is confirmed and {applied} is applied"),
                format!("answers {client:#}"),
            ),
            ReadWhy::Answered { client, applied, confirmed: false } => Reason::new(
                topic,
                Rule::ReadQuorum,
                "section 8",
                "this read needs no confirmation",
                format!("answers {client:#} from what is applied here ({applied}), may be stale"),
            ),
            ReadWhy::WaitsForQuorum { client, read_index, round } => Reason::new(
                topic,
                Rule::ReadQuorum,
                "section 8",
                format!("{client:#}'s read must see entries up to {read_index}"),
                format!("asks a majority whether it still leads (round {round})"),
            ),
            ReadWhy::WaitsForTerm { client, term } => Reason::new(
                topic,
                Rule::ReadQuorum,
                "section 8",
                format!("no entry of its own term {term} is committed yet"),
                format!("{client:#}'s read waits"),
            ),
            ReadWhy::Dropped { client } => Reason::new(
                topic,
                Rule::ReadQuorum,
                "section 8",
                "no longer the leader",
                format!("redirects {client:#}'s read"),
            ),
            ReadWhy::LeaseHeld { client } => Reason::new(
                topic,
                "read lease",
                "dissertation, section 6.4.1",
                "a majority replied within the lease, so nobody else can lead yet",
                format!("answers {client:#} without asking"),
            ),
        }
    }
}
