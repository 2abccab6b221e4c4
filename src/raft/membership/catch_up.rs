//! Catching up: new voters get the leader's log before they count (dissertation, section 4.2.1).
//!
//! A voter without the log counts towards every majority and helps to commit nothing: with the
//! next failure of another server the cluster might commit nothing until the new one has all
//! entries. So the leader replicates to new voters first, in *rounds*. A round ends when they have
//! all entries that the leader had at its start. Entries that arrive meanwhile are for the next
//! one, so rounds become shorter if the new servers are fast enough. After a round that takes less
//! than an election timeout, little is missing, and the change is made. If a server makes no
//! progress for an election timeout, or [`ROUNDS_MAX`] rounds were all too long, the leader refuses
//! the change.
//!
//! The core has no clock, so [`Timer::CatchUp`] says when an election timeout is over. Where timers
//! never fire, a round is never too long, and a server that is down keeps the change waiting until
//! a person fires the leader's election timer.
//!
//! [`Timer::CatchUp`]: crate::raft::Timer::CatchUp

use super::change::Change;
use crate::raft::types::{Index, ServerId, ServerSet};

/// The most rounds, as in the dissertation.
pub const ROUNDS_MAX: u32 = 10;

/// A change that waits for its new voters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CatchUp {
    pub change: Change,
    /// The servers that the change gives a vote. They need not be members yet.
    pub servers: ServerSet,
    /// From 1 on.
    pub round: u32,
    /// The round ends when they have all entries up to this index.
    pub goal: Index,
    /// This round has taken an election timeout.
    pub is_long: bool,
    /// Those that have made progress since the timer was set.
    pub progressed: ServerSet,
}

impl CatchUp {
    /// The first round.
    pub fn new(change: Change, servers: ServerSet, goal: Index) -> CatchUp {
        let progressed = ServerSet::EMPTY;
        CatchUp { change, servers, round: 1, goal, is_long: false, progressed }
    }

    /// The next round, with the entries up to `goal`.
    pub fn next_round(self, goal: Index) -> CatchUp {
        CatchUp { round: self.round + 1, ..CatchUp::new(self.change, self.servers, goal) }
    }

    /// The servers that lack entries of this round.
    pub fn behind(&self, match_index: impl Fn(ServerId) -> Index) -> ServerSet {
        self.servers.iter().filter(|&server| match_index(server) < self.goal).collect()
    }
}
