//! The run in one line: term, leader, elections, committed entries.

use crate::raft::{Index, ServerId, Term};
use crate::script::Session;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// The highest term of any server.
    pub term: Term,
    /// The running leader with the highest term.
    pub leader: Option<ServerId>,
    /// How many terms have had a leader.
    pub elections: usize,
    /// The last entry that was ever committed.
    pub committed: Index,
}

pub(super) fn summary(session: &Session) -> RunSummary {
    let (cluster, world) = (session.cluster(), session.world());
    RunSummary {
        term: world.servers().iter().map(|server| server.node().current_term()).max().unwrap_or(0),
        leader: world.leader(),
        elections: cluster.elections(),
        committed: cluster.committed(),
    }
}
