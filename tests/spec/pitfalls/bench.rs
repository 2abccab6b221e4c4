//! A server under test; the test plays its network, its disk and the other servers.

use std::sync::Arc;

use raftarium::raft::{
    Address, Answer, Append, AppendOutcome, Body, ClientCommand, ClientId, Command, Configuration,
    Effect, Effects, Entry, HardState, Index, Input, Log, Message, Node, NodeOptions, Op, Reads,
    Request, Role, ServerId, ServerSet, Term, Timer, WriteId,
};

/// Server 1; the test plays the others.
pub struct Bench {
    pub node: Node,
    /// Its messages, each with the write that it waits for.
    pub sent: Vec<(WriteId, Message)>,
    /// Its writes that are not stable yet.
    pub writes: Vec<WriteId>,
    /// Its timers set since the test last cleared this.
    pub timers_set: Vec<Timer>,
}

pub fn server(number: usize) -> ServerId {
    ServerId::new(number).expect("a server")
}

pub fn client() -> ClientId {
    ClientId::new(1).expect("a client")
}

pub fn noop(term: Term) -> Entry {
    Entry { term, command: Command::Noop }
}

pub fn request(serial: u64, op: Op) -> Body {
    let command = Arc::new(ClientCommand { client: client(), serial, answered_below: 1, op });
    Body::Request(Arc::new(Request { command, reads: Reads::ReadIndex, forward: false }))
}

pub fn set(serial: u64) -> Body {
    request(serial, Op::Set { key: "x".into(), value: serial.to_string() })
}

pub fn get(serial: u64) -> Body {
    request(serial, Op::Get { key: "x".into() })
}

pub fn append(prev: (Index, Term), terms: &[Term], commit: Index, round: u64) -> Body {
    let entries = terms.iter().map(|&term| noop(term)).collect();
    Body::Append(Append { prev_index: prev.0, prev_term: prev.1, entries, commit, round })
}

pub fn matched(index: Index, round: u64) -> Body {
    Body::AppendReply { outcome: AppendOutcome::Matched { index }, round }
}

pub fn asks(last: (Index, Term)) -> Body {
    Body::RequestVote { last_index: last.0, last_term: last.1, transfer: false }
}

impl Bench {
    /// Server 1 of `servers`, with a log of these terms, in term `term`.
    pub fn new(servers: usize, term: Term, terms: &[Term]) -> Bench {
        Bench::with(servers, term, terms, NodeOptions::default())
    }

    pub fn with(servers: usize, term: Term, terms: &[Term], options: NodeOptions) -> Bench {
        let mut log = Log::default();
        terms.iter().for_each(|&term| {
            log.push(noop(term));
        });
        let configuration =
            Configuration { voters: ServerSet::first(servers), ..Configuration::default() };
        let hard_state = HardState { term, voted_for: None };
        let node = Node::new(server(1), options, configuration, hard_state, log);
        let mut bench = Bench::of(node);
        bench.step(Input::Start);
        bench.timers_set.clear();
        bench
    }

    /// Does not start the node.
    pub fn of(node: Node) -> Bench {
        let (sent, writes, timers_set) = (Vec::new(), Vec::new(), Vec::new());
        Bench { node, sent, writes, timers_set }
    }

    pub fn step(&mut self, input: Input) {
        let mut effects = Effects::default();
        self.node.step(input, &mut effects);
        self.writes.extend(effects.write.map(|write| write.id));
        for effect in effects.list {
            match effect {
                Effect::Send { message, after } => self.sent.push((after, message)),
                Effect::SetTimer(timer) => self.timers_set.push(timer),
                Effect::StopTimer(_) | Effect::StartLease { .. } => {}
            }
        }
    }

    /// A message of that term arrives from that server.
    pub fn hear(&mut self, from: usize, term: Term, body: Body) {
        let (from, to) = (Address::from(server(from)), Address::from(server(1)));
        self.step(Input::Receive(Message { from, to, term, body }));
    }

    /// A client's request arrives.
    pub fn ask(&mut self, body: Body) {
        let (from, to) = (Address::from(client()), Address::from(server(1)));
        self.step(Input::Receive(Message { from, to, term: 0, body }));
    }

    /// Makes all writes stable, and those that follow from that.
    pub fn flush(&mut self) {
        while let Some(newest) = self.writes.last().copied() {
            self.writes.clear();
            self.step(Input::Stable(newest));
        }
    }

    /// Takes its messages.
    pub fn take_sent(&mut self) -> Vec<Body> {
        self.sent.drain(..).map(|(_, message)| message.body).collect()
    }

    /// Makes it the leader of the next term, with the vote of server 2 and a stable disk.
    pub fn lead(&mut self) {
        self.step(Input::Timer(Timer::Election));
        self.flush();
        let term = self.node.current_term();
        let votes = self.node.configuration().voters.len() / 2;
        (2..2 + votes).for_each(|voter| self.hear(voter, term, Body::Vote { granted: true }));
        self.flush();
        assert_eq!(self.node.role(), Role::Leader);
    }

    /// The round of its newest AppendEntries.
    pub fn round(&self) -> u64 {
        let rounds = self.sent.iter().filter_map(|(_, message)| match &message.body {
            Body::Append(append) => Some(append.round),
            _ => None,
        });
        rounds.max().expect("a round")
    }

    pub fn grants(&mut self) -> Vec<bool> {
        let votes = self.take_sent().into_iter().filter_map(|body| match body {
            Body::Vote { granted } => Some(granted),
            _ => None,
        });
        votes.collect()
    }

    pub fn answers(&mut self) -> Vec<Answer> {
        let replies = self.take_sent().into_iter().filter_map(|body| match body {
            Body::Reply { result, .. } => result.ok(),
            _ => None,
        });
        replies.collect()
    }

    pub fn timeout_now_count(&mut self) -> usize {
        let sent = self.take_sent();
        sent.iter().filter(|body| matches!(body, Body::TimeoutNow)).count()
    }
}
