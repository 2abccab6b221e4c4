//! The groups of a partition that is being chosen.

use crate::raft::{SERVERS_MAX, ServerId, ServerSet};

/// The group of each server, from 0 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PartitionDraft {
    group_of: [u8; SERVERS_MAX],
}

impl PartitionDraft {
    /// These groups; all other servers are in the first one.
    pub fn of(groups: impl IntoIterator<Item = ServerSet>) -> PartitionDraft {
        let mut draft = PartitionDraft::default();
        for (group, servers) in (0..).zip(groups) {
            servers.iter().for_each(|server| draft = draft.with(server, group));
        }
        draft
    }

    pub fn group_of(&self, server: ServerId) -> u8 {
        self.group_of[server.slot()]
    }

    pub fn with(mut self, server: ServerId, group: u8) -> PartitionDraft {
        self.group_of[server.slot()] = group;
        self
    }

    /// The groups of these servers that have members.
    pub fn groups(&self, servers: ServerSet) -> Vec<ServerSet> {
        let members = |group: u8| {
            servers.iter().filter(|id| self.group_of(*id) == group).collect::<ServerSet>()
        };
        (0..SERVERS_MAX as u8).map(members).filter(|group| !group.is_empty()).collect()
    }
}
