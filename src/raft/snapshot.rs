//! Snapshots: what stands for the beginning of a log (section 7), and the pieces they travel in.

use std::sync::Arc;

use super::configuration::Configuration;
use super::io::Effects;
use super::node::Node;
use super::store::{Item, Store};
use super::types::{Index, Term};
use super::why::Why;

/// So many items of the state machine travel in one InstallSnapshot.
pub const CHUNK_ITEMS_MAX: usize = 8;

/// What the log up to an index has made (section 7, figure 12). Clients' sessions are part of the state
/// machine and so of this, too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snapshot {
    /// The index of the last entry that it stands for.
    pub last_index: Index,
    /// That entry's term.
    pub last_term: Term,
    /// The configuration in force there.
    pub configuration: Configuration,
    /// The state machine after that entry.
    pub store: Store,
}

impl Snapshot {
    /// The items from that one on that travel together, and whether they are the last.
    pub(super) fn chunk(&self, offset: usize) -> (Vec<Item>, bool) {
        let mut items = self.store.items().skip(offset);
        let chunk = items.by_ref().take(CHUNK_ITEMS_MAX).collect();
        (chunk, items.next().is_none())
    }
}

impl Node {
    /// Replaces the log up to what is applied by a snapshot.
    pub(super) fn compact(&mut self, out: &mut Effects) {
        let (before, last_index) = (self.log.snapshot_index(), self.last_applied);
        let Some(last_term) = self.log.term_at(last_index).filter(|_| last_index > before) else {
            out.why(|| Why::NothingToCompact { applied: last_index });
            return;
        };
        let configuration = self.configurations.at(last_index);
        let store = self.store.clone();
        let snapshot = Snapshot { last_index, last_term, configuration, store };
        out.compacted(before + 1, self.log.install(Arc::new(snapshot)));
        self.configurations.compact(last_index, configuration);
        self.snapshot_changed();
        out.why(|| Why::Compacted { last_index, entries: last_index - before });
    }

    /// Compacts where so many entries have been applied since the last time.
    pub(super) fn compact_if_due(&mut self, out: &mut Effects) {
        let entries = self.last_applied - self.log.snapshot_index().min(self.last_applied);
        if self.options.snapshot_every.is_some_and(|every| entries >= every) {
            self.compact(out);
        }
    }
}
