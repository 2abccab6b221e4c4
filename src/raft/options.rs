//! How a server is set up. Options may change while it runs.

use super::hashed_if_set::HashedIfSet;
use super::rules::Rules;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeOptions {
    /// The rules that the server keeps. Each one that is off breaks a promise of the paper.
    pub rules: Rules,
    /// Ask for pre-votes before campaigning (dissertation, section 9.6).
    pub pre_vote: bool,
    /// A leader that has heard no majority for an election timeout steps down, and a server that
    /// has just heard a leader ignores candidates (dissertation, sections 6.2 and 4.2.3).
    pub check_quorum: bool,
    /// Leaders may answer reads under a lease (dissertation, section 6.4.1). A lease is sound only
    /// while servers that heard the leader ignore candidates, so this implies that half of
    /// `check_quorum`.
    pub lease: bool,
    /// A new server catches up before it gets a vote (dissertation, section 4.2.1).
    pub catch_up: HashedIfSet<bool>,
    /// Compact the log after this many applied entries; `None` means never.
    pub snapshot_every: Option<u64>,
    /// The most entries in one AppendEntries.
    pub max_entries: usize,
    /// The most unanswered AppendEntries with entries per follower.
    pub max_inflight: usize,
}

impl Default for NodeOptions {
    fn default() -> NodeOptions {
        NodeOptions {
            rules: Rules::default(),
            pre_vote: false,
            check_quorum: false,
            lease: false,
            catch_up: HashedIfSet(false),
            snapshot_every: None,
            max_entries: 64,
            max_inflight: 1,
        }
    }
}
