//! The predicates refuse wrong reasons.
//!
//! A small cluster runs at random; each reason of each step is judged once as it is, and once in
//! each of the ways in which `mutations` makes it wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use raftarium::raft::{
    Address, Body, Change, ClientCommand, ClientId, Configuration, Effect, Effects, HardState,
    HashedIfSet, Input, Log, Message, Node, NodeOptions, Op, Reads, Request, Role, Rule, ServerId,
    ServerSet, Timer, Write, judge,
};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use super::coverage::kind_of;
use super::mutations;

const SERVERS: usize = 4;
const RUNS: u64 = 150;
const STEPS: usize = 600;

#[test]
fn wrong_reasons_are_refused() {
    let mut refused = BTreeMap::new();
    for seed in 0..RUNS {
        let mut cluster = Cluster::new(seed);
        for _ in 0..STEPS {
            cluster.act(&mut refused);
        }
    }
    for (name, times) in &refused {
        println!("{times:>9} {name}");
    }
    for name in mutations::ALL {
        assert!(refused.contains_key(name), "no step gave a reason to make wrong as \"{name}\"");
    }
    assert_eq!(refused.len(), mutations::ALL.len(), "a mutation is not in the list");
}

type Refused = BTreeMap<&'static str, u64>;

struct Server {
    node: Node,
    hard_state: HardState,
    log: Log,
    /// Writes that are not stable yet, oldest first.
    writes: Vec<Write>,
}

struct Cluster {
    random: Pcg32,
    servers: Vec<Server>,
    under_way: Vec<Message>,
    serial: u64,
}

impl Cluster {
    fn new(seed: u64) -> Cluster {
        let voters = ServerSet::first(SERVERS - 1);
        let boot = Configuration { voters, ..Configuration::default() };
        let server = |slot| {
            let (hard_state, log) = (HardState::default(), Log::default());
            let id = ServerId::from_slot(slot);
            let node = Node::new(id, NodeOptions::default(), boot, hard_state, log.clone());
            Server { node, hard_state, log, writes: Vec::new() }
        };
        let servers = (0..SERVERS).map(server).collect();
        Cluster { random: Pcg32::new(seed, 1), servers, under_way: Vec::new(), serial: 0 }
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.next_u32() as usize % count
    }

    fn act(&mut self, refused: &mut Refused) {
        let at = self.below(SERVERS);
        let id = ServerId::from_slot(self.below(SERVERS));
        let leader = self.servers.iter().position(|one| one.node.role() == Role::Leader);
        let leader = leader.unwrap_or(at);
        match self.below(40) {
            // The election timer of a leader does not run.
            0 if self.servers[at].node.role() == Role::Leader => {
                self.step(at, Input::Fired(Timer::Election), refused);
            }
            0 => self.step(at, Input::Timer(Timer::Election), refused),
            1 => self.step(leader, Input::Fired(Timer::Heartbeat), refused),
            2 | 3 => self.step(leader, Input::Timer(Timer::Heartbeat), refused),
            4 => self.step(leader, Input::Timer(Timer::Quorum), refused),
            5 => self.step(leader, Input::Transfer(id), refused),
            6 => self.step(at, Input::Compact, refused),
            7 => {
                let change = self.change(id);
                self.step(leader, Input::Change(change), refused);
            }
            8 => self.restart(at, refused),
            9 => self.set_options(at),
            10..15 => {
                let message = self.request(leader);
                self.step(leader, Input::Receive(message), refused);
            }
            15 => {
                let message = self.request(at);
                self.step(at, Input::Receive(message), refused);
            }
            16 if !self.under_way.is_empty() => {
                let lost = self.below(self.under_way.len());
                self.under_way.swap_remove(lost);
            }
            17..24 => self.write(at, refused),
            _ if !self.under_way.is_empty() => {
                let next = self.below(self.under_way.len().min(6));
                let message = self.under_way.remove(next);
                let to = message.to.server().expect("only these are kept");
                self.step(to.slot(), Input::Receive(message), refused);
            }
            _ => {}
        }
    }

