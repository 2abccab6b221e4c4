//! Finds the event that set a value of a server.

use crate::raft::{Index, ServerId};

use super::details::{ServerChange, ServerState};
use super::event::{Event, EventId};
use super::recorder::Journal;

/// A value of a server that events set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServerValue {
    /// Running, paused or crashed.
    Activity,
    Role,
    Term,
    Vote,
    /// The leader that it knows of.
    Leader,
    /// The latest configuration in its log.
    Configuration,
    LastIndex,
    /// The last entry that its snapshot replaces.
    Snapshot,
    CommitIndex,
    LastApplied,
    /// The entry of its log at that index.
    Entry(Index),
}

impl ServerValue {
    /// Whether the event changed this value.
    pub fn is_changed_by(self, change: &ServerChange) -> bool {
        let differs = |read: fn(&ServerState) -> u64| read(&change.before) != read(&change.after);
        match self {
            ServerValue::Activity => change.before.activity != change.after.activity,
            ServerValue::Role => change.before.role != change.after.role,
            ServerValue::Term => differs(|state| state.term),
            ServerValue::Vote => change.before.voted_for != change.after.voted_for,
            ServerValue::Leader => change.before.leader != change.after.leader,
            ServerValue::Configuration => change.before.configuration != change.after.configuration,
            ServerValue::LastIndex => differs(|state| state.last_index),
            ServerValue::Snapshot => differs(|state| state.snapshot.index),
            ServerValue::CommitIndex => differs(|state| state.commit_index),
            ServerValue::LastApplied => differs(|state| state.last_applied),
            ServerValue::Entry(index) => {
                change.appended.iter().any(|(appended, _)| *appended == index)
                    || change.truncated_from.is_some_and(|from| from <= index)
            }
        }
    }
}

impl Event {
    /// What it changed of that server, if that is kept.
    pub fn change_of(&self, server: ServerId) -> Option<&ServerChange> {
        let details = self.details.as_deref()?;
        details.servers.iter().find(|change| change.server == server)
    }

    /// Whether it changed that value of the server.
    pub fn sets(&self, server: ServerId, value: ServerValue) -> bool {
        self.change_of(server).is_some_and(|change| value.is_changed_by(change))
    }
}

impl Journal {
    /// The newest event up to `until` that changed that value of the server.
    pub fn last_change(
        &self,
        server: ServerId,
        value: ServerValue,
        until: EventId,
    ) -> Option<&Event> {
        let events = self.events().rev().skip_while(|event| event.id > until);
        events.into_iter().find(|event| event.sets(server, value))
    }
}
