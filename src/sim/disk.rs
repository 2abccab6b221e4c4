//! A server's disk: what is stable, and the writes that are not yet.

use std::collections::VecDeque;

use crate::raft::{HardState, Log, Write, WriteId};

/// A disk. Writes become stable in the order in which they were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Disk {
    hard_state: HardState,
    log: Log,
    stable: WriteId,
    pending: VecDeque<Write>,
}

impl Disk {
    /// A disk that holds this and nothing else.
    pub(super) fn holding(hard_state: HardState, log: Log) -> Disk {
        Disk { hard_state, log, ..Disk::default() }
    }

    /// Term and vote that are stable.
    pub fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// The log that is stable.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// How many writes are under way.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    pub(super) fn stable(&self) -> WriteId {
        self.stable
    }

    /// Begins a write.
    pub(super) fn begin(&mut self, write: Write) {
        self.pending.push_back(write);
    }

    /// The oldest write is stable.
    pub(super) fn finish_oldest(&mut self) {
        if let Some(write) = self.pending.pop_front() {
            self.make_stable(write);
        }
    }

    /// A write that takes no time.
    pub(super) fn make_stable(&mut self, write: Write) {
        self.stable = write.id;
        if let Some(hard_state) = write.hard_state {
            self.hard_state = hard_state;
        }
        if let Some(snapshot) = write.snapshot {
            self.log.install(snapshot);
        }
        if let Some((from, entries)) = write.tail {
            self.log.replace_tail(from, &entries);
        }
    }

    /// What was not stable is lost. A server that starts again numbers its writes anew.
    pub(super) fn crash(&mut self) {
        self.pending.clear();
        self.stable = 0;
    }
}
