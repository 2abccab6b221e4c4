//! This core, with disks that take no time.

use std::sync::Arc;

use raftarium::raft::{
    Address, ClientCommand, ClientId, Command, Configuration, Effect, Effects, HardState, Input,
    Log, Message, Node, NodeOptions, Op, Reads, Request, Role, Rules, ServerId, Timer,
};

use super::compare::{CHANGE, Core, Picture};
use super::schedule::{Event, Options, Setting, Settings};

/// A cluster of our core.
pub struct Ours {
    servers: Vec<Server>,
    rules: Rules,
    configuration: Configuration,
    sent: Vec<(usize, usize, Message)>,
    effects: Effects,
}

struct Server {
    options: Options,
    node: Option<Node>,
    hard_state: HardState,
    log: Log,
}

impl Ours {
    pub fn new(settings: &Settings, rules: Rules) -> Ours {
        let configuration = settings.configuration();
        let options = settings.options;
        let (hard_state, log) = (HardState::default(), Log::default());
        let server = |_| Server { options, node: None, hard_state, log: log.clone() };
        let servers = (0..settings.servers).map(server).collect();
        let (sent, effects) = (Vec::new(), Effects::default());
        let mut ours = Ours { servers, rules, configuration, sent, effects };
        (0..settings.servers).for_each(|at| ours.start(at));
        ours
    }

    fn start(&mut self, at: usize) {
        let server = &mut self.servers[at];
        let node = Node::new(
            ServerId::from_slot(at),
            node_options(server.options, self.rules),
            self.configuration,
            server.hard_state,
            server.log.clone(),
        );
        server.node = Some(node);
        self.input(at, Input::Start);
    }

    fn set(&mut self, at: usize, setting: Setting) {
        let server = &mut self.servers[at];
        server.options.set(setting);
        if let Some(node) = &mut server.node {
            node.set_options(node_options(server.options, self.rules));
        }
    }

    fn input(&mut self, at: usize, input: Input) {
        let server = &mut self.servers[at];
        let Some(node) = &mut server.node else { return };
        let mut next = Some(input);
        while let Some(input) = next.take() {
            node.step(input, &mut self.effects);
            if let Some(write) = self.effects.write.take() {
                if let Some(hard_state) = write.hard_state {
                    server.hard_state = hard_state;
                }
                if let Some((from, entries)) = write.tail {
                    server.log.replace_tail(from, &entries);
                }
                next = Some(Input::Stable(write.id));
            }
            for effect in self.effects.list.drain(..) {
                if let Effect::Send { message, .. } = effect
                    && let Address::Server(to) = message.to
                {
                    self.sent.push((at, to.slot(), message));
                }
            }
        }
    }
}

impl Core for Ours {
    type Message = Message;

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Election(at) => self.input(at, Input::Timer(Timer::Election)),
            Event::Beat(at) => self.input(at, Input::Timer(Timer::Heartbeat)),
            Event::Quorum(at) => self.input(at, Input::Timer(Timer::Quorum)),
            Event::GiveUpTransfer(at) => self.input(at, Input::Timer(Timer::Transfer)),
            Event::Transfer { from, to } => {
                self.input(from, Input::Transfer(ServerId::from_slot(to)));
            }
            Event::Propose(at, value) => {
                self.input(at, Input::Receive(proposal(at, value)));
            }
            Event::Change(at, change) => self.input(at, Input::Change(change)),
            Event::Set(Some(at), setting) => self.set(at, setting),
            Event::Set(None, setting) => {
                (0..self.servers.len()).for_each(|at| self.set(at, setting));
            }
            Event::Crash(at) => self.servers[at].node = None,
            Event::Restart(at) => self.start(at),
            _ => {}
        }
    }

    fn receive(&mut self, to: usize, message: Message) {
        self.input(to, Input::Receive(message));
    }

    fn take_sent(&mut self) -> Vec<(usize, usize, Message)> {
        std::mem::take(&mut self.sent)
    }

    fn leads(&self, server: usize) -> bool {
        self.servers[server].node.as_ref().is_some_and(|node| node.role() == Role::Leader)
    }

    fn picture(&self, server: usize) -> Option<Picture> {
        let node = self.servers[server].node.as_ref()?;
        let log = node.log();
        let entries = (log.first_index()..=log.last_index()).filter_map(|index| log.entry(index));
        Some(Picture {
            role: match node.role() {
                Role::Leader => "leader",
                Role::Candidate => "candidate",
                Role::PreCandidate => "pre-candidate",
                Role::Follower | Role::Learner => "follower",
            },
            term: node.current_term(),
            vote: node.voted_for().map(ServerId::slot),
            log: entries.map(|entry| (entry.term, value_of(&entry.command))).collect(),
            commit: node.commit_index(),
            configuration: *node.configuration(),
        })
    }
}

fn node_options(options: Options, rules: Rules) -> NodeOptions {
    NodeOptions {
        rules,
        pre_vote: options.pre_vote,
        check_quorum: options.check_quorum,
        max_entries: if options.singly { 1 } else { usize::MAX },
        max_inflight: options.inflight,
        ..NodeOptions::default()
    }
}

fn proposal(at: usize, value: u64) -> Message {
    let client = ClientId::from_slot(0);
    let op = Op::Set { key: "x".to_owned(), value: value.to_string() };
    // Nobody reads the answers, so all smaller serial numbers count as answered.
    let command = ClientCommand { client, serial: value, answered_below: value, op };
    let request = Request { command: Arc::new(command), reads: Reads::Log, forward: false };
    let body = raftarium::raft::Body::Request(Arc::new(request));
    Message { from: client.into(), to: ServerId::from_slot(at).into(), term: 0, body }
}

fn value_of(command: &Command) -> Option<u64> {
    match command {
        Command::Client(command) => Some(command.serial),
        Command::Configuration(_) => Some(CHANGE),
        Command::Noop => None,
    }
}
