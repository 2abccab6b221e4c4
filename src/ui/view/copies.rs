//! The copies of an entry: which servers have it, and how many voters must.

use crate::raft::{Configuration, Index, Rule, ServerId, ServerSet, Term};
use crate::sim::World;

/// Where the entry is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// Servers that have it on their disks.
    pub stored: ServerSet,
    /// Servers whose write of it is not finished.
    pub unwritten: ServerSet,
    /// Servers whose snapshots reach that far.
    pub compacted: ServerSet,
    /// Servers with an entry of another term at its index.
    pub differ: Vec<(ServerId, Term)>,
    /// Servers without an entry at its index.
    pub missing: ServerSet,
    /// The copies among the voters; in joint consensus of both groups.
    pub groups: Vec<VoterGroup>,
}

/// The copies of an entry among a group of voters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoterGroup {
    pub have: usize,
    pub needed: usize,
    pub of: usize,
}

impl Copies {
    /// Whether it is on a quorum of disks.
    pub fn suffice(&self) -> bool {
        self.groups.iter().all(|group| group.have >= group.needed)
    }

    pub(super) fn holders(&self) -> ServerSet {
        self.stored.union(self.compacted)
    }
}

/// Which servers have the entry. The voters are those of the leader's configuration, or of the
/// server's own if there is no leader.
pub(super) fn copies(world: &World, server: ServerId, index: Index, term: Term) -> Copies {
    let mut copies = Copies::default();
    for id in world.server_ids().iter() {
        let server = world.server(id);
        let (node, log) = (server.node(), server.node().log());
        match log.term_at(index) {
            _ if index < log.first_index() => copies.compacted.insert(id),
            Some(theirs) if theirs != term => copies.differ.push((id, theirs)),
            Some(_) if server.is_alive() && node.stable_index() < index => {
                copies.unwritten.insert(id);
            }
            Some(_) => copies.stored.insert(id),
            None => copies.missing.insert(id),
        }
    }
    let node = world.server(world.leader().unwrap_or(server)).node();
    let majority = node.options().rules.on(Rule::Majority);
    copies.groups = node
        .configuration()
        .groups()
        .map(|voters| {
            let have = voters.intersection(copies.holders()).len();
            VoterGroup { have, needed: Configuration::needed(voters, majority), of: voters.len() }
        })
        .collect();
    copies
}
