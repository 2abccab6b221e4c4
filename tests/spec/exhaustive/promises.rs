//! The five properties of figure 3, as functions of a state and its history, and that no state is
//! wedged.

use raftarium::raft::{Node, Role};
use stateright::Property;

use super::bounds::Start;
use super::model::{Cluster, State};

pub fn all<const SERVERS: usize>() -> Vec<Property<Cluster<SERVERS>>> {
    vec![
        Property::always("at most one leader is elected in a term", |_, state: &State<SERVERS>| {
            state.history.leaders.iter().all(|leaders| leaders.len() <= 1)
        }),
        Property::always(
            "a leader never overwrites or deletes entries",
            |_, state: &State<SERVERS>| !state.history.leader_overwrote,
        ),
        Property::always(
            "logs with an entry of one index and term agree up to it",
            |_, state: &State<SERVERS>| logs_match(state),
        ),
        Property::always(
            "what was committed is in the logs of later leaders",
            |_, state: &State<SERVERS>| leaders(state).all(|leader| is_complete(state, leader)),
        ),
        Property::always("a leader can be elected and commits", |cluster, state| {
            // In the other searches nothing keeps servers apart for good.
            cluster.bounds.start != Start::CutOff || cluster.can_elect(state)
        }),
        Property::always(
            "no two servers apply different entries at an index",
            |_, state: &State<SERVERS>| !state.history.applied_otherwise && stores_agree(state),
        ),
    ]
}

fn leaders<const SERVERS: usize>(state: &State<SERVERS>) -> impl Iterator<Item = &Node> {
    state.servers.iter().map(|server| &server.node).filter(|node| node.role() == Role::Leader)
}

fn logs_match<const SERVERS: usize>(state: &State<SERVERS>) -> bool {
    let logs = state.servers.each_ref().map(|server| server.node.log());
    let pairs = (0..SERVERS).flat_map(|one| (one + 1..SERVERS).map(move |other| (one, other)));
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
fn stores_agree<const SERVERS: usize>(state: &State<SERVERS>) -> bool {
    let nodes = state.servers.each_ref().map(|server| &server.node);
    let installed = nodes.iter().filter(|node| node.log().snapshot_index() > 0);
    installed.into_iter().all(|one| {
        let alike = nodes.iter().filter(|node| node.last_applied() == one.last_applied());
        alike.into_iter().all(|other| one.store() == other.store())
    })
}

fn is_complete<const SERVERS: usize>(state: &State<SERVERS>, leader: &Node) -> bool {
    let committed = (1..).zip(&state.history.committed);
    let mut due = committed.filter(|(_, committed)| committed.in_term < leader.current_term());
    due.all(|(index, committed)| {
        let log = leader.log();
        index <= log.snapshot_index() || log.entry(index) == Some(&committed.entry)
    })
}
