//! The log: entries from the first index that is not compacted away to the last.

use std::sync::Arc;

use crate::shared_list::SharedList;

use super::command::Entry;
use super::snapshot::Snapshot;
use super::types::{Index, Term};

/// A server's log (section 5.3), as it stands in memory or on a disk.
///
/// Terms never fall from one entry to the next; searches by term rely on it. (With rules taken
/// away they may; a search then finds some index, and nothing panics.)
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Log {
    /// What stands for the entries before the first that is kept.
    snapshot: Option<Arc<Snapshot>>,
    /// Index and term of the last entry that it stands for; 0 and 0 without one.
    base_index: Index,
    base_term: Term,
    entries: SharedList<Entry>,
}

impl Log {
    /// The index of the first entry that is kept, or would be.
    pub fn first_index(&self) -> Index {
        self.base_index + 1
    }

    /// The index of the last entry; 0 in an empty log.
    pub fn last_index(&self) -> Index {
        self.base_index + self.entries.len() as Index
    }

    /// The term of the last entry; 0 in an empty log.
    pub fn last_term(&self) -> Term {
        self.entries.last().map_or(self.base_term, |entry| entry.term)
    }

    /// The last index that a snapshot includes; 0 without one.
    pub fn snapshot_index(&self) -> Index {
        self.base_index
    }

    /// The snapshot that stands for the entries before the first that is kept.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// Takes a snapshot in place of the entries up to its last one. Those after it stay where the log agrees with
    /// it; otherwise none does. Returns the entries that it stands for now, where the log held them.
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

    /// The term of the entry at that index. Index 0 has term 0.
    pub fn term_at(&self, index: Index) -> Option<Term> {
        if index == self.base_index {
            return Some(self.base_term);
        }
        self.entry(index).map(|entry| entry.term)
    }

    /// The entry at that index.
    pub fn entry(&self, index: Index) -> Option<&Entry> {
        let place = index.checked_sub(self.first_index())?;
        self.entries.get(place_of(place))
    }

    /// The entries from that index on, all of them.
    pub fn tail(&self, from: Index) -> impl Iterator<Item = &Entry> {
        self.entries.iter_from(place_of(from.saturating_sub(self.first_index())))
    }

    /// The terms of all entries that are kept, in order.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        self.entries.iter().map(|entry| entry.term)
    }

    /// The number of entries that take memory in addition to `base`: those that are not shared.
    pub fn unshared_entries(&self, base: &Log) -> usize {
        self.entries.unshared_len(&base.entries)
    }

    /// Adds an entry at the end, and returns its index.
    pub fn push(&mut self, entry: Entry) -> Index {
        self.entries.push(entry);
        self.last_index()
    }

    /// Removes the entries from that index on.
    pub fn truncate(&mut self, from: Index) {
        let keep = place_of(from.saturating_sub(self.first_index()));
        self.entries.truncate(keep);
    }

    /// Puts entries at `from` in place of whatever stood there and after it.
    pub fn replace_tail(&mut self, from: Index, entries: &[Entry]) {
        self.truncate(from);
        self.entries.extend(entries.iter().cloned());
    }

    /// The first index of the run of entries of one term that `index` stands in; 0 where there
    /// is no entry.
    pub fn first_of_term_at(&self, index: Index) -> Index {
        let Some(entry) = self.entry(index) else { return 0 };
        let end = (index - self.first_index()) as usize;
        let first = self.entries.partition_point(end, |earlier| earlier.term < entry.term);
        self.first_index() + first as Index
    }

    /// The last index up to `until` whose term is at most `term`.
    pub fn last_up_to_term(&self, term: Term, until: Index) -> Index {
        let count = until.min(self.last_index()).saturating_sub(self.base_index) as usize;
        self.base_index + self.entries.partition_point(count, |entry| entry.term <= term) as Index
    }
}

/// An index may be far beyond what a machine can number.
fn place_of(distance: Index) -> usize {
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
    fn truncation_keeps_what_is_before() {
        let mut log = log(&[1, 2, 3]);
        log.truncate(9);
        assert_eq!(log.last_index(), 3);
        log.truncate(2);
        assert_eq!(log.terms().collect::<Vec<_>>(), [1]);
        assert_eq!(log.tail(1).count(), 1);
        assert_eq!(log.tail(2).count(), 0);
    }
}
