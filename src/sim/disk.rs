//! A server's disk: its stable state and its pending writes.

use std::collections::VecDeque;

use crate::raft::{HardState, Log, Write, WriteId};

/// Writes become stable in the order in which they began.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Disk {
    hard_state: HardState,
    log: Log,
    stable: WriteId,
    pending: VecDeque<Write>,
}

impl Disk {
    pub(super) fn holding(hard_state: HardState, log: Log) -> Disk {
        Disk { hard_state, log, ..Disk::default() }
    }

    /// The stable term and vote.
    pub fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// The stable log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The number of pending writes.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    pub(super) fn stable(&self) -> WriteId {
        self.stable
    }

    pub(super) fn begin(&mut self, write: Write) {
        self.pending.push_back(write);
    }

    /// The oldest pending write becomes stable.
    pub(super) fn finish_oldest(&mut self) {
        if let Some(write) = self.pending.pop_front() {
            self.make_stable(write);
        }
    }

    pub(super) fn make_stable(&mut self, write: Write) {
        self.stable = write.id;
        if let Some(hard_state) = write.hard_state {
            self.hard_state = hard_state;
        }
        if let Some(snapshot) = write.snapshot {
            self.log.install(snapshot);
        }
        if let Some((from, entries)) = write.tail {
            debug_assert!(from <= self.log.last_index() + 1, "a log has no gap");
            self.log.replace_tail(from, &entries);
        }
    }

    /// Pending writes are lost. A restarted server numbers its writes from 1 again.
    pub(super) fn crash(&mut self) {
        self.pending.clear();
        self.stable = 0;
    }
}
