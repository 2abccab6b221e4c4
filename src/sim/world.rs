//! The world: servers, clients, network, disks and clocks, and the one order of events.

use std::hash::{Hash, Hasher};

use crate::raft::{
    Address, ClientId, Effects, Entry, Index, Input, Role, ServerId, ServerSet, Timer, Why,
};

use super::act::ActError;
use super::client::{Client, Operation};
use super::clients::Loading;
use super::drive::{Key, NEVER};
use super::event::{Event, EventId, EventKind, Journal, Note};
use super::hash::StableHasher;
use super::network::{Flight, Network};
use super::new_server::new_server;
use super::queue::{Due, Queue};
use super::server::{Server, Status};
use super::settings::{Settings, Setup};
use super::time::Micros;

/// How many events the journal keeps.
const JOURNAL_EVENTS: usize = 4000;

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
    pub(super) first_timers: Vec<(Key, Timer)>,
    // What follows is told to others and is no part of the world's hash.
    /// Kept between steps; boxed, so that it is cheap to take.
    pub(super) effects: Option<Box<Effects>>,
    pub(super) whys: Vec<(ServerId, Why)>,
    touched: ServerSet,
    /// Whose log the newest event changed.
    pub(super) log_changed: ServerSet,
    pub(super) log_changed_from: Vec<Option<Index>>,
    pub(super) compacted: Vec<Option<(Index, Vec<Entry>)>>,
    invoked: Vec<(ClientId, u64)>,
    answered: Vec<(ClientId, u64)>,
    act_errors: Vec<(u32, ActError)>,
    pub(super) work: u64,
    pub(super) recording: bool,
    journal: Journal,
}