    fn change(&mut self, id: ServerId) -> Change {
        match self.below(4) {
            0 => Change::Remove(id),
            1 => Change::AddLearner(id),
            2 => Change::Add(id),
            _ => Change::Members(ServerSet::first(SERVERS - self.below(2))),
        }
    }

    fn request(&mut self, to: usize) -> Message {
        let client = ClientId::from_slot(0);
        // Now and then a retry.
        self.serial += u64::from(self.below(4) > 0);
        let key = "x".to_owned();
        let op = match self.below(3) {
            0 => Op::Get { key },
            _ => Op::Set { key, value: self.serial.to_string() },
        };
        let answered_below = self.serial.saturating_sub(3);
        let command = ClientCommand { client, serial: self.serial, answered_below, op };
        let reads = Reads::ALL[self.below(Reads::ALL.len())];
        let request = Request { command: Arc::new(command), reads, forward: self.below(2) == 0 };
        let body = Body::Request(Arc::new(request));
        Message { from: client.into(), to: ServerId::from_slot(to).into(), term: 0, body }
    }

    fn set_options(&mut self, at: usize) {
        let mut options = *self.servers[at].node.options();
        let on = self.below(3) > 0;
        match self.below(9) {
            0 => options.pre_vote = !options.pre_vote,
            1 => options.check_quorum = !options.check_quorum,
            2 => options.lease = !options.lease,
            3 => options.max_inflight = 1 + self.below(3),
            4 => options.catch_up = HashedIfSet(on),
            _ => options.rules.set(Rule::ALL[self.below(Rule::ALL.len())], on),
        }
        self.servers[at].node.set_options(options);
    }

    fn restart(&mut self, at: usize, refused: &mut Refused) {
        let server = &mut self.servers[at];
        server.writes.clear();
        let (id, options) = (server.node.id(), *server.node.options());
        let boot = server.node.boot_configuration();
        server.node = Node::new(id, options, boot, server.hard_state, server.log.clone());
        self.step(at, Input::Start, refused);
    }

    /// The oldest write becomes stable.
    fn write(&mut self, at: usize, refused: &mut Refused) {
        let server = &mut self.servers[at];
        if server.writes.is_empty() {
            return;
        }
        let write = server.writes.remove(0);
        if let Some(hard_state) = write.hard_state {
            server.hard_state = hard_state;
        }
        if let Some(snapshot) = write.snapshot {
            server.log.install(snapshot);
        }
        if let Some((from, entries)) = write.tail {
            server.log.replace_tail(from, &entries);
        }
        self.step(at, Input::Stable(write.id), refused);
    }

    fn step(&mut self, at: usize, input: Input, refused: &mut Refused) {
        let server = &mut self.servers[at];
        let before = server.node.clone();
        let mut out = Effects { explain: true, ..Effects::default() };
        server.node.step(input.clone(), &mut out);
        check(&before, &input, &server.node, &out, refused);
        server.writes.extend(out.write);
        for effect in out.list {
            // Messages do not wait for writes here: a reason holds whether or not they arrive.
            if let Effect::Send { message, .. } = effect
                && let Address::Server(_) = message.to
            {
                self.under_way.push(message);
            }
        }
    }
}

/// Every reason is true, and false once it is changed.
fn check(before: &Node, input: &Input, after: &Node, out: &Effects, refused: &mut Refused) {
    for at in 0..out.whys.len() {
        let why = out.whys[at];
        assert_eq!(judge(before, input, after, out, at), Ok(()), "{why}");
        let alike = out.whys.iter().filter(|other| kind_of(other) == kind_of(&why)).count();
        if alike > 1 {
            // The changed one may be true of another decision of the step.
            continue;
        }
        for (name, wrong) in mutations::of(&why) {
            let mut out = out.clone();
            out.whys[at] = wrong;
            let verdict = judge(before, input, after, &out, at);
            assert!(verdict.is_err(), "{name}: taken for true:\n{wrong}\ninstead of:\n{why}");
            *refused.entry(name).or_default() += 1;
        }
    }
}
