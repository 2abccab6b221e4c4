//! The state of a leader (figure 2, "volatile state on leaders", and what the dissertation adds).

use std::collections::VecDeque;
use std::ops::{Index as IndexBy, IndexMut};
use std::sync::Arc;

use crate::raft::hashed_if_set::HashedIfSet;
use crate::raft::membership::catch_up::CatchUp;
use crate::raft::membership::departed::Departed;
use crate::raft::message::Request;
use crate::raft::replication::progress::Progress;
use crate::raft::types::{Index, SERVERS_MAX, ServerId, ServerSet};

/// Indexed by server, it gives that follower's [`Progress`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Leadership {
    /// By slot; those of servers outside the configuration are never read.
    progress: [Progress; SERVERS_MAX],
    /// Counts heartbeats and confirmations of reads. Every AppendEntries and its reply carry it, so
    /// that the leader knows which message a reply answers.
    pub round: u64,
    /// The target of a transfer of leadership. Requests are refused meanwhile.
    pub transfer_to: Option<ServerId>,
    /// TimeoutNow was sent in this term. Its receiver campaigns past leader stickiness, so this
    /// leader must not answer reads under a lease any more.
    pub sent_timeout_now: bool,
    /// The leases of rounds up to this one are over.
    pub expired_lease_round: u64,
    pub departed: Departed,
    /// The change that waits until its new voters have the log.
    pub catch_up: HashedIfSet<Option<CatchUp>>,
    /// The index of the first entry of this leader's own term. A commit index below it says
    /// nothing about what earlier leaders have committed (section 8).
    pub first_own_index: Index,
    /// The entries whose clients wait for an answer here, in order of index.
    pub awaited: VecDeque<Index>,
    /// Reads that wait for a majority to confirm this leader, in order of round.
    pub reads: Vec<PendingRead>,
    /// Reads that wait for the entry at `first_own_index` to be committed.
    pub early_reads: Vec<Arc<Request>>,
}

/// A read that may be answered once a majority has replied to `round` or a later one: then this
/// server still led when the read arrived (dissertation, section 6.4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PendingRead {
    pub request: Arc<Request>,
    /// The commit index when the read arrived. The answer must reflect the log at least up to here.
    pub read_index: Index,
    pub round: u64,
}

impl Leadership {
    /// For a leader whose first own entry will be at `next_index`.
    pub fn new(next_index: Index) -> Leadership {
        Leadership {
            progress: std::array::from_fn(|_| Progress::new(next_index)),
            round: 0,
            transfer_to: None,
            sent_timeout_now: false,
            expired_lease_round: 0,
            departed: Departed::default(),
            catch_up: HashedIfSet(None),
            first_own_index: next_index,
            awaited: VecDeque::new(),
            reads: Vec::new(),
            early_reads: Vec::new(),
        }
    }

    /// Those of these servers that have replied to this round or a later one.
    pub fn acknowledged(&self, servers: ServerSet, round: u64) -> ServerSet {
        servers.iter().filter(|&server| self[server].acked_round >= round).collect()
    }

    /// Those of these servers that were heard since the last call, which then starts over.
    pub fn take_heard(&mut self, servers: ServerSet) -> ServerSet {
        let heard = servers.iter().filter(|&server| self[server].heard).collect();
        self.progress.iter_mut().for_each(|progress| progress.heard = false);
        heard
    }

    /// Whether a client waits for the entry at `index`, the next to be applied; it does no longer.
    pub fn take_awaited(&mut self, index: Index) -> bool {
        let awaited = self.awaited.front() == Some(&index);
        if awaited {
            self.awaited.pop_front();
        }
        awaited
    }

    /// The reads up to a confirmed round; they wait no longer.
    pub fn take_reads(&mut self, confirmed_round: u64) -> Vec<PendingRead> {
        let count = self.reads.partition_point(|read| read.round <= confirmed_round);
        self.reads.drain(..count).collect()
    }
}

impl IndexBy<ServerId> for Leadership {
    type Output = Progress;

    fn index(&self, server: ServerId) -> &Progress {
        &self.progress[server.slot()]
    }
}

impl IndexMut<ServerId> for Leadership {
    fn index_mut(&mut self, server: ServerId) -> &mut Progress {
        &mut self.progress[server.slot()]
    }
}
