//! The sides of a partition: groups of servers that reach each other, and whether one of them has a
//! majority.

use crate::raft::{ServerId, ServerSet};
use crate::sim::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideModel {
    pub servers: ServerSet,
    /// The number of its running voters.
    pub voters: usize,
    /// The number of all voters.
    pub of: usize,
    /// Its running voters can elect a leader and commit.
    pub majority: bool,
}

/// Nothing unless the links between servers are cut into sides.
pub(super) fn models(world: &World) -> Vec<SideModel> {
    let sides = groups(world);
    if sides.len() < 2 {
        return Vec::new();
    }
    let newest = world.servers().iter().max_by_key(|server| server.node().current_term());
    let known = world.leader().map(|id| world.server(id)).or(newest);
    let Some(configuration) = known.map(|server| server.node().configuration()) else {
        return Vec::new();
    };
    let electorate = configuration.electorate();
    let side = |servers: ServerSet| {
        let running = servers.intersection(world.alive());
        SideModel {
            servers,
            voters: running.intersection(electorate).len(),
            of: electorate.len(),
            majority: configuration.is_quorum(running, true),
        }
    };
    sides.into_iter().map(side).collect()
}

/// The servers, grouped by the links that carry messages both ways.
fn groups(world: &World) -> Vec<ServerSet> {
    let mut rest = world.server_ids();
    let mut groups = Vec::new();
    while let Some(first) = rest.iter().next() {
        let mut group = ServerSet::only(first);
        let mut reached = vec![first];
        while let Some(server) = reached.pop() {
            for other in rest.difference(group).iter() {
                if is_linked(world, server, other) {
                    group.insert(other);
                    reached.push(other);
                }
            }
        }
        rest = rest.difference(group);
        groups.push(group);
    }
    groups
}

fn is_linked(world: &World, a: ServerId, b: ServerId) -> bool {
    world.link_up(a.into(), b.into()) && world.link_up(b.into(), a.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    fn sides(script: &str) -> Vec<SideModel> {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        models(session.world())
    }

    #[test]
    fn a_partition_has_sides_and_one_may_have_a_majority() {
        let sides = sides("wait leader\npartition s1,s2 | s3,s4,s5\n");
        let (small, large) = (&sides[0], &sides[1]);
        assert_eq!((small.voters, small.of, small.majority), (2, 5, false));
        assert_eq!((large.voters, large.of, large.majority), (3, 5, true));
    }

    #[test]
    fn crashed_servers_do_not_count() {
        let sides = sides("wait leader\npartition s1,s2 | s3,s4,s5\ncrash s5\n");
        assert!(sides.iter().all(|side| side.voters == 2 && !side.majority));
    }

    #[test]
    fn a_cut_that_parts_nobody_makes_no_sides() {
        assert_eq!(sides("cut s1 <-> s2\n"), []);
        assert_eq!(sides("servers 1\n"), []);
    }
}
