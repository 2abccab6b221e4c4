//! The five properties of figure 3, as functions of a state and its history.

use raftarium::raft::{Node, Role};
use stateright::Property;

use super::model::{Cluster, State};

pub fn all() -> Vec<Property<Cluster>> {
    vec![
        Property::always("at most one leader is elected in a term", |_, state: &State| {
            state.history.leaders.iter().all(|leaders| leaders.len() <= 1)
        }),
        Property::always("a leader never overwrites or deletes entries", |_, state: &State| {
            !state.history.leader_overwrote
        }),
        Property::always(
            "logs with an entry of one index and term agree up to it",
            |_, state: &State| logs_match(state),
        ),
        Property::always(
            "what was committed is in the logs of later leaders",
            |_, state: &State| leaders(state).all(|leader| is_complete(state, leader)),
        ),
        Property::always(
            "no two servers apply different entries at an index",
            |_, state: &State| !state.history.applied_otherwise && stores_agree(state),
        ),
    ]
}

fn leaders(state: &State) -> impl Iterator<Item = &Node> {
    state.servers.iter().map(|server| &server.node).filter(|node| node.role() == Role::Leader)
}

fn logs_match(state: &State) -> bool {
    let logs = state.servers.each_ref().map(|server| server.node.log());
    let pairs = [(0, 1), (0, 2), (1, 2)];
    pairs.into_iter().all(|(one, other)| {
        // Entries that one of them has compacted cannot be compared.
        let first = logs[one].first_index().max(logs[other].first_index());
        let [one, other] = [one, other].map(|log: usize| logs[log].tail(first).collect::<Vec<_>>());
        let agrees_at = |&place: &usize| one[place].term == other[place].term;
        let last = (0..one.len().min(other.len())).rev().find(agrees_at);
        last.is_none_or(|last| one[..=last] == other[..=last])
    })
}

/// Entries in a snapshot were not applied one by one, so this compares the resulting states.
fn stores_agree(state: &State) -> bool {
    let nodes = state.servers.each_ref().map(|server| &server.node);
    let installed = nodes.iter().filter(|node| node.log().snapshot_index() > 0);
    installed.into_iter().all(|one| {
        let alike = nodes.iter().filter(|node| node.last_applied() == one.last_applied());
        alike.into_iter().all(|other| one.store() == other.store())
    })
}

fn is_complete(state: &State, leader: &Node) -> bool {
    let committed = (1..).zip(&state.history.committed);
    let mut due = committed.filter(|(_, committed)| committed.in_term < leader.current_term());
    due.all(|(index, committed)| {
        let log = leader.log();
        index <= log.snapshot_index() || log.entry(index) == Some(&committed.entry)
    })
}
