//! Why an item of a menu cannot be chosen just now.

use crate::raft::{Role, ServerId, ServerSet};
use crate::ui::view::{Condition, LinkState, Place, ServerModel};

/// Something that may not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Crash a server.
    Crash,
    /// Restart a server.
    Restart,
    /// Pause a server.
    Pause,
    /// Resume a server.
    Resume,
    /// Isolate a server.
    Isolate,
    /// Let a server's election timer run out.
    TimeOut,
    /// Hand leadership over to a server.
    Transfer,
    /// Compact a server's log.
    Snapshot,
    /// Lose a server's disk.
    Wipe,
    /// Change the configuration.
    Change,
    /// Take a server out of the configuration.
    Remove,
}

/// Why this does not apply to that server; nothing where it does.
pub fn unfit(
    what: Unfit,
    server: &ServerModel,
    servers: usize,
    leader: Option<ServerId>,
) -> Option<&'static str> {
    let crashed = server.condition == Condition::Crashed;
    let paused = server.condition == Condition::Paused;
    match what {
        Unfit::Crash if crashed => Some("it has crashed already"),
        Unfit::Restart if !crashed => Some("it runs"),
        Unfit::Pause | Unfit::TimeOut if crashed => Some("it has crashed"),
        Unfit::Pause if paused => Some("it is paused already"),
        Unfit::Resume if crashed => Some("it has crashed: restart it"),
        Unfit::Resume if !paused => Some("it is not paused"),
        Unfit::Isolate if servers < 2 => Some("it is alone"),
        Unfit::Isolate if server.isolated => Some("all its links are cut already"),
        Unfit::TimeOut if paused => Some("it is paused: no timer runs"),
        Unfit::TimeOut if server.role == Role::Leader => Some("a leader does not"),
        Unfit::TimeOut if server.role == Role::Learner => Some("a learner does not"),
        Unfit::Transfer | Unfit::Change | Unfit::Remove if leader.is_none() => Some("nobody leads"),
        Unfit::Transfer if leader == Some(server.id) => Some("it leads"),
        Unfit::Transfer if server.place != Place::Voter => Some("it has no vote"),
        Unfit::Snapshot if server.condition != Condition::Running => Some("it does not run"),
        Unfit::Snapshot if server.applied <= server.snapshot => Some("nothing new is applied"),
        Unfit::Remove if server.voters == ServerSet::only(server.id) => {
            Some("it is the last voter")
        }
        _ => None,
    }
}

impl LinkState {
    /// Whether messages get through from the lower number to the higher one.
    pub fn forth_up(self) -> bool {
        matches!(self, LinkState::Up | LinkState::BackCut)
    }

    /// Whether messages get through from the higher number to the lower one.
    pub fn back_up(self) -> bool {
        matches!(self, LinkState::Up | LinkState::ForthCut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(condition: Condition, role: Role) -> ServerModel {
        ServerModel {
            id: ServerId::from_slot(0),
            condition,
            role,
            term: 1,
            vote: None,
            leader: None,
            voters: ServerSet::first(5),
            place: Place::Voter,
            granted: ServerSet::EMPTY,
            rejected: ServerSet::EMPTY,
            last_index: 0,
            commit: 0,
            applied: 0,
            snapshot: 0,
            isolated: false,
        }
    }

    #[test]
    fn a_running_follower_can_be_crashed_but_not_restarted() {
        let follower = server(Condition::Running, Role::Follower);
        assert_eq!(unfit(Unfit::Crash, &follower, 5, None), None);
        assert_eq!(unfit(Unfit::TimeOut, &follower, 5, None), None);
        assert!(unfit(Unfit::Restart, &follower, 5, None).is_some());
        assert!(unfit(Unfit::Resume, &follower, 5, None).is_some());
    }

    #[test]
    fn a_crashed_server_can_only_be_restarted_or_isolated() {
        let crashed = server(Condition::Crashed, Role::Follower);
        assert_eq!(unfit(Unfit::Restart, &crashed, 5, None), None);
        for what in [Unfit::Crash, Unfit::Pause, Unfit::Resume, Unfit::TimeOut] {
            assert!(unfit(what, &crashed, 5, None).is_some(), "{what:?}");
        }
    }

    #[test]
    fn a_leader_has_no_election_timer_and_a_lone_server_no_links() {
        let leader = server(Condition::Running, Role::Leader);
        assert!(unfit(Unfit::TimeOut, &leader, 5, None).is_some());
        assert!(unfit(Unfit::Isolate, &leader, 1, None).is_some());
    }

    #[test]
    fn names_begin_as_the_language_promises() {
        let mut candidate = server(Condition::Running, Role::Candidate);
        candidate.granted = ServerSet::only(candidate.id);
        assert_eq!(candidate.button_name(), "S1, candidate, term 1, 1 of 3 votes needed");
        let paused = server(Condition::Paused, Role::Leader);
        assert!(paused.button_name().starts_with("S1, paused, term 1"));
        let crashed = server(Condition::Crashed, Role::Leader);
        assert_eq!(crashed.button_name(), "S1, crashed, term 1");
    }

    #[test]
    fn the_configuration_changes_only_by_a_leader_and_keeps_a_voter() {
        let mut follower = server(Condition::Running, Role::Follower);
        let leader = Some(ServerId::from_slot(1));
        assert_eq!(unfit(Unfit::Change, &follower, 5, None), Some("nobody leads"));
        assert_eq!(unfit(Unfit::Remove, &follower, 5, leader), None);
        assert_eq!(unfit(Unfit::Transfer, &follower, 5, leader), None);
        follower.voters = ServerSet::only(follower.id);
        assert!(unfit(Unfit::Remove, &follower, 5, leader).is_some());
        follower.place = Place::Outside;
        assert!(unfit(Unfit::Transfer, &follower, 5, leader).is_some());
        assert!(follower.button_name().ends_with(", outside the cluster"));
    }

    #[test]
    fn there_is_something_to_compact_only_after_something_was_applied() {
        let mut follower = server(Condition::Running, Role::Follower);
        assert!(unfit(Unfit::Snapshot, &follower, 5, None).is_some());
        follower.applied = 3;
        assert_eq!(unfit(Unfit::Snapshot, &follower, 5, None), None);
    }
}
