//! The state machines side by side: a row for each key, a column for each server.

use std::collections::BTreeSet;

use crate::raft::ServerId;
use crate::sim::World;

/// The first keys are listed, the rest is counted.
const LISTED_MAX: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreCell {
    /// None if there is no such key.
    pub value: Option<String>,
    /// The server that has applied most holds something else.
    pub differs: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRow {
    pub key: String,
    /// One for each server.
    pub cells: Vec<StoreCell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoresModel {
    /// Each server, and whether it is down.
    pub servers: Vec<(ServerId, bool)>,
    /// The server that has applied most. Others differ from its state.
    pub newest: Option<ServerId>,
    /// In the order of the keys.
    pub rows: Vec<StoreRow>,
    /// The number of keys that are not listed.
    pub more: usize,
}

pub(super) fn model(world: &World) -> StoresModel {
    let servers = world.server_ids();
    let alive = || servers.iter().filter(|id| world.server(*id).is_alive());
    // The first of several that have applied as much.
    let applied =
        |id: &ServerId| (world.server(*id).node().last_applied(), std::cmp::Reverse(id.number()));
    let newest = alive().max_by_key(applied);
    let stored = servers.iter().flat_map(|id| world.server(id).node().store().values().keys());
    let keys: BTreeSet<&str> = stored.map(String::as_str).collect();
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
