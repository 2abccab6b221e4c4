//! The model of the search: a few nodes, the messages in flight, and everything that may happen
//! next.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use raftarium::raft::{
    Address, Body, Change, ClientCommand, ClientId, Input, Message, Op, Reads, Request, Role,
    ServerId, ServerSet, Timer,
};
use stateright::{Model, Property};

use super::bounds::{Bounds, Membership, Start};
use super::elections::Elections;
use super::history::History;
use super::memory::{Flight, Memory, Outcome, digest_of, keep};
use super::promises;
use super::server::Server;

/// All runs of a cluster within bounds.
pub struct Cluster<const SERVERS: usize> {
    pub bounds: Bounds,
    pub memory: Memory,
    pub elections: Elections,
}

/// A state of the cluster. Its hash, by which the search recognizes it, combines the digests of its
/// parts.
#[derive(Clone, Debug)]
pub struct State<const SERVERS: usize> {
    pub servers: [&'static Server; SERVERS],
    /// All messages that were sent and that a receiver may still act on, each once, in order of
    /// digest. A message stays when it arrives: it may arrive again, later, out of order.
    pub under_way: Vec<Flight>,
    left: Left,
    /// The servers that have stopped for good.
    pub stopped: ServerSet,
    /// No message passes between these servers and the others.
    pub cut_off: ServerSet,
    pub history: Arc<History>,
}

/// What may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Left {
    timeouts: u8,
    beats: u8,
    quorums: u8,
    commands: u8,
    crashes: u8,
    stops: u8,
    heals: bool,
    compactions: u8,
    changes: u8,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// An election timer fires.
    Timeout(ServerId),
    /// A heartbeat timer fires.
    Beat(ServerId),
    /// A leader's quorum timer fires.
    Quorum(ServerId),
    /// A client's command reaches a leader.
    Command(ServerId),
    /// A leader starts a membership change.
    Change(ServerId, Change),
    /// A server compacts its log.
    Compact(ServerId),
    /// A server crashes and starts again.
    Crash(ServerId),
    /// A server stops for good.
    Stop(ServerId),
    /// The server that was cut off is connected again.
    Heal,
    /// A server's oldest write becomes stable.
    Written(ServerId),
    /// A message arrives.
    Deliver(Flight),
}

impl Action {
    /// The server at which it happens.
    pub fn server(&self) -> Option<ServerId> {
        match self {
            Action::Timeout(id)
            | Action::Beat(id)
            | Action::Quorum(id)
            | Action::Command(id)
            | Action::Change(id, _)
            | Action::Compact(id)
            | Action::Crash(id)
            | Action::Stop(id)
            | Action::Written(id) => Some(*id),
            Action::Deliver(flight) => flight.message.to.server(),
            Action::Heal => None,
        }
    }
}

impl<const SERVERS: usize> State<SERVERS> {
    pub fn digests(&self) -> impl Iterator<Item = u64> {
        let servers = self.servers.iter().map(|server| server.digest);
        servers.chain(self.under_way.iter().map(|flight| flight.digest))
    }

    /// Replaces a server by its next state and adds its messages.
    pub fn take(&mut self, slot: usize, outcome: &Outcome) {
        if let Some(history) = self.history.after(self.servers[slot], outcome.server) {
            self.history = Arc::new(history);
        }
        self.servers[slot] = outcome.server;
        for flight in &outcome.sent {
            if !self.passes(flight.message) {
                continue;
            }
            let place = self.under_way.partition_point(|other| other.digest < flight.digest);
            if self.under_way.get(place).is_none_or(|other| other.digest != flight.digest) {
                self.under_way.insert(place, *flight);
            }
        }
        self.forget_dead();
    }

    fn forget_dead(&mut self) {
        let (servers, stopped) = (&self.servers, self.stopped);
        self.under_way.retain(|flight| !is_dead(flight.message, servers, stopped));
    }

    /// The server stops for good.
    fn stop(&mut self, id: ServerId) {
        self.stopped.insert(id);
        self.forget_dead();
    }

    /// Whether a message sent now may arrive.
    fn passes(&self, message: &Message) -> bool {
        let is_cut = |end: Address| end.server().is_some_and(|id| self.cut_off.contains(id));
        is_cut(message.from) == is_cut(message.to)
    }
}

