//! Removed servers, as their leader tracks them.

use crate::raft::types::{ServerId, ServerSet};

/// The number of rounds in which a leader reports a committed removal. A removed server may be gone
/// for good; without a limit the leader would send to it for ever.
const ROUNDS_MAX: u64 = 20;

/// The servers that a configuration has left out and that may not know it yet.
///
/// The paper's leader stops sending to a removed server at once. That server never learns that it
/// was removed, so its election timer keeps firing and it disturbs the cluster with ever higher
/// terms (end of section 6). This leader keeps replicating to it until it has the entry that
/// removes it *and* a commit index that covers that entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Departed {
    servers: ServerSet,
    /// The first round whose messages carried a commit index that covers the removal; 0: none yet.
    informed_from: u64,
}

impl Departed {
    pub fn servers(self) -> ServerSet {
        self.servers
    }

    /// A new configuration is in force. Of the servers tracked so far and those of the old
    /// configuration, it leaves out these.
    pub fn configuration_changed(&mut self, servers: ServerSet) {
        *self = Departed { servers, informed_from: 0 };
    }

    /// A round starts; `committed` says whether its messages report the removal as committed.
    pub fn round_started(&mut self, round: u64, committed: bool) {
        if self.servers.is_empty() || !committed {
            return;
        }
        if self.informed_from == 0 {
            self.informed_from = round;
        } else if round > self.informed_from + ROUNDS_MAX {
            *self = Departed::default();
        }
    }

    /// Whether a reply to this round proves that its sender knows of the commitment.
    pub fn is_informed_by(self, round: u64) -> bool {
        self.informed_from != 0 && round >= self.informed_from
    }

    pub fn remove(&mut self, server: ServerId) {
        self.servers.remove(server);
    }
}
