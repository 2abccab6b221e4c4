//! What of a server's persistent state is not on the disk yet, and which messages wait for it.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use super::effect::{HardState, Write};
use super::input::WriteId;
use super::log::Log;
use super::types::{Index, Term};

/// Tracks changes of term, vote, log and snapshot from the step that makes them to the moment the
/// disk has them:
///
/// ```text
///   changed in this step      written, not stable        stable
///   (dirty)             -->   (pending)            -->   (up to stable_index)
///            end of the step              Input::Stable
/// ```
///
/// While `persist-log` is off, changes of the log never reach the disk. Once it is on again, later
/// entries do not either: without the entries before them they have no place in a log, and on the
/// disk they would stand at other indexes. So a crash loses all of them. Only a change that begins
/// before the first lost entry, or a snapshot that replaces it, makes the disk whole again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unstable {
    /// The log is stable up to here. A leader counts its own copy only up to this index
    /// (dissertation, section 10.2.1); a higher one would commit entries that a crash can lose.
    stable_index: Index,
    last_write: WriteId,
    pending: VecDeque<PendingWrite>,
    dirty: Dirty,
    /// From here on the log was never written, since `persist-log` was off.
    lost_from: Option<Index>,
}

/// Without `lost_from`: it shows on the disk, which is hashed as well, as soon as it matters. So a
/// run that never switches `persist-log` on again keeps the hash that it had before this field.
impl Hash for Unstable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.stable_index, self.last_write, &self.pending, self.dirty).hash(state);
    }
}

/// A write that is not stable yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct PendingWrite {
    id: WriteId,
    /// Once the write is stable, the log is stable up to here. Lowered when the log is truncated
    /// meanwhile: the entries after that are others than those that the write holds.
    log_up_to: Option<Index>,
    /// Once the write is stable, so are this term and the vote in it.
    term: Term,
}

/// The changes of this step, to be written at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
struct Dirty {
    hard_state: bool,
    snapshot: bool,
    log_from: Option<Index>,
    /// The first index that changed, also where the change will not be written.
    changed_from: Option<Index>,
}

impl Dirty {
    fn needs_write(&self) -> bool {
        self.hard_state || self.snapshot || self.log_from.is_some()
    }
}

impl Unstable {
    /// For a server whose whole log, up to `last_index`, comes from its disk.
    pub fn new(last_index: Index) -> Unstable {
        Unstable {
            stable_index: last_index,
            last_write: 0,
            pending: VecDeque::new(),
            dirty: Dirty::default(),
            lost_from: None,
        }
    }

    pub fn stable_index(&self) -> Index {
        self.stable_index
    }

    #[cfg(debug_assertions)]
    pub fn last_write(&self) -> WriteId {
        self.last_write
    }

    /// The write that holds everything that has changed so far, also in this step; 0 if all of it
    /// is stable.
    pub fn newest_write(&self) -> WriteId {
        if self.dirty.needs_write() {
            self.last_write + 1
        } else if self.pending.is_empty() {
            0
        } else {
            self.last_write
        }
    }

    pub fn hard_state_changed(&mut self) {
        self.dirty.hard_state = true;
    }

    pub fn snapshot_changed(&mut self) {
        self.dirty.snapshot = true;
    }

    /// Reports to checkers that entries from there on have changed, without a write.
    pub fn report_change(&mut self, from: Index) {
        self.dirty.changed_from = earliest(self.dirty.changed_from, from);
    }

    /// The entries from `from` on are new or gone; they are stable only after the next write.
    pub fn log_changed(&mut self, from: Index) {
        self.report_change(from);
        self.dirty.log_from = earliest(self.dirty.log_from, from);
        self.lower(from - 1);
    }

    /// As `log_changed`, with `persist-log` off: no entry is ever written, and the server
    /// acknowledges all of them all the same.
    pub fn log_changed_unwritten(&mut self, from: Index, last_index: Index) {
        self.report_change(from);
        self.lower(from - 1);
        self.stable_index = last_index;
        // A discarded log changes before `from`.
        let changed_from = self.dirty.changed_from.unwrap_or(from);
        self.lost_from = earliest(self.lost_from, changed_from);
    }

    fn lower(&mut self, up_to: Index) {
        self.stable_index = self.stable_index.min(up_to);
        for write in &mut self.pending {
            write.log_up_to = write.log_up_to.map(|index| index.min(up_to));
        }
    }

    /// The first index that changed in this step. To be called once, at its end.
    pub fn take_changed_from(&mut self) -> Option<Index> {
        self.dirty.changed_from.take()
    }

    pub fn needs_write(&self) -> bool {
        self.dirty.needs_write()
    }

    /// The write for the changes of this step. To be called once, at its end.
    #[inline(never)]
    pub fn take_write(&mut self, hard_state: HardState, log: &Log) -> Option<Write> {
        if !self.dirty.needs_write() {
            return None;
        }
        let dirty = std::mem::take(&mut self.dirty);
        self.last_write += 1;
        let id = self.last_write;
        let term = hard_state.term;
        let snapshot = dirty.snapshot.then(|| log.snapshot().cloned()).flatten();
        let log_up_to = match dirty.log_from {
            Some(_) => Some(log.last_index()),
            None => snapshot.as_ref().map(|snapshot| snapshot.last_index),
        };
        if let (Some(lost_from), Some(snapshot)) = (&mut self.lost_from, &snapshot) {
            *lost_from = (*lost_from).max(snapshot.last_index + 1);
        }
        let written_from = dirty.log_from.map(|from| from.max(log.first_index()));
        // The write takes its time even if its entries are lost.
        let written_from = written_from.filter(|from| self.lost_from.is_none_or(|it| *from <= it));
        let tail = written_from.map(|from| (from, log.tail(from).cloned().collect()));
        if tail.is_some() {
            self.lost_from = None;
        }
        self.pending.push_back(PendingWrite { id, log_up_to, term });
        Some(Write { id, hard_state: dirty.hard_state.then_some(hard_state), snapshot, tail })
    }

    /// This write and all before it are stable. Returns the newest term that is stable with them;
    /// 0 if nothing waited for this write.
    pub fn became_stable(&mut self, id: WriteId) -> Term {
        let mut stable_term = 0;
        while let Some(write) = self.pending.front().copied().filter(|write| write.id <= id) {
            self.pending.pop_front();
            stable_term = write.term;
            if let Some(up_to) = write.log_up_to {
                self.stable_index = self.stable_index.max(up_to);
            }
        }
        stable_term
    }
}

fn earliest(known: Option<Index>, from: Index) -> Option<Index> {
    Some(known.map_or(from, |known| known.min(from)))
}
