//! Finds what an event changed: compares the servers with what they were after the event before.
//! So the world itself keeps nothing of it.

use crate::raft::{ClientId, Configuration, Index, LogId, Role, ServerId, ServerSet};

use super::changes::Changes;
use super::clients::Operation;
use super::details::{Activity, EventDetails, LinkChange, ServerChange, ServerState};
use super::event::{Event, EventKind};
use super::server::Server;
use super::world::World;

/// A server before the first event, but for its configuration: it runs, and its log is empty.
const NEW: ServerState = ServerState {
    activity: Activity::Running,
    role: Role::Follower,
    term: 0,
    voted_for: None,
    leader: None,
    configuration: Configuration {
        voters: ServerSet::EMPTY,
        old_voters: ServerSet::EMPTY,
        learners: ServerSet::EMPTY,
    },
    last_index: 0,
    snapshot: LogId { index: 0, term: 0 },
    commit_index: 0,
    last_applied: 0,
};

impl ServerState {
    /// What the server is now.
    pub fn of(server: &Server) -> ServerState {
        state(server)
    }
}

pub(super) fn state(server: &Server) -> ServerState {
    let (node, log) = (server.node(), server.node().log());
    let activity = match (server.is_alive(), server.is_paused()) {
        (false, _) => Activity::Crashed,
        (true, true) => Activity::Paused,
        (true, false) => Activity::Running,
    };
    let index = log.snapshot_index();
    ServerState {
        activity,
        role: node.role(),
        term: node.current_term(),
        voted_for: node.voted_for(),
        leader: node.leader(),
        configuration: *node.configuration(),
        last_index: log.last_index(),
        snapshot: LogId { index, term: log.term_at(index).unwrap_or(0) },
        commit_index: node.commit_index(),
        last_applied: node.last_applied(),
    }
}

/// The servers and their links after the newest event, by slot.
#[derive(Clone, Debug, Default)]
pub(super) struct LastStates {
    servers: Vec<ServerState>,
    /// For each server, those that its messages reach.
    reached: Vec<ServerSet>,
}

impl LastStates {
    /// The servers as they are now.
    pub fn of(world: &World) -> LastStates {
        // At event 0 no server has started.
        let servers = world.servers().iter().filter(|_| world.event() > 0);
        LastStates { servers: servers.map(state).collect(), reached: reached(world) }
    }

    /// The details of the step that has just ended, and remembers its states for the next one.
    pub fn details(&mut self, world: &World, changes: &Changes) -> EventDetails {
        // Before the first event, `given` may have put entries into a log.
        let given_from = self.servers.is_empty().then_some(1);
        if self.servers.is_empty() {
            // No event sets the configuration that a server starts with.
            let new = |server: &Server| {
                let configuration = *server.node().configuration();
                ServerState { configuration, ..NEW }
            };
            self.servers = world.servers().iter().map(new).collect();
        }
        let states = world.servers().iter().zip(&mut self.servers);
        let servers = states.filter_map(|(server, known)| {
            let after = state(server);
            let before = std::mem::replace(known, after);
            change(world, changes, server.id(), (before, after), given_from)
        });
        let operations = |named: &[_]| {
            let known = |&(client, serial): &_| operation(world, client, serial);
            named.iter().filter_map(known).collect()
        };
        EventDetails {
            message: None,
            servers: servers.collect(),
            links: Vec::new(),
            invoked: operations(changes.invoked()),
            answered: operations(changes.answered()),
            messages_sent: world.messages_sent(),
        }
    }

    /// The links that the step has cut or healed: only actions do.
    pub fn links(&mut self, world: &World, changes: &Changes) -> Vec<LinkChange> {
        let acts = |event: &Event| matches!(event.kind, EventKind::Started | EventKind::Acted(_));
        if !changes.events().iter().any(acts) {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.reached, reached(world));
        let mut links = Vec::new();
        for ((from, was), is) in world.server_ids().iter().zip(before).zip(&self.reached) {
            let changed =
                world.server_ids().iter().filter(|to| was.contains(*to) != is.contains(*to));
            links.extend(changed.map(|to| LinkChange { from, to, up: is.contains(to) }));
        }
        links
    }
}

fn reached(world: &World) -> Vec<ServerSet> {
    let reach = |from: ServerId| {
        let servers = world.server_ids().iter();
        servers.filter(|to| world.link_up(from.into(), (*to).into())).collect()
    };
    world.server_ids().iter().map(reach).collect()
}

fn operation(world: &World, client: ClientId, serial: u64) -> Option<Operation> {
    world.clients()[client.slot()].operation(serial).cloned()
}

fn change(
    world: &World,
    changes: &Changes,
    server: ServerId,
    (before, after): (ServerState, ServerState),
    given_from: Option<Index>,
) -> Option<ServerChange> {
    // A crash may lose a snapshot. Then the entries that it had replaced are back.
    let restored = after.snapshot.index < before.snapshot.index;
    let restored_from = restored.then_some(after.snapshot.index + 1);
    let changed_from = [changes.log_changed_from(server), restored_from, given_from];
    let from = changed_from.into_iter().flatten().min();
    let indexes = from.map(|from| world.known_indexes(changes, server, from, Index::MAX));
    let entry = |index| Some((index, world.entry(changes, server, index)?.clone()));
    let appended: Vec<_> = indexes.into_iter().flatten().filter_map(entry).collect();
    let truncated_from = from.filter(|from| *from <= before.last_index);
    let changed = before != after || truncated_from.is_some() || !appended.is_empty();
    changed.then_some(ServerChange { server, before, after, truncated_from, appended })
}
