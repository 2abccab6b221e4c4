//! The world: servers, clients, network, disks and clocks, and the one order of events. It is state
//! and nothing else; `step` and `perform` change it.

use std::hash::{Hash, Hasher};

use crate::raft::{Address, ClientId, Entry, Index, Input, Role, ServerId, ServerSet};

use super::changes::Changes;
use super::clients::load::Loading;
use super::clients::{Client, Operation};
use super::event::{EventId, EventKind};
use super::hash::StableHasher;
use super::network::{Flight, Network};
use super::new_server::{given_commit, new_server};
use super::queue::{NEVER, Queue};
use super::server::Server;
use super::settings::{Settings, Setup};
use super::time::Micros;
use super::timers::FirstTimers;

/// A cluster with everything around it. The same setup and the same acts at the same moments make
/// the same world on every platform. A clone goes on just like the original.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) settings: Settings,
    pub(super) now_us: Micros,
    pub(super) queue: Queue,
    pub(super) servers: Vec<Server>,
    pub(super) network: Network,
    pub(super) clients: Vec<Client>,
    pub(super) loading: Option<Loading>,
    /// Counts loads and pauses, to tell the orders of earlier ones.
    pub(super) epoch: u64,
    /// Counts loads: each draws from a stream of its own. See [`Loading`] for the hash.
    pub(super) loads: u64,
    /// Counts invocations and responses of clients: the order of their history.
    pub(super) history: u64,
    pub(super) newest_operation: Option<(ClientId, u64)>,
    /// The number of the newest event.
    pub(super) event: EventId,
    flights_sent: u64,
    pub(super) first_timers: FirstTimers,
    /// See [`World::work`]; no part of the hash.
    pub(super) work: u64,
}

impl World {
    /// A cluster at time 0, every server started: that is its first event.
    pub fn new(setup: &Setup, changes: &mut Changes) -> World {
        let settings = setup.settings.clone();
        let all = ServerSet::first(settings.servers);
        let servers: Vec<Server> = all.iter().map(|id| new_server(id, setup)).collect();
        let network = Network::new(settings.seed, settings.servers, settings.clients);
        let clients = (0..settings.clients).map(|slot| Client::new(ClientId::from_slot(slot)));
        let mut world = World {
            now_us: 0,
            queue: Queue::default(),
            first_timers: FirstTimers::new(servers.len()),
            servers,
            network,
            clients: clients.collect(),
            loading: None,
            epoch: 0,
            loads: 0,
            history: 0,
            newest_operation: None,
            event: 0,
            flights_sent: 0,
            work: 0,
            settings,
        };
        world.begin_event(changes);
        for server in all.iter() {
            world.start(server, given_commit(setup, server), changes);
        }
        world.end_event(changes, None, || EventKind::Started);
        world
    }

    /// Starts a server at time 0. Entries that are given as committed are applied in the same step,
    /// so the checks see them even if the server compacts them at once.
    fn start(&mut self, id: ServerId, commit: Index, changes: &mut Changes) {
        self.begin_step(id, changes);
        let node = &mut self.servers[id.slot()].node;
        node.give_commit(commit);
        node.step(Input::Start, &mut changes.effects);
        self.finish_step(id, changes);
    }

    /// In microseconds.
    pub fn now_us(&self) -> Micros {
        self.now_us
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn server_ids(&self) -> ServerSet {
        ServerSet::first(self.servers.len())
    }

    /// # Panics
    /// If the cluster has no such server; see [`World::server_ids`].
    pub fn server(&self, id: ServerId) -> &Server {
        &self.servers[id.slot()]
    }

    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// The servers that have not crashed.
    pub fn alive(&self) -> ServerSet {
        self.servers.iter().filter(|server| server.is_alive()).map(Server::id).collect()
    }

    /// The live leader of the highest term that has one.
    pub fn leader(&self) -> Option<ServerId> {
        let leaders = self.leaders();
        let term = |id: &ServerId| self.server(*id).node().current_term();
        // With a rule off, two may lead in one term: the first one counts.
        leaders.iter().max_by_key(|id| (term(id), std::cmp::Reverse(id.number())))
    }

    /// The live servers that believe they lead.
    pub fn leaders(&self) -> ServerSet {
        let leads = |server: &&Server| server.is_alive() && server.node().role() == Role::Leader;
        self.servers.iter().filter(leads).map(Server::id).collect()
    }

    /// Whether that direction of a link carries messages.
    pub fn link_up(&self, from: Address, to: Address) -> bool {
        self.network.link(from, to).up
    }

    /// The messages in flight, in no particular order.
    pub fn in_flight(&self) -> impl Iterator<Item = &Flight> {
        self.queue.flights()
    }

    /// The held messages, oldest first.
    pub fn held(&self) -> &[Flight] {
        &self.network.held
    }

    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// The newest command of any client.
    pub fn newest_operation(&self) -> Option<(ClientId, &Operation)> {
        let (client, serial) = self.newest_operation?;
        Some((client, self.clients[client.slot()].operation(serial)?))
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub fn unshared_bytes(&self, base: &World) -> usize {
        let servers = self.servers.iter().zip(&base.servers);
        let clients = self.clients.iter().zip(&base.clients);
        servers.map(|(ours, theirs)| ours.unshared_bytes(theirs)).sum::<usize>()
            + clients.map(|(ours, theirs)| ours.unshared_bytes(theirs)).sum::<usize>()
            + self.queue.len() * 128
            + self.network.interceptors.len() * 64
            + self.known_messages().map(Flight::weight).sum::<usize>()
            + 16_384
    }

    /// The messages that are in flight or held, and those that have lately been.
    fn known_messages(&self) -> impl Iterator<Item = &Flight> {
        self.queue.flights().chain(&self.network.held).chain(self.queue.past())
    }

    /// How many orders are in the queue, cancelled ones included.
    pub fn due_len(&self) -> usize {
        self.queue.len()
    }

    /// Counts the work so far in addition to the events themselves: entries written and sent,
    /// orders looked up. For limits that stop at the same place on every machine, as no clock does.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// The entry of that server's log at that index, even if the newest step compacted it.
    pub fn entry<'a>(
        &'a self,
        changes: &'a Changes,
        server: ServerId,
        index: Index,
    ) -> Option<&'a Entry> {
        let in_log = self.server(server).node().log().entry(index);
        in_log.or_else(|| {
            let (first, entries) = changes.compacted(server)?;
            entries.get(index.checked_sub(*first)? as usize)
        })
    }

