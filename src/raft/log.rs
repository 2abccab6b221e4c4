//! The log: a snapshot that replaces the beginning, and the entries after it.
//!
//! Indices count from 1. After compaction the entries up to `snapshot_index` are gone; of the last
//! of them only the term remains, because AppendEntries may still name it as the previous entry.
//!
//! ```text
//!   index    1  2  3  4   5   6   7   8
//!           [ snapshot ] [5] [6] [7] [8]
//!                     |   |           |
//!        snapshot_index   |           last_index
//!                         first_index
//! ```

use std::sync::Arc;

use crate::shared_list::SharedList;

use super::entry::Entry;
use super::snapshot::Snapshot;
use super::types::{Index, LogId, Term};

/// A server's log (section 5.3), in memory or on a disk.
///
/// The log holds its own snapshot, so a disk, a restart and a server's memory need nothing else.
///
/// Terms never decrease from one entry to the next, and searches by term rely on it. With rules off
/// they may decrease; a search then finds some index, and nothing panics.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Log {
    snapshot: Option<Arc<Snapshot>>,
    /// Index and term of the last entry that the snapshot replaces; 0 and 0 without a snapshot.
    base_index: Index,
    base_term: Term,
    entries: SharedList<Entry>,
}

impl Log {
    /// The first index after the snapshot, whether or not there is an entry.
    pub fn first_index(&self) -> Index {
        self.base_index + 1
    }

    /// 0 if the log is empty.
    pub fn last_index(&self) -> Index {
        self.base_index + self.entries.len() as Index
    }

    /// 0 if the log is empty.
    pub fn last_term(&self) -> Term {
        self.entries.last().map_or(self.base_term, |entry| entry.term)
    }

    /// The identity of the last entry; index and term 0 if the log is empty.
    pub fn last_id(&self) -> LogId {
        LogId { index: self.last_index(), term: self.last_term() }
    }

    /// The last index that the snapshot replaces; 0 without a snapshot.
    pub fn snapshot_index(&self) -> Index {
        self.base_index
    }

    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// Replaces the entries up to the snapshot's last one. If the log has that very entry, the
    /// entries after it stay; otherwise the whole log is discarded (figure 13, steps 6 and 7).
    /// Returns the entries that the snapshot replaced, if the log matched.
    pub fn install(&mut self, snapshot: Arc<Snapshot>) -> Vec<Entry> {
        let mut replaced = Vec::new();
        if self.term_at(snapshot.last_index) == Some(snapshot.last_term) {
            let count = (snapshot.last_index - self.base_index) as usize;
            replaced = self.entries.split_front(count);
        } else {
            self.entries.truncate(0);
        }
        self.base_index = snapshot.last_index;
        self.base_term = snapshot.last_term;
        self.snapshot = Some(snapshot);
        replaced
    }

    /// `None` if the log does not reach there or has compacted the index away. Index 0 has term 0,
    /// as if every log began with the same entry.
    pub fn term_at(&self, index: Index) -> Option<Term> {
        if index == self.base_index {
            return Some(self.base_term);
        }
        self.entry(index).map(|entry| entry.term)
    }

    pub fn entry(&self, index: Index) -> Option<&Entry> {
        let distance = index.checked_sub(self.first_index())?;
        self.entries.get(to_usize(distance))
    }

    /// The entries from that index to the last.
    pub fn tail(&self, from: Index) -> impl Iterator<Item = &Entry> {
        self.entries.iter_from(to_usize(from.saturating_sub(self.first_index())))
    }

    /// The terms of the entries after the snapshot, in order.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        self.entries.iter().map(|entry| entry.term)
    }

    /// The number of entries that take memory in addition to `base`: those that are not shared.
    pub fn unshared_entries(&self, base: &Log) -> usize {
        self.entries.unshared_len(&base.entries)
    }

    /// Appends the entry and returns its index.
    pub fn push(&mut self, entry: Entry) -> Index {
        self.entries.push(entry);
        self.last_index()
    }

    /// Deletes the entries from that index on.
    pub fn truncate(&mut self, from: Index) {
        let keep = to_usize(from.saturating_sub(self.first_index()));
        self.entries.truncate(keep);
    }

    /// Deletes the entries from `from` on and appends these.
    pub fn replace_tail(&mut self, from: Index, entries: &[Entry]) {
        self.truncate(from);
        self.entries.extend(entries.iter().cloned());
    }

    /// The first index of the term that the entry at `index` has; 0 if there is no such entry. For
    /// the hint in a rejection (end of section 5.3).
    pub fn first_of_term_at(&self, index: Index) -> Index {
        let Some(entry) = self.entry(index) else { return 0 };
        let end = (index - self.first_index()) as usize;
        let first = self.entries.partition_point(end, |earlier| earlier.term < entry.term);
        self.first_index() + first as Index
    }

    /// The last index up to `until` whose term is at most `term`. For a leader that got such a
    /// hint.
    pub fn last_up_to_term(&self, term: Term, until: Index) -> Index {
        let count = until.min(self.last_index()).saturating_sub(self.base_index) as usize;
        self.base_index + self.entries.partition_point(count, |entry| entry.term <= term) as Index
    }
}

/// In the browser `usize` has 32 bits, and a forged index may be larger.
fn to_usize(distance: Index) -> usize {
    usize::try_from(distance).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Command;

    fn log(terms: &[Term]) -> Log {
        let mut log = Log::default();
        for &term in terms {
            log.push(Entry { term, command: Command::Noop });
        }
        log
    }

    #[test]
    fn an_empty_log_ends_at_index_0_of_term_0() {
        let log = log(&[]);
        assert_eq!((log.last_index(), log.last_term(), log.term_at(0)), (0, 0, Some(0)));
        assert_eq!(log.entry(0), None);
        assert_eq!(log.first_of_term_at(0), 0);
    }

    #[test]
    fn searches_by_term_find_the_edges_of_runs() {
        let log = log(&[1, 2, 2, 4, 4, 4, 7]);
        assert_eq!(log.first_of_term_at(6), 4);
        assert_eq!(log.first_of_term_at(1), 1);
        assert_eq!(log.last_up_to_term(3, 7), 3);
        assert_eq!(log.last_up_to_term(4, 7), 6);
        assert_eq!(log.last_up_to_term(4, 5), 5);
        assert_eq!(log.last_up_to_term(0, 7), 0);
        assert_eq!(log.last_up_to_term(9, 99), 7);
    }

    #[test]
    fn truncation_keeps_the_entries_before() {
        let mut log = log(&[1, 2, 3]);
        log.truncate(9);
        assert_eq!(log.last_index(), 3);
        log.truncate(2);
        assert_eq!(log.terms().collect::<Vec<_>>(), [1]);
        assert_eq!(log.tail(1).count(), 1);
        assert_eq!(log.tail(2).count(), 0);
    }
}
