//! New servers catch up before they get a vote (dissertation, section 4.2.1).

use super::membership::early;
use super::words::{Demand, Reason, Topic};
use crate::raft::membership::change::Change;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, ServerSet, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CatchUpWhy {
    /// The leader brings these servers up to date before it makes the change.
    Started {
        change: Change,
        servers: ServerSet,
        goal: Index,
        /// No entry of this term of the leader is committed: `config-after-commit` is off.
        too_early: Option<Term>,
    },
    /// They have the entries of this round, during which the timer fired. The next round goes up to
    /// `goal`.
    RoundDone { servers: ServerSet, round: u32, goal: Index },
    /// They have the entries of a round during which the timer did not fire.
    Done { servers: ServerSet, round: u32, goal: Index },
    /// The change that waits for them is given up.
    Abandoned { change: Change, servers: ServerSet, end: CatchUpEnd },
}

/// Why a change that waits for new servers is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CatchUpEnd {
    /// This server is to be removed.
    Removed(ServerId),
    /// Leadership is to be transferred to this server.
    Transfer(ServerId),
    /// The leader steps down.
    SteppedDown,
}

impl CatchUpWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Membership
    }

    pub(super) fn describe(&self) -> Reason {
        let mut demand = Demand::from("new servers catch up first");
        let mut section = "dissertation, section 4.2.1";
        let (fact, decision) = match *self {
            CatchUpWhy::Started { change, servers, goal, too_early } => {
                let fact = match too_early {
                    None => format!("`{change}`, and `catch-up` is on"),
                    Some(term) => {
                        section = "dissertation, section 4.1";
                        demand = Demand::off(Rule::ConfigAfterCommit);
                        format!("{}; `catch-up` is on", early(change, term))
                    }
                };
                let decision =
                    format!("first replicates the log up to {goal} to {servers:#}: round 1");
                (fact, decision)
            }
            CatchUpWhy::RoundDone { servers, round, goal } => (
                format!("{servers:#} needed longer for round {round} than the catch-up timer runs"),
                format!("starts round {} with the log up to {goal}", round + 1),
            ),
            CatchUpWhy::Done { servers, round, goal } => (
                format!(
                    "{servers:#} acknowledged the log up to {goal} in round {round}, before the \
                     catch-up timer fired"
                ),
                "makes the change".to_string(),
            ),
            CatchUpWhy::Abandoned { change, servers, end } => (
                match end {
                    CatchUpEnd::Removed(server) => format!("{server:#} is to be removed"),
                    CatchUpEnd::Transfer(to) => {
                        format!("leadership is to be transferred to {to:#}")
                    }
                    CatchUpEnd::SteppedDown => "not the leader any more".to_string(),
                },
                format!("gives up `{change}`, which waited for {servers:#}"),
            ),
        };
        Reason::new(self.topic(), demand, section, fact, decision)
    }
}