    /// The indexes in `from..=to` at which [`World::entry`] finds an entry. An injected snapshot
    /// can leave a gap of any size before them, so never count up to `to`.
    pub fn known_indexes(
        &self,
        changes: &Changes,
        server: ServerId,
        from: Index,
        to: Index,
    ) -> impl Iterator<Item = Index> + use<> {
        let log = self.server(server).node().log();
        let (first, last) = (log.first_index(), log.last_index());
        let compacted = changes.compacted(server);
        let (begin, end) = compacted
            .map_or((1, 0), |(begin, entries)| (*begin, begin + entries.len() as Index - 1));
        let gone = from.max(begin)..=to.min(end).min(first - 1);
        gone.chain(from.max(first)..=to.min(last))
    }

    /// The number of the newest event.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// How many messages have been sent, duplicates included.
    pub fn messages_sent(&self) -> u64 {
        self.flights_sent
    }

    /// When the next event is due, in microseconds.
    pub fn next_event_us(&self) -> Option<Micros> {
        let first = self.first_timers.first().0.min(self.queue.first());
        (first != NEVER).then_some(first.0)
    }

    /// The time of the latest of all that is under way, in microseconds: running timers, messages,
    /// writes, leases, pauses and the clients' timeouts. What the settings of today have slowed
    /// down is over by then. Held messages have no such time.
    pub fn last_due_us(&self) -> Micros {
        let queued = self.queue.last_us(|due| !self.is_cancelled(due));
        let timers = self.servers.iter().flat_map(|server| server.timers.iter().flatten());
        let last_us = timers.map(|timer| timer.due_us).chain(queued).max();
        last_us.unwrap_or(0).max(self.now_us)
    }

    /// Whether no message is in flight (held ones do not count), no write is pending and nothing is
    /// due now.
    pub fn quiet(&self) -> bool {
        self.queue.flights().next().is_none()
            && !self.queue.has_writes()
            && self.next_event_us() != Some(self.now_us)
    }

    /// Moves the clock to that moment, or to the next event if that is earlier.
    pub fn advance_clock(&mut self, time_us: Micros) {
        let limit = self.next_event_us().unwrap_or(Micros::MAX);
        self.now_us = self.now_us.max(time_us.min(limit));
    }

    /// Starts a new event: all changes until the next one are its own.
    pub(super) fn begin_event(&mut self, changes: &mut Changes) {
        self.event += 1;
        changes.begin();
    }

    pub(super) fn end_event(
        &self,
        changes: &mut Changes,
        cause: Option<EventId>,
        kind: impl FnOnce() -> EventKind,
    ) {
        changes.end((self.event, self.now_us), cause, kind);
    }

    pub(super) fn next_flight_id(&mut self) -> u64 {
        self.flights_sent += 1;
        self.flights_sent
    }

    /// A hash of the whole world, the same on every platform.
    pub fn hash(&self) -> u64 {
        let mut hasher = StableHasher::default();
        self.settings.hash(&mut hasher);
        (self.now_us, self.event, self.epoch, self.history).hash(&mut hasher);
        self.queue.hash(&mut hasher);
        self.servers.hash(&mut hasher);
        self.network.hash(&mut hasher);
        self.clients.hash(&mut hasher);
        self.loading.hash(&mut hasher);
        hasher.finish()
    }
}
