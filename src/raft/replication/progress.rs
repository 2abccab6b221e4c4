//! What a leader knows of one follower's log, and how it replicates to it.
//!
//! ```text
//!                            accepted
//!    start   +---------+  -------------->  +-----------+
//!   -------> |  Probe  |                   | Replicate |
//!            +---------+  <--------------  +-----------+
//!                 |          rejected         |     ^
//!                 |                           |     | snapshot installed, or the log
//!                 |  next entry is compacted  |     | matches up to its end
//!                 v                           v     |
//!            +-------------------------------------------+
//!            |                 Snapshot                  |
//!            +-------------------------------------------+
//! ```
//!
//! A new leader starts with `Probe` for every follower, and for a server that joins.

use std::collections::VecDeque;

use crate::raft::snapshot::SnapshotTransfer;
use crate::raft::types::Index;

/// Figure 2's `nextIndex` and `matchIndex` for one follower, and what flow control needs.
///
/// Always `match_index < next_index`: what is known to match is not sent again, unless it turns out
/// to be lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Progress {
    /// The next entry to send. A guess while probing.
    pub next_index: Index,
    /// The highest index up to which the follower's log is known to match and to be stable.
    pub match_index: Index,
    /// The leader still searches for the index up to which the logs match. It then sends one
    /// message and waits for its reply or for the next heartbeat: more would be rejected as well.
    pub probing: bool,
    /// A message came since the leader last checked its quorum.
    pub(in crate::raft) heard: bool,
    /// The last index of each unanswered AppendEntries with entries, in order.
    pub(in crate::raft) inflight: VecDeque<Index>,
    /// The round in which entries were sent last.
    pub(in crate::raft) sent_round: u64,
    /// The highest round with a reply.
    pub(in crate::raft) acked_round: u64,
    /// The round whose reply raised `match_index` last.
    pub(in crate::raft) match_round: u64,
    /// The snapshot that is being sent.
    pub(in crate::raft) transfer: Option<Box<SnapshotTransfer>>,
}

/// How a leader replicates to a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProgressState {
    /// Searches for the index up to which the logs match, one message at a time.
    Probe,
    /// Sends entries as they come.
    Replicate,
    /// Sends a snapshot.
    Snapshot,
}

impl ProgressState {
    pub fn name(self) -> &'static str {
        match self {
            ProgressState::Probe => "probe",
            ProgressState::Replicate => "replicate",
            ProgressState::Snapshot => "snapshot",
        }
    }
}

impl Progress {
    /// For a follower of whose log nothing is known.
    pub(in crate::raft) fn new(next_index: Index) -> Progress {
        Progress { next_index, probing: true, ..Progress::default() }
    }

    pub fn state(&self) -> ProgressState {
        match self.transfer {
            Some(_) => ProgressState::Snapshot,
            None if self.probing => ProgressState::Probe,
            None => ProgressState::Replicate,
        }
    }

    /// The number of unanswered AppendEntries with entries.
    pub fn inflight(&self) -> usize {
        self.inflight.len()
    }

    /// AppendEntries with this number of entries leaves. While replicating, the next message will
    /// follow without waiting for the reply (pipelining; dissertation, section 10.2.1).
    pub(in crate::raft) fn sent_entries(&mut self, count: usize, round: u64) {
        if !self.probing {
            self.next_index += count as Index;
            self.inflight.push_back(self.next_index - 1);
        }
        self.sent_round = round;
    }

    /// The follower's log matches up to `index`. Returns whether that is news. A late reply is not:
    /// the match index never decreases, or a committed entry could seem uncommitted.
    pub(in crate::raft) fn matched(&mut self, index: Index, round: u64) -> bool {
        let is_news = index > self.match_index;
        if is_news {
            self.match_index = index;
            self.match_round = round;
        }
        if self.probing {
            self.replicate();
        }
        self.next_index = self.next_index.max(self.match_index + 1);
        while self.inflight.front().is_some_and(|&last| last <= index) {
            self.inflight.pop_front();
        }
        is_news
    }

    /// The follower replied to a round later than the last one with entries, and still some of
    /// those are unanswered: they are lost. If so, they will be sent again.
    pub(in crate::raft) fn resends_lost(&mut self, round: u64) -> bool {
        let lost = !self.inflight.is_empty() && round > self.sent_round;
        if lost {
            self.inflight.clear();
            self.next_index = self.match_index + 1;
        }
        lost
    }

    /// Probe --> Replicate.
    pub(in crate::raft) fn replicate(&mut self) {
        self.probing = false;
        self.next_index = self.match_index + 1;
    }

    /// Replicate --> Probe, or the next attempt of a probe.
    pub(in crate::raft) fn probe(&mut self, next_index: Index) {
        self.next_index = next_index;
        self.probing = true;
        self.inflight.clear();
    }

    /// Any state --> Snapshot.
    pub(in crate::raft) fn send_snapshot(&mut self, transfer: SnapshotTransfer) {
        self.inflight.clear();
        self.transfer = Some(Box::new(transfer));
    }
}
