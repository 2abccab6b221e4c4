//! Log compaction (section 7): each server compacts on its own, as far as it has applied.

use std::sync::Arc;

use super::effect::Effects;
use super::node::Node;
use super::reason::SnapshotWhy;
use super::snapshot::Snapshot;

impl Node {
    /// Replaces the log up to the last applied entry by a snapshot of the state machine.
    pub(super) fn compact(&mut self, out: &mut Effects) {
        let (before, last_index) = (self.log.snapshot_index(), self.last_applied);
        let Some(last_term) = self.log.term_at(last_index).filter(|_| last_index > before) else {
            let (applied, last) = (last_index, self.log.last_index());
            out.why(|| match applied > before {
                true => SnapshotWhy::AppliedMissing { applied, last },
                false => SnapshotWhy::NothingToCompact { applied },
            });
            return;
        };
        let configuration = self.configurations.at(last_index);
        let store = self.store.clone();
        let snapshot = Snapshot { last_index, last_term, configuration, store };
        out.compacted(before + 1, self.log.install(Arc::new(snapshot)));
        self.configurations.compact(last_index, configuration);
        self.snapshot_changed();
        out.why(|| SnapshotWhy::Compacted { first: before + 1, last: last_index });
    }

    /// Compacts if `snapshot_every` entries were applied since the last snapshot.
    pub(super) fn compact_if_due(&mut self, out: &mut Effects) {
        let entries = self.last_applied.saturating_sub(self.log.snapshot_index());
        if self.options.snapshot_every.is_some_and(|every| entries >= every) {
            self.compact(out);
        }
    }
}
