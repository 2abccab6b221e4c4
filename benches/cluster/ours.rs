//! Raftarium's side.

use std::collections::VecDeque;
use std::sync::Arc;

use raftarium::check::Cluster;
use raftarium::raft::{
    Address, Body, ClientCommand, ClientId, Configuration, Effect, Effects, HardState, Input, Log,
    Message, Node, NodeOptions, Op, Reads, Request, Role, ServerId, ServerSet, Timer,
};
use raftarium::script::Session;
use raftarium::sim::{Recorder, SECOND, Setup};

const SERVERS: usize = 5;

/// Simulates an idle cluster, with network and timers.
pub fn idle(seconds: u64, checking: bool) {
    let recorder = &mut Recorder::off();
    let mut cluster = Cluster::new(&Setup::default(), recorder);
    cluster.set_checking(checking);
    cluster.run_until(seconds * SECOND, recorder);
    assert!(cluster.world().leader().is_some(), "an idle cluster has a leader");
}

/// The same as the page does it: with checks, events and reasons recorded, and copies to go back
/// to.
pub fn idle_in_a_session(seconds: u64) {
    let mut session = Session::open("").expect("an empty script is one");
    session.run_until(seconds * SECOND);
    assert!(session.world().leader().is_some(), "an idle cluster has a leader");
}

/// Replicates entries, `batch` at a time, until every server has applied them.
pub fn replicate(entries: usize, batch: usize) {
    let mut bench = Bench::new();
    bench.input(0, Input::Timer(Timer::Election));
    bench.settle();
    assert_eq!(bench.nodes[0].role(), Role::Leader);
    for first in (0..entries).step_by(batch) {
        for serial in first..first + batch {
            bench.propose(serial as u64 + 1);
        }
        bench.settle();
    }
    bench.input(0, Input::Timer(Timer::Heartbeat));
    bench.settle();
    let noop = 1;
    assert!(bench.nodes.iter().all(|node| node.last_applied() as usize == entries + noop));
}

/// Servers whose messages arrive at once and whose disks take no time.
struct Bench {
    nodes: Vec<Node>,
    inbox: VecDeque<Message>,
    effects: Effects,
}

impl Bench {
    fn new() -> Bench {
        let voters = ServerSet::first(SERVERS);
        let configuration = Configuration { voters, ..Configuration::default() };
        let node = |id| {
            Node::new(
                id,
                NodeOptions::default(),
                configuration,
                HardState::default(),
                Log::default(),
            )
        };
        let nodes = voters.iter().map(node).collect();
        Bench { nodes, inbox: VecDeque::new(), effects: Effects::default() }
    }

    fn propose(&mut self, serial: u64) {
        let client = ClientId::from_slot(0);
        let op = Op::Set { key: "key".to_owned(), value: format!("{serial:016}") };
        let command = ClientCommand { client, serial, answered_below: serial, op };
        let request = Request { command: Arc::new(command), reads: Reads::Log, forward: false };
        let (from, to) = (client.into(), ServerId::from_slot(0).into());
        self.inbox.push_back(Message { from, to, term: 0, body: Body::Request(Arc::new(request)) });
    }

    fn settle(&mut self) {
        while let Some(message) = self.inbox.pop_front() {
            if let Address::Server(to) = message.to {
                self.input(to.slot(), Input::Receive(message));
            }
        }
    }

    fn input(&mut self, slot: usize, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            self.nodes[slot].step(input, &mut self.effects);
            next = self.effects.write.take().map(|write| Input::Stable(write.id));
            for effect in self.effects.list.drain(..) {
                if let Effect::Send { message, .. } = effect {
                    self.inbox.push_back(message);
                }
            }
        }
    }
}
