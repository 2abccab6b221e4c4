//! The world: servers, clients, network, disks and clocks, and the one order of events.

use std::hash::{Hash, Hasher};

use crate::raft::{Address, ClientId, Input, Role, ServerId, ServerSet, Timer};

use super::changes::Changes;
use super::client::{Client, Operation};
use super::clients::Loading;
use super::drive::FirstTimers;
use super::event::{EventId, EventKind, Note};
use super::hash::StableHasher;
use super::network::{Flight, Network};
use super::new_server::new_server;
use super::queue::{Due, NEVER, Queue, Scheduled, Slot};
use super::server::{Server, Status};
use super::settings::{Settings, Setup};
use super::time::Micros;

/// A cluster with everything around it. The same setup and the same acts at the same moments make
/// the same world, on every platform.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) settings: Settings,
    pub(super) now_us: Micros,
    pub(super) queue: Queue,
    pub(super) servers: Vec<Server>,
    pub(super) network: Network,
    pub(super) clients: Vec<Client>,
    pub(super) loading: Option<Loading>,
    /// Counts loads and pauses, so that what belongs to an earlier one is known.
    pub(super) epoch: u64,
    /// Counts what clients invoke and are answered.
    pub(super) history: u64,
    pub(super) newest_operation: Option<(ClientId, u64)>,
    /// The current event, or the newest.
    pub(super) event: EventId,
    flights_sent: u64,
    /// Which timer of each server fires first, and when: for a quick look.
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
            history: 0,
            newest_operation: None,
            event: 0,
            flights_sent: 0,
            work: 0,
            settings,
        };
        world.begin_event(changes);
        for server in all.iter() {
            world.step_server(server, Input::Start, changes);
        }
        world.end_event(changes, None, || EventKind::Started);
        world
    }

    /// The present moment, in microseconds.
    pub fn now_us(&self) -> Micros {
        self.now_us
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All servers there are.
    pub fn server_ids(&self) -> ServerSet {
        ServerSet::first(self.servers.len())
    }

    /// A server.
    ///
    /// # Panics
    /// Where the cluster has no such server: ask [`World::server_ids`] first.
    pub fn server(&self, id: ServerId) -> &Server {
        &self.servers[id.slot()]
    }

    /// The servers, in order.
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
        // Of two in one term (with a rule taken away) the first.
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

    /// The messages under way, in no particular order.
    pub fn in_flight(&self) -> impl Iterator<Item = &Flight> {
        self.queue.flights()
    }

    /// The messages that are held, oldest first.
    pub fn held(&self) -> &[Flight] {
        &self.network.held
    }

    /// The clients, in order.
    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// The newest command of any client.
    pub fn newest_operation(&self) -> Option<(ClientId, &Operation)> {
        let (client, serial) = self.newest_operation?;
        Some((client, self.clients[client.slot()].operation(serial)?))
    }

    /// Roughly how many bytes it takes beyond what it shares with that copy.
    pub fn unshared_bytes(&self, other: &World) -> usize {
        let servers = self.servers.iter().zip(&other.servers);
        let clients = self.clients.iter().zip(&other.clients);
        servers.map(|(ours, theirs)| ours.unshared_bytes(theirs)).sum::<usize>()
            + clients.map(|(ours, theirs)| ours.unshared_bytes(theirs)).sum::<usize>()
            + self.queue.len() * 128
            + self.network.orders.len() * 64
            + self.queue.flights().chain(&self.network.held).map(Flight::weight).sum::<usize>()
            + 16_384
    }

    /// How much is due, what has become void meanwhile among it.
    pub fn due_len(&self) -> usize {
        self.queue.len()
    }

    /// How much has been gone through so far beside the events themselves: entries that were written and sent, orders
    /// that were looked up. For limits.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// The number of the newest event.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// When the next event happens, in microseconds.
    pub fn next_event_us(&self) -> Option<Micros> {
        let first = self.first_timers.first().0.min(self.queue.first());
        (first != NEVER).then_some(first.0)
    }

    /// Whether no message is in flight but held ones, no write is pending and nothing is due now.
    pub fn quiet(&self) -> bool {
        self.queue.flights().next().is_none()
            && !self.queue.has_writes()
            && self.next_event_us() != Some(self.now_us)
    }

    /// Moves the clock on, up to the next event at most.
    pub fn advance_clock(&mut self, time_us: Micros) {
        let limit = self.next_event_us().unwrap_or(Micros::MAX);
        self.now_us = self.now_us.max(time_us.min(limit));
    }

    /// Handles the event that is due next, and writes to `changes` what it did. False: nothing is due,
    /// now or later.
    pub fn step(&mut self, changes: &mut Changes) -> bool {
        self.step_within(Micros::MAX, changes)
    }

    /// As [`World::step`], if the event is due up to that moment.
    pub(crate) fn step_within(&mut self, limit_us: Micros, changes: &mut Changes) -> bool {
        let queued = self.queue.first();
        let (timer_key, server, timer) = self.first_timers.first();
        let first = timer_key.min(queued);
        if first.0 > limit_us || first == NEVER {
            return false;
        }
        self.now_us = first.0;
        if timer_key < queued {
            self.fire(server, timer, changes);
        } else if let Some(slot) = self.queue.pop() {
            self.begin_event(changes);
            self.happen(slot, changes);
        }
        self.drop_cancelled();
        true
    }

    fn fire(&mut self, server: ServerId, timer: Timer, changes: &mut Changes) {
        let set = self.servers[server.slot()].timers[timer as usize].take();
        self.update_first_timer(server);
        self.begin_event(changes);
        self.step_server(server, Input::Timer(timer), changes);
        let cause = set.map(|set| set.cause);
        self.end_event(changes, cause, || EventKind::TimerFired(server, timer));
    }

    fn happen(&mut self, slot: Slot, changes: &mut Changes) {
        if let Some(flight) = self.queue.flight(slot)
            && flight.doom.is_none()
            && let Address::Server(to) = flight.message.to
            && self.servers[to.slot()].is_running()
        {
            self.deliver(slot, to, changes);
            return;
        }
        match self.queue.take(slot) {
            Some(Scheduled::Flight(flight)) => self.land(flight, changes),
            Some(Scheduled::Other(cause, due)) => self.handle_due(cause, due, changes),
            None => {}
        }
    }

    #[inline(never)]
    fn handle_due(&mut self, cause: EventId, due: Due, changes: &mut Changes) {
        match due {
            Due::WriteStable(server, write) => {
                self.servers[server.slot()].disk.finish_oldest();
                if self.servers[server.slot()].is_running() {
                    self.step_server(server, Input::Stable(write), changes);
                }
                self.end_event(changes, Some(cause), || EventKind::WriteStable(server, write));
            }
            Due::PauseOver(server, _) => {
                self.resume(server, changes);
                self.end_event(changes, Some(cause), || EventKind::PauseOver(server));
            }
            Due::LeaseOver(server, term, round) => {
                // Time passes for a paused server, too: it must not wake up with a lease.
                self.step_server(server, Input::LeaseOver { term, round }, changes);
                self.end_event(changes, Some(cause), || EventKind::LeaseOver(server));
            }
            Due::ClientTimeout(client, serial, _) => {
                self.client_timeout(client, serial, cause, changes);
            }
            Due::ClientRetry(client, serial, _) => {
                self.client_retry(client, serial, cause, changes);
            }
            Due::Load(_) => self.load_tick(cause, changes),
        }
    }

    /// The fast path, and by far the most of all events: a message reaches a server that runs. The
    /// message stays in its slot while the server reads it, since taking it out would copy it.
    fn deliver(&mut self, slot: Slot, to: ServerId, changes: &mut Changes) {
        self.begin_step(to, changes);
        let mut delivered = None;
        if let Some(flight) = self.queue.flight(slot) {
            self.servers[to.slot()].node.receive(&flight.message, &mut changes.effects);
            if changes.explain {
                delivered = Some((flight.cause, Note::of(flight.id, &flight.message)));
            }
        }
        self.queue.release(slot);
        self.finish_step(to, changes);
        if let Some((cause, note)) = delivered {
            self.end_event(changes, Some(cause), || EventKind::Delivered(note));
        }
    }

    /// A message is lost, or reaches a client or a server that does not run.
    #[inline(never)]
    fn land(&mut self, flight: Flight, changes: &mut Changes) {
        let cause = Some(flight.cause);
        let note = changes.explain.then(|| Note::of(flight.id, &flight.message));
        let noted = |kind: fn(Note) -> EventKind| move || note.map_or(EventKind::Started, kind);
        if let Some(loss) = flight.doom {
            let lost = || note.map_or(EventKind::Started, |note| EventKind::Lost(note, loss));
            return self.end_event(changes, cause, lost);
        }
        match flight.message.to {
            Address::Client(client) => {
                self.client_hears(client, &flight.message, changes);
                self.end_event(changes, cause, noted(EventKind::Delivered));
            }
            Address::Server(id) => match &mut self.servers[id.slot()].status {
                // See `deliver`.
                Status::Running => {}
                Status::Paused { stalled, .. } => {
                    stalled.push(flight);
                    self.end_event(changes, cause, noted(EventKind::Stalled));
                }
                Status::Crashed => {
                    self.end_event(changes, cause, noted(EventKind::lost_to_a_crash))
                }
            },
        }
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

    /// Drops cancelled orders from the head of the queue, so that the next event is a real one.
    pub(super) fn drop_cancelled(&mut self) {
        while self.queue.first_due().is_some_and(|due| self.is_cancelled(due)) {
            if let Some(slot) = self.queue.pop() {
                self.queue.release(slot);
            }
        }
    }

    fn is_cancelled(&self, due: &Due) -> bool {
        match *due {
            Due::PauseOver(server, pause) => {
                !matches!(self.servers[server.slot()].status, Status::Paused { pause: now, .. } if now == pause)
            }
            Due::ClientTimeout(client, serial, attempt)
            | Due::ClientRetry(client, serial, attempt) => {
                self.clients[client.slot()].operation(serial).is_none_or(|operation| {
                    operation.answered.is_some() || operation.attempts != attempt
                })
            }
            Due::LeaseOver(server, term, _) => {
                let node = self.servers[server.slot()].node();
                node.role() != Role::Leader || node.current_term() != term
            }
            Due::Load(epoch) => self.loading.as_ref().is_none_or(|loading| loading.epoch != epoch),
            _ => false,
        }
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
