//! The state machines side by side: a row a key, a column a server, differences marked.

use crate::raft::ServerId;
use crate::sim::World;

use super::LISTED_MAX;

/// What one server's state machine holds for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreCell {
    /// The value; nothing where there is no such key.
    pub value: Option<String>,
    /// Whether it is not what the server that has applied most holds.
    pub differs: bool,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRow {
    /// Which key.
    pub key: String,
    /// What each server holds.
    pub cells: Vec<StoreCell>,
}

/// All state machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoresModel {
    /// The servers, in order, and whether each is down.
    pub servers: Vec<(ServerId, bool)>,
    /// The server that has applied most: differences are from its state.
    pub newest: Option<ServerId>,
    /// The first keys, in order.
    pub rows: Vec<StoreRow>,
    /// How many keys more there are.
    pub more: usize,
}

pub(super) fn take(world: &World) -> StoresModel {
    let servers = world.server_ids();
    let alive = || servers.iter().filter(|id| world.server(*id).is_alive());
    // Of several that have applied as much, the first.
    let applied =
        |id: &ServerId| (world.server(*id).node().last_applied(), std::cmp::Reverse(id.number()));
    let newest = alive().max_by_key(applied);
    let mut keys: Vec<&str> = Vec::new();
    for id in servers.iter() {
        // Each server has its keys in order, and most have the same.
        for key in world.server(id).node().store().values().keys() {
            if let Err(place) = keys.binary_search(&key.as_str()) {
                keys.insert(place, key);
            }
        }
    }
    let rows = keys.iter().take(LISTED_MAX).map(|key| row(world, key, newest)).collect();
    StoresModel {
        servers: servers.iter().map(|id| (id, !world.server(id).is_alive())).collect(),
        newest,
        rows,
        more: keys.len().saturating_sub(LISTED_MAX),
    }
}

fn row(world: &World, key: &str, newest: Option<ServerId>) -> StoreRow {
    let value_at = |id: ServerId| world.server(id).node().store().values().get(key);
    let reference = newest.and_then(value_at);
    let cell = |id: ServerId| {
        let value = value_at(id);
        let differs = world.server(id).is_alive() && value != reference;
        StoreCell { value: value.cloned(), differs }
    };
    StoreRow { key: key.to_string(), cells: world.server_ids().iter().map(cell).collect() }
}
