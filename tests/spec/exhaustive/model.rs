//! The model of the search: three nodes, the messages in flight, and everything that may happen
//! next.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use raftarium::raft::{
    Body, Change, ClientCommand, ClientId, Input, Message, Op, Reads, Request, Role, ServerId,
    Timer,
};
use stateright::{Model, Property};

use super::SERVERS;
use super::bounds::{Bounds, Start, Third};
use super::history::History;
use super::memory::{Flight, Memory, Outcome, digest_of, keep};
use super::promises;
use super::server::Server;

/// All runs of a cluster within bounds.
pub struct Cluster {
    pub bounds: Bounds,
    pub memory: Memory,
}

/// A state of the cluster. Its hash, by which the search recognizes it, combines the digests of its
/// parts.
#[derive(Clone, Debug)]
pub struct State {
    pub servers: [&'static Server; SERVERS],
    /// All messages that were sent and that a receiver may still act on, each once, in order of
    /// digest. A message stays when it arrives: it may arrive again, later, out of order.
    under_way: Vec<Flight>,
    left: Left,
    pub history: Arc<History>,
}

/// What may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Left {
    timeouts: u8,
    beats: u8,
    commands: u8,
    crashes: u8,
    compactions: u8,
    change: Option<Change>,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// An election timer fires.
    Timeout(ServerId),
    /// A heartbeat timer fires.
    Beat(ServerId),
    /// A client's command reaches a leader.
    Command(ServerId),
    /// A leader starts a membership change.
    Change(ServerId, Change),
    /// A server compacts its log.
    Compact(ServerId),
    /// A server crashes and starts again.
    Crash(ServerId),
    /// A server's oldest write becomes stable.
    Written(ServerId),
    /// A message arrives.
    Deliver(Flight),
}

impl State {
    fn digests(&self) -> impl Iterator<Item = u64> {
        let servers = self.servers.iter().map(|server| server.digest);
        servers.chain(self.under_way.iter().map(|flight| flight.digest))
    }

    /// Replaces a server by its next state and adds its messages.
    fn take(&mut self, slot: usize, outcome: &Outcome) {
        if let Some(history) = self.history.after(self.servers[slot], outcome.server) {
            self.history = Arc::new(history);
        }
        self.servers[slot] = outcome.server;
        for flight in &outcome.sent {
            let place = self.under_way.partition_point(|other| other.digest < flight.digest);
            if self.under_way.get(place).is_none_or(|other| other.digest != flight.digest) {
                self.under_way.insert(place, *flight);
            }
        }
        let servers = &self.servers;
        self.under_way.retain(|flight| !is_dead(flight.message, servers));
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digests().for_each(|digest| state.write_u64(digest));
        self.left.hash(state);
        self.history.hash(state);
    }
}

impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        self.digests().eq(other.digests())
            && self.left == other.left
            && self.history == other.history
    }
}

impl Cluster {
    pub fn new(bounds: Bounds) -> Cluster {
        Cluster { bounds, memory: Memory::default() }
    }

    fn step(&self, server: &Server, action: &Action, serial: u64) -> &'static Outcome {
        let slow_disks = self.bounds.slow_disks;
        let input = match action {
            Action::Timeout(_) => Input::Timer(Timer::Election),
            Action::Beat(_) => Input::Timer(Timer::Heartbeat),
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
        };
        let digest = digest_of(&input);
        self.memory.outcome(server, digest, |server| server.after(input, slow_disks))
    }
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let configuration = self.bounds.configuration();
        let Bounds { timeouts, beats, commands, crashes, compactions, .. } = self.bounds;
        let change = self.bounds.change();
        let options = self.bounds.options();
        let disks = self.bounds.disks();
        let server = |slot: usize| {
            let (id, disk) = (ServerId::from_slot(slot), disks[slot].clone());
            Server::new(id, options, configuration, disk)
        };
        vec![State {
            servers: std::array::from_fn(|slot| keep(server(slot))),
            under_way: Vec::new(),
            left: Left { timeouts, beats, commands, crashes, compactions, change },
            history: Arc::new(History::led_by(self.bounds.elected())),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let left = state.left;
        let alike = self.bounds.start == Start::New && left.timeouts == self.bounds.timeouts;
        for server in &state.servers {
            let id = server.node.id();
            let leads = server.node.role() == Role::Leader;
            // New servers differ only in their names, so the first timer is s1's; or s3's, if s3 is
            // to be added or removed.
            let first = id.slot() == 0 || self.bounds.third != Third::Stays && id.slot() == 2;
            if left.timeouts > 0 && !leads && (!alike || first) {
                actions.push(Action::Timeout(id));
            }
            if left.beats > 0 && leads {
                actions.push(Action::Beat(id));
            }
            if left.commands > 0 && leads {
                actions.push(Action::Command(id));
            }
            if let Some(change) = left.change.filter(|_| leads) {
                actions.push(Action::Change(id, change));
            }
            if left.compactions > 0
                && server.node.last_applied() > server.node.log().snapshot_index()
            {
                actions.push(Action::Compact(id));
            }
            if left.crashes > 0 && !alike {
                actions.push(Action::Crash(id));
            }
            if server.has_pending_write() {
                actions.push(Action::Written(id));
            }
        }
        actions.extend(state.under_way.iter().copied().map(Action::Deliver));
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut left = before.left;
        let serial = u64::from(self.bounds.commands - left.commands) + 1;
        let id = match &action {
            Action::Timeout(id) => {
                left.timeouts -= 1;
                *id
            }
            Action::Beat(id) => {
                left.beats -= 1;
                *id
            }
            Action::Command(id) => {
                left.commands -= 1;
                *id
            }
            Action::Change(id, _) => {
                left.change = None;
                *id
            }
            Action::Compact(id) => {
                left.compactions -= 1;
                *id
            }
            Action::Crash(id) => {
                left.crashes -= 1;
                *id
            }
            Action::Written(id) => *id,
            Action::Deliver(flight) => flight.message.to.server()?,
        };
        let server = before.servers[id.slot()];
        let outcome = self.step(server, &action, serial);
        let nothing = outcome.server.digest == server.digest && outcome.sent.is_empty();
        // A crash that loses nothing changes nothing: all that could follow it can also happen
        // without it.
        if nothing && matches!(action, Action::Deliver(_) | Action::Crash(_)) {
            return None;
        }
        let mut state = before.clone();
        state.left = left;
        state.take(id.slot(), outcome);
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Cluster>> {
        promises::all()
    }
}

/// Whether every receiver will ignore it: a reply to a server that no longer campaigns or leads in
/// that term. Terms never decrease, and no server campaigns or leads twice in one.
fn is_dead(message: &Message, servers: &[&Server; SERVERS]) -> bool {
    let Some(to) = message.to.server() else { return true };
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
