//! Why an item of a server's menu does not apply.

use crate::raft::{Role, ServerId, ServerSet};
use crate::sim::Act;
use crate::ui::view::{Membership, ServerCondition, ServerModel};

/// A phrase that completes the item, such as "already running"; none if the item applies.
pub fn unavailable(
    act: &Act,
    server: &ServerModel,
    server_count: usize,
    leader: Option<ServerId>,
) -> Option<&'static str> {
    let crashed = server.condition == ServerCondition::Crashed;
    let paused = server.condition == ServerCondition::Paused;
    let changes_configuration = matches!(act, Act::Add { .. } | Act::Promote(_) | Act::Remove(_));
    match act {
        Act::Crash(_) if crashed => Some("already crashed"),
        Act::Restart(_) if !crashed => Some("already running"),
        Act::Pause(..) | Act::Resume(_) | Act::Timeout(_) if crashed => {
            Some("crashed: restart it first")
        }
        Act::Pause(..) if paused => Some("already paused"),
        Act::Resume(_) if !paused => Some("not paused"),
        Act::Isolate(_) if server_count < 2 => Some("the only server"),
        Act::Isolate(_) if server.isolated => Some("already isolated"),
        Act::Timeout(_) if paused => Some("paused: no timer runs"),
        Act::Timeout(_) if server.role == Role::Leader && !server.waits => {
            Some("leaders have no election timer")
        }
        Act::Timeout(_) if server.role == Role::Learner => Some("learners have no election timer"),
        Act::Transfer(_) if leader.is_none() => Some("there is no leader"),
        Act::Transfer(_) if leader == Some(server.id) => Some("already leads"),
        Act::Transfer(_) if server.membership != Membership::Voter => Some("only a voter can lead"),
        Act::Snapshot(_) if crashed => Some("crashed: restart it first"),
        Act::Snapshot(_) if paused => Some("paused: resume it first"),
        Act::Snapshot(_) if server.applied <= server.snapshot => Some("nothing to compact"),
        _ if changes_configuration && leader.is_none() => Some("there is no leader"),
        Act::Remove(_) if server.voters == ServerSet::only(server.id) => Some("the last voter"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Servers;

    fn server(condition: ServerCondition, role: Role) -> ServerModel {
        ServerModel {
            id: ServerId::from_slot(0),
            condition,
            role,
            term: 1,
            vote: None,
            leader: None,
            voters: ServerSet::first(5),
            membership: Membership::Voter,
            granted: ServerSet::EMPTY,
            rejected: ServerSet::EMPTY,
            ballots_until_us: None,
            outdated: false,
            clock_milli: None,
            disk: None,
            last_index: 0,
            commit: 0,
            applied: 0,
            snapshot: 0,
            isolated: false,
            waits: false,
        }
    }

    fn only() -> Servers {
        Servers::Named(ServerSet::only(ServerId::from_slot(0)))
    }

    #[test]
    fn a_running_follower_can_be_crashed_but_not_restarted() {
        let follower = server(ServerCondition::Running, Role::Follower);
        assert_eq!(unavailable(&Act::Crash(only()), &follower, 5, None), None);
        assert_eq!(unavailable(&Act::Timeout(only()), &follower, 5, None), None);
        assert!(unavailable(&Act::Restart(only()), &follower, 5, None).is_some());
        assert!(unavailable(&Act::Resume(only()), &follower, 5, None).is_some());
    }

    #[test]
    fn a_crashed_server_can_only_be_restarted_or_isolated() {
        let crashed = server(ServerCondition::Crashed, Role::Follower);
        assert_eq!(unavailable(&Act::Restart(only()), &crashed, 5, None), None);
        let others = [
            Act::Crash(only()),
            Act::Pause(only(), None),
            Act::Resume(only()),
            Act::Timeout(only()),
        ];
        for act in others {
            assert!(unavailable(&act, &crashed, 5, None).is_some(), "{act:?}");
        }
    }

    #[test]
    fn a_leader_has_no_election_timer_and_a_lone_server_no_links() {
        let mut leader = server(ServerCondition::Running, Role::Leader);
        assert!(unavailable(&Act::Timeout(only()), &leader, 5, None).is_some());
        leader.waits = true;
        assert_eq!(unavailable(&Act::Timeout(only()), &leader, 5, None), None, "it waits");
        leader.waits = false;
        assert!(unavailable(&Act::Isolate(only()), &leader, 1, None).is_some());
    }

    #[test]
    fn button_names_begin_as_the_contract_says() {
        let mut candidate = server(ServerCondition::Running, Role::Candidate);
        candidate.granted = ServerSet::only(candidate.id);
        assert_eq!(candidate.button_name(), "S1, candidate, term 1, 1 vote, needs 3");
        candidate.granted = ServerSet::first(3);
        assert_eq!(candidate.button_name(), "S1, candidate, term 1, 3 votes: a majority of 5");
        let paused = server(ServerCondition::Paused, Role::Leader);
        assert!(paused.button_name().starts_with("S1, paused, term 1"));
        let crashed = server(ServerCondition::Crashed, Role::Leader);
        assert_eq!(crashed.button_name(), "S1, crashed, term 1");
    }

    #[test]
    fn membership_changes_need_a_leader_and_keep_a_voter() {
        let mut follower = server(ServerCondition::Running, Role::Follower);
        let leader = Some(ServerId::from_slot(1));
        let promote = Act::Promote(only());
        assert_eq!(unavailable(&promote, &follower, 5, None), Some("there is no leader"));
        let (remove, transfer) = (Act::Remove(only()), Act::Transfer(only()));
        assert_eq!(unavailable(&remove, &follower, 5, leader), None);
        assert_eq!(unavailable(&transfer, &follower, 5, leader), None);
        follower.voters = ServerSet::only(follower.id);
        assert!(unavailable(&remove, &follower, 5, leader).is_some());
        follower.membership = Membership::Outside;
        assert!(unavailable(&transfer, &follower, 5, leader).is_some());
        assert!(follower.button_name().ends_with(", outside the cluster"));
    }

    #[test]
    fn there_is_something_to_compact_only_after_something_was_applied() {
        let mut follower = server(ServerCondition::Running, Role::Follower);
        assert!(unavailable(&Act::Snapshot(only()), &follower, 5, None).is_some());
        follower.applied = 3;
        assert_eq!(unavailable(&Act::Snapshot(only()), &follower, 5, None), None);
    }
}