impl World {
    /// A cluster at time 0, every server begun.
    pub fn new(setup: &Setup) -> World {
        let settings = setup.settings.clone();
        let all = ServerSet::first(settings.servers);
        let servers: Vec<Server> = all.iter().map(|id| new_server(id, setup)).collect();
        let network = Network::new(settings.seed, settings.servers, settings.clients);
        let clients = (0..settings.clients).map(|slot| Client::new(ClientId::from_slot(slot)));
        let mut world = World {
            now_us: 0,
            queue: Queue::default(),
            first_timers: vec![(NEVER, Timer::Election); servers.len()],
            log_changed: ServerSet::EMPTY,
            log_changed_from: vec![None; servers.len()],
            compacted: vec![None; servers.len()],
            servers,
            network,
            clients: clients.collect(),
            loading: None,
            epoch: 0,
            history: 0,
            newest_operation: None,
            event: 0,
            flights_sent: 0,
            effects: None,
            whys: Vec::new(),
            touched: ServerSet::EMPTY,
            invoked: Vec::new(),
            answered: Vec::new(),
            act_errors: Vec::new(),
            work: 0,
            recording: true,
            journal: Journal::new(JOURNAL_EVENTS),
            settings,
        };
        world.begin_event();
        for server in all.iter() {
            world.step_server(server, Input::Start);
        }
        world.end_event(None, || EventKind::Started);
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

    /// A copy without the journal, which is told to others and is by far the most of a young world.
    pub fn without_journal(&mut self) -> World {
        let journal = std::mem::replace(&mut self.journal, Journal::new(JOURNAL_EVENTS));
        let copy = self.clone();
        self.journal = journal;
        copy
    }

    /// Takes over what is told of a world that has been this one, or that this one has been: what was up to now.
    pub fn take_journal(&mut self, other: &mut World) {
        std::mem::swap(&mut self.journal, &mut other.journal);
        self.journal.end_at(self.event);
    }

    /// What is to come will be something else than what was told of it.
    pub fn forget_ahead(&mut self) {
        self.journal.forget_ahead();
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub fn unshared_bytes(&self, base: &World) -> usize {
        let servers = self.servers.iter().zip(&base.servers);
        let clients = self.clients.iter().zip(&base.clients);
        servers.map(|(ours, base)| ours.unshared_bytes(base)).sum::<usize>()
            + clients.map(|(ours, base)| ours.unshared_bytes(base)).sum::<usize>()
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

    /// The newest events, with their reasons.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Keeps events and reasons from now on, or not; what happens is the same.
    pub fn set_recording(&mut self, on: bool) {
        self.recording = on;
    }

    /// The servers that the newest event changed.
    pub fn touched(&self) -> ServerSet {
        self.touched
    }

    /// The first index of that server's log that the newest event changed.
    pub fn log_changed_from(&self, server: ServerId) -> Option<Index> {
        self.log_changed_from[server.slot()]
    }

    /// The entry of that server's log at that index; also one that the newest event has compacted away.
    pub fn entry(&self, server: ServerId, index: Index) -> Option<&Entry> {
        let kept = self.server(server).node().log().entry(index);
        kept.or_else(|| {
            let (first, entries) = self.compacted[server.slot()].as_ref()?;
            entries.get(index.checked_sub(*first)? as usize)
        })
    }

    /// The indexes from that one up to another for which that server has an entry; see [`World::entry`]. With a snapshot
    /// that nobody made (`inject`) there may be very many for which it has none.
    pub fn known_indexes(
        &self,
        server: ServerId,
        from: Index,
        to: Index,
    ) -> impl Iterator<Item = Index> + use<> {
        let log = self.server(server).node().log();
        let (first, last) = (log.first_index(), log.last_index());
        let compacted = self.compacted[server.slot()].as_ref();
        let (begun, end) = compacted
            .map_or((1, 0), |(begun, entries)| (*begun, begun + entries.len() as Index - 1));
        let gone = from.max(begun)..=to.min(end).min(first - 1);
        gone.chain(from.max(first)..=to.min(last))
    }

    /// The operations that the newest event began.
    pub fn newly_invoked(&self) -> &[(ClientId, u64)] {
        &self.invoked
    }

    /// The operations that the newest event answered.
    pub fn newly_answered(&self) -> &[(ClientId, u64)] {
        &self.answered
    }

    /// The number of the newest event.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// Acts that were put off and could not be done, with what their givers called them; taken out.
    pub fn take_act_errors(&mut self) -> Vec<(u32, ActError)> {
        std::mem::take(&mut self.act_errors)
    }

    /// When the next event happens, in microseconds.
    pub fn next_event_us(&self) -> Option<Micros> {
        let timer = self.first_timer().map(|(key, ..)| key);
        let queued = self.queue.first();
        let first = match (timer, queued) {
            (Some(timer), Some(queued)) => Some(timer.min(queued)),
            (timer, queued) => timer.or(queued),
        };
        first.map(|(time_us, _)| time_us)
    }

    /// Whether no message is in flight but held ones, no write is pending and nothing is due now.
    pub fn quiet(&self) -> bool {
        self.queue.flights().next().is_none()
            && !self.queue.has_writes()
            && self.next_event_us() != Some(self.now_us)
    }

    /// Moves the clock on, up to the next event at most.
    pub fn idle_until(&mut self, time_us: Micros) {
        let limit = self.next_event_us().unwrap_or(Micros::MAX);
        self.now_us = self.now_us.max(time_us.min(limit));
    }

    /// Does what happens next. False: nothing ever will, unless somebody acts.
    pub fn step(&mut self) -> bool {
        self.step_within(Micros::MAX)
    }

    /// Does what happens next, if it happens up to that moment. False: nothing does.
    pub fn step_within(&mut self, limit_us: Micros) -> bool {
        let queued = self.queue.first().filter(|(due_us, _)| *due_us <= limit_us);
        let timer = self.first_timer().filter(|((due_us, _), ..)| *due_us <= limit_us);
        match (timer, queued) {
            (Some((key, server, timer)), queued) if queued.is_none_or(|queued| key < queued) => {
                self.now_us = key.0;
                self.fire(server, timer);
            }
            (_, Some((time_us, _))) => {
                self.now_us = time_us;
                self.begin_event();
                if let Some((cause, due)) = self.queue.pop() {
                    self.happen(cause, due);
                }
            }
            _ => return false,
        }
        self.forget_what_is_void();
        true
    }

    fn fire(&mut self, server: ServerId, timer: Timer) {
        let set = self.servers[server.slot()].timers[timer as usize].take();
        self.update_first_timer(server);
        self.begin_event();
        self.step_server(server, Input::Timer(timer));
        let cause = set.map(|set| set.cause);
        self.end_event(cause, || EventKind::TimerFired(server, timer));
    }

    fn happen(&mut self, cause: EventId, due: Due) {
        match due {
            Due::Flight(slot) => {
                if let Some(flight) = self.queue.land(slot) {
                    self.land(flight);
                }
            }
            Due::WriteStable(server, write) => {
                self.servers[server.slot()].disk.finish_oldest();
                if self.servers[server.slot()].is_running() {
                    self.step_server(server, Input::Stable(write));
                }
                self.end_event(Some(cause), || EventKind::WriteStable(server, write));
            }
            Due::PauseOver(server, _) => {
                self.resume(server);
                self.end_event(Some(cause), || EventKind::PauseOver(server));
            }
            Due::LeaseOver(server, term, round) => {
                // Time passes for a paused server, too: it must not wake up with a lease.
                self.step_server(server, Input::LeaseOver { term, round });
                self.end_event(Some(cause), || EventKind::LeaseOver(server));
            }
            Due::ClientTimeout(client, serial, _) => self.client_timeout(client, serial, cause),
            Due::ClientRetry(client, serial, _) => self.client_retry(client, serial, cause),
            Due::Load(_) => self.load_tick(cause),
            Due::Act(act, tag) => {
                if let Err(error) = self.perform(&act, Some(cause)) {
                    self.act_errors.push((tag, error));
                }
            }
        }
    }

    /// A message arrives, or vanishes where it was doomed.
    fn land(&mut self, flight: Flight) {
        let cause = Some(flight.cause);
        let note = self.recording.then(|| Note::of(flight.id, &flight.message));
        let noted = |kind: fn(Note) -> EventKind| move || note.map_or(EventKind::Started, kind);
        if let Some(loss) = flight.doom {
            self.end_event(cause, || {
                note.map_or(EventKind::Started, |note| EventKind::Lost(note, loss))
            });
            return;
        }
        match flight.message.to {
            Address::Client(client) => {
                self.client_hears(client, &flight.message);
                self.end_event(cause, noted(EventKind::Delivered));
            }
            Address::Server(id) => match &mut self.servers[id.slot()].status {
                Status::Running => {
                    self.step_server(id, Input::Receive(flight.message));
                    self.end_event(cause, noted(EventKind::Delivered));
                }
                Status::Paused { stalled, .. } => {
                    stalled.push(flight);
                    self.end_event(cause, noted(EventKind::Stalled));
                }
                Status::Crashed => self.end_event(cause, noted(EventKind::lost_to_a_crash)),
            },
        }
    }

    /// Opens a new event: what is touched from now on is its doing.
    pub(super) fn begin_event(&mut self) {
        self.event += 1;
        if !self.log_changed.is_empty() {
            for server in std::mem::take(&mut self.log_changed).iter() {
                self.log_changed_from[server.slot()] = None;
                self.compacted[server.slot()] = None;
            }
        }
        self.touched = ServerSet::EMPTY;
        self.invoked.clear();
        self.answered.clear();
    }

    pub(super) fn end_event(&mut self, cause: Option<EventId>, kind: impl FnOnce() -> EventKind) {
        if self.recording {
            let whys = self.whys.drain(..).collect();
            let (id, time_us) = (self.event, self.now_us);
            self.journal.push(Event { id, cause, time_us, kind: kind(), whys });
        }
    }

    pub(super) fn touch(&mut self, server: ServerId) {
        self.touched.insert(server);
    }

    pub(super) fn note_invocation(&mut self, client: ClientId, serial: u64) {
        self.invoked.push((client, serial));
    }

    pub(super) fn note_answer(&mut self, client: ClientId, serial: u64) {
        self.answered.push((client, serial));
    }

    pub(super) fn next_flight_id(&mut self) -> u64 {
        self.flights_sent += 1;
        self.flights_sent
    }

    /// Takes from the head of the queue what will not happen any more, so that the next event is a real one.
    pub(super) fn forget_what_is_void(&mut self) {
        while self.queue.peek().is_some_and(|due| self.is_void(due)) {
            self.queue.pop();
        }
    }

    fn is_void(&self, due: &Due) -> bool {
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