impl<const SERVERS: usize> Hash for State<SERVERS> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digests().for_each(|digest| state.write_u64(digest));
        (self.left, self.stopped, self.cut_off).hash(state);
        self.history.hash(state);
    }
}

impl<const SERVERS: usize> PartialEq for State<SERVERS> {
    fn eq(&self, other: &State<SERVERS>) -> bool {
        self.digests().eq(other.digests())
            && (self.left, self.stopped, self.cut_off) == (other.left, other.stopped, other.cut_off)
            && self.history == other.history
    }
}

impl<const SERVERS: usize> Cluster<SERVERS> {
    pub fn new(bounds: Bounds) -> Cluster<SERVERS> {
        Cluster { bounds, memory: Memory::default(), elections: Elections::default() }
    }

    /// What may happen at a server that runs.
    fn actions_of(&self, server: &Server, left: Left, actions: &mut Vec<Action>) {
        let id = server.node.id();
        let leads = server.node.role() == Role::Leader;
        let alike = left.timeouts == self.bounds.timeouts && !self.may_be_first(id);
        let new = self.bounds.start == Start::New && left.timeouts == self.bounds.timeouts;
        if left.timeouts > 0 && !leads && !alike {
            actions.push(Action::Timeout(id));
        }
        if left.beats > 0 && leads {
            actions.push(Action::Beat(id));
        }
        if left.quorums > 0 && server.checks_quorum {
            actions.push(Action::Quorum(id));
        }
        if left.commands > 0 && leads {
            actions.push(Action::Command(id));
        }
        if left.changes > 0 && leads {
            let changes = self.bounds.membership.changes();
            actions.push(Action::Change(id, changes[changes.len() - usize::from(left.changes)]));
        }
        if left.compactions > 0 && server.node.last_applied() > server.node.log().snapshot_index() {
            actions.push(Action::Compact(id));
        }
        if left.crashes > 0 && !new {
            actions.push(Action::Crash(id));
        }
        if left.stops > 0 {
            actions.push(Action::Stop(id));
        }
        if server.has_pending_write() {
            actions.push(Action::Written(id));
        }
    }

    /// Whether the first election timer may be this server's. New servers differ only in their
    /// names, so it is s1's; or s3's, if s3 is to be added or removed. After s1 was cut off, s2 and
    /// s3 are alike, unless s3 is to be replaced.
    fn may_be_first(&self, id: ServerId) -> bool {
        match (self.bounds.start, self.bounds.membership) {
            (Start::Figure8, _) => true,
            (Start::New, Membership::Constant) => id.slot() == 0,
            (Start::New, _) => id.slot() == 0 || id.slot() == 2,
            (Start::CutOff, Membership::FourthReplacesThird) => true,
            (Start::CutOff, _) => id.slot() != 2,
        }
    }

    pub fn step(&self, server: &Server, action: &Action, serial: u64) -> &'static Outcome {
        let slow_disks = self.bounds.slow_disks;
        let input = match action {
            Action::Timeout(_) => Input::Timer(Timer::Election),
            Action::Beat(_) => Input::Timer(Timer::Heartbeat),
            Action::Quorum(_) => Input::Timer(Timer::Quorum),
            Action::Command(id) => Input::Receive(command(serial, *id)),
            Action::Change(_, change) => Input::Change(*change),
            Action::Compact(_) => Input::Compact,
            Action::Deliver(flight) => {
                let receive = |server: &Server| {
                    server.after(Input::Receive(flight.message.clone()), slow_disks)
                };
                return self.memory.outcome(server, flight.digest, receive);
            }
            Action::Crash(_) => {
                return self.memory.outcome(server, 0, |server| (server.restarted(), Vec::new()));
            }
            Action::Written(_) => return self.memory.outcome(server, 1, Server::after_write),
            Action::Stop(_) | Action::Heal => unreachable!("no server takes part in {action:?}"),
        };
        let digest = digest_of(&input);
        self.memory.outcome(server, digest, |server| server.after(input, slow_disks))
    }
}

