//! Snapshots (section 7), and the state of one that is being sent or received.

use std::sync::Arc;

use super::membership::configuration::Configuration;
use super::state_machine::{Store, StoreItem};
use super::types::{Index, Term};

/// The number of state machine items in one InstallSnapshot. Small, so that people see a snapshot
/// travel in pieces.
pub const CHUNK_ITEMS_MAX: usize = 8;

/// Replaces the log up to an index (section 7, figure 12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snapshot {
    /// The index of the last entry that it replaces.
    pub last_index: Index,
    /// The term of that entry: AppendEntries for the next entry checks it.
    pub last_term: Term,
    /// The configuration in force at that index. Without it a server could not know who votes: the
    /// entry that says so may be compacted away.
    pub configuration: Configuration,
    /// The state machine after that entry, client sessions included: without them a retry of a
    /// compacted command would be applied a second time.
    pub store: Store,
}

impl Snapshot {
    /// The items of the piece that starts at `offset`, and whether it is the last.
    pub(super) fn chunk(&self, offset: usize) -> (Vec<StoreItem>, bool) {
        let mut items = self.store.items().skip(offset);
        let chunk = items.by_ref().take(CHUNK_ITEMS_MAX).collect();
        (chunk, items.next().is_none())
    }
}

/// A snapshot on its way to a follower, at the leader. One piece is in flight at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SnapshotTransfer {
    /// The transfer keeps its own snapshot: the leader may compact again before it is over, and
    /// pieces of two snapshots do not make one.
    pub snapshot: Arc<Snapshot>,
    /// The number of items that the follower has; the piece in flight starts here.
    pub offset: usize,
    /// The round in which that piece was sent last.
    pub sent_round: u64,
}

/// The pieces of a snapshot that a follower has received so far. They are volatile: after a restart
/// the leader starts over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PartialSnapshot {
    pub last_index: Index,
    pub last_term: Term,
    pub items: Vec<StoreItem>,
}
