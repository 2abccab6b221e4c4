//! Reads that do not go through the log (section 8; dissertation, section 6.4).

use super::tally::VoterCount;
use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{ClientId, Index, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadWhy {
    Answered {
        client: ClientId,
        applied: Index,
        ground: ReadGround,
    },
    WaitsForQuorum {
        client: ClientId,
        read_index: Index,
        round: u64,
    },
    WaitsForTerm {
        client: ClientId,
        term: Term,
        /// The leader has no entry of its own term, for `leader-noop` is off.
        no_noop: bool,
    },
    Dropped {
        client: ClientId,
    },
}

/// On what a server answers a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadGround {
    /// Any server answers (`reads local`).
    Local,
    /// A server that takes itself for the leader answers (`reads leader`).
    Leader,
    /// These servers have replied to the read's round or a later one.
    Confirmed { round: u64, confirmed: VoterCount },
    /// These servers have replied to a round whose lease is not over.
    Lease(VoterCount),
    /// Nothing: `read-quorum` is off.
    Unconfirmed,
}

impl ReadWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Clients
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            ReadWhy::Answered { client, applied, ground } => {
                let (principle, section, fact) = ground.describe();
                let stale = if ground.may_be_stale() { ", may be stale" } else { "" };
                let what = match applied {
                    0 => "with nothing applied yet".to_string(),
                    _ => format!("with what it has applied, up to {applied}"),
                };
                let decision = format!("answers {client:#} {what}{stale}");
                (principle, section, fact, decision)
            }
            ReadWhy::WaitsForQuorum { client, read_index, round } => (
                Rule::ReadQuorum.into(),
                "section 8",
                format!("{client:#}'s read must see entries up to {read_index}"),
                format!("asks the others whether it still leads (round {round})"),
            ),
            ReadWhy::WaitsForTerm { client, term, no_noop } => {
                let (demand, off): (Demand, _) = match no_noop {
                    true => {
                        (Demand::off(Rule::LeaderNoop), ": it has none, for `leader-noop` is off")
                    }
                    false => (Rule::ReadQuorum.into(), ""),
                };
                let fact = format!("no entry of its own term {term} is committed yet{off}");
                (demand, "section 8", fact, format!("{client:#}'s read waits"))
            }
            ReadWhy::Dropped { client } => (
                Rule::ReadQuorum.into(),
                "section 8",
                "no longer the leader".to_string(),
                format!("redirects {client:#}'s read"),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

impl ReadGround {
    fn may_be_stale(self) -> bool {
        match self {
            ReadGround::Local | ReadGround::Leader | ReadGround::Unconfirmed => true,
            ReadGround::Confirmed { confirmed, .. } => confirmed.needs_rule_off(),
            ReadGround::Lease(_) => false,
        }
    }

    fn describe(self) -> (Demand, &'static str, String) {
        match self {
            ReadGround::Local => (
                "local reads ask nobody".into(),
                "dissertation, section 6.4",
                "`reads local`: any server answers".to_string(),
            ),
            ReadGround::Leader => (
                "reads at the leader ask nobody".into(),
                "dissertation, section 6.4",
                "`reads leader`: takes itself for the leader, asks nobody".to_string(),
            ),
            ReadGround::Confirmed { round, confirmed } if confirmed.needs_rule_off() => (
                Demand::off(Rule::Majority),
                "section 8",
                format!(
                    "`majority` is off: {} that replied to round {round} are taken as enough",
                    confirmed.counted("voters")
                ),
            ),
            ReadGround::Confirmed { round, confirmed } => (
                Rule::ReadQuorum.into(),
                "section 8",
                format!("{} confirm its leadership (round {round})", confirmed.counted("voters")),
            ),
            ReadGround::Lease(confirmed) => (
                "read lease".into(),
                "dissertation, section 6.4.1",
                format!(
                    "{} confirm its leadership by a round whose lease is not over",
                    confirmed.counted("voters")
                ),
            ),
            ReadGround::Unconfirmed => (
                Demand::off(Rule::ReadQuorum),
                "section 8",
                "`read-quorum` is off: does not ask whether it still leads".to_string(),
            ),
        }
    }
}