impl<const SERVERS: usize> Model for Cluster<SERVERS> {
    type State = State<SERVERS>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<SERVERS>> {
        let configuration = self.bounds.configuration();
        let Bounds { timeouts, beats, quorums, commands, crashes, .. } = self.bounds;
        let Bounds { stops, heals, compactions, .. } = self.bounds;
        let changes = self.bounds.membership.changes().len() as u8;
        let (all, options) = (ServerSet::first(SERVERS), self.bounds.options());
        let server = |slot: usize| {
            let id = ServerId::from_slot(slot);
            Server::new(id, all, options, configuration, self.bounds.disk(id))
        };
        let mut state = State {
            servers: std::array::from_fn(|slot| keep(server(slot))),
            under_way: Vec::new(),
            left: Left {
                timeouts,
                beats,
                quorums,
                commands,
                crashes,
                stops,
                heals,
                compactions,
                changes,
            },
            stopped: ServerSet::EMPTY,
            cut_off: ServerSet::EMPTY,
            history: Arc::new(History::led_by(self.bounds.elected())),
        };
        if self.bounds.start == Start::CutOff {
            self.elect_and_cut_off(&mut state, ServerId::from_slot(0));
        }
        vec![state]
    }

    fn actions(&self, state: &State<SERVERS>, actions: &mut Vec<Action>) {
        let left = state.left;
        let running = state.servers.iter().filter(|one| !state.stopped.contains(one.node.id()));
        running.for_each(|server| self.actions_of(server, left, actions));
        if left.heals {
            actions.push(Action::Heal);
        }
        actions.extend(state.under_way.iter().copied().map(Action::Deliver));
    }

    fn next_state(&self, before: &State<SERVERS>, action: Action) -> Option<State<SERVERS>> {
        let mut state = before.clone();
        let left = &mut state.left;
        let serial = u64::from(self.bounds.commands - left.commands) + 1;
        match &action {
            Action::Timeout(_) => left.timeouts -= 1,
            Action::Beat(_) => left.beats -= 1,
            Action::Quorum(_) => left.quorums -= 1,
            Action::Command(_) => left.commands -= 1,
            Action::Change(..) => left.changes -= 1,
            Action::Compact(_) => left.compactions -= 1,
            Action::Crash(_) => left.crashes -= 1,
            Action::Stop(id) => {
                left.stops -= 1;
                state.stop(*id);
                return Some(state);
            }
            Action::Heal => {
                left.heals = false;
                state.cut_off = ServerSet::EMPTY;
                return Some(state);
            }
            Action::Written(_) | Action::Deliver(_) => {}
        }
        let id = action.server()?;
        let server = before.servers[id.slot()];
        let outcome = self.step(server, &action, serial);
        let nothing = outcome.server.digest == server.digest && outcome.sent.is_empty();
        // A crash that loses nothing changes nothing: all that could follow it can also happen
        // without it.
        if nothing && matches!(action, Action::Deliver(_) | Action::Crash(_)) {
            return None;
        }
        state.take(id.slot(), outcome);
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Cluster<SERVERS>>> {
        promises::all()
    }
}

/// Whether its receiver has stopped or will ignore it: a reply to a server that no longer campaigns
/// or leads in that term. Terms never decrease, and no server campaigns or leads twice in one.
fn is_dead(message: &Message, servers: &[&Server], stopped: ServerSet) -> bool {
    let Some(to) = message.to.server().filter(|&to| !stopped.contains(to)) else { return true };
    let node = &servers[to.slot()].node;
    let asks = match message.body {
        Body::Vote { .. } => node.role() == Role::Candidate,
        Body::AppendReply { .. } | Body::SnapshotReply(_) => node.role() == Role::Leader,
        _ => return false,
    };
    message.term < node.current_term() || message.term == node.current_term() && !asks
}

/// A client's command; each sets a different value.
fn command(serial: u64, to: ServerId) -> Message {
    let client = ClientId::from_slot(0);
    let op = Op::Set { key: "x".to_owned(), value: serial.to_string() };
    let command = ClientCommand { client, serial, answered_below: serial, op };
    let request = Request { command: Arc::new(command), reads: Reads::Log, forward: false };
    let body = Body::Request(Arc::new(request));
    Message { from: client.into(), to: to.into(), term: 0, body }
}
