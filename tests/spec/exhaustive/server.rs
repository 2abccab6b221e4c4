//! A server of the model: the core's node, its disk, and the messages that wait for the disk.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use raftarium::raft::{
    Configuration, Effect, Effects, HardState, Input, Log, Message, Node, NodeOptions, Role,
    ServerId, ServerSet, Timer, Write, WriteId,
};

/// Immutable: each event makes a new one.
#[derive(Clone, Debug)]
pub struct Server {
    pub node: Node,
    disk: Disk,
    /// Messages that wait for a write.
    outbox: VecDeque<(WriteId, Message)>,
    /// The number of heartbeats since it became leader.
    beats: u8,
    /// All servers of the cluster, also those outside of the configuration.
    all: ServerSet,
    /// Its quorum timer runs.
    pub checks_quorum: bool,
    /// Its newest step restarted its election timer. Not in the digest: it decides nothing that
    /// the server does.
    pub restarted_election_timer: bool,
    /// The hash of all of it, for the states that contain it.
    pub digest: u64,
}

#[derive(Clone, Debug, Default)]
struct Disk {
    hard_state: HardState,
    log: Log,
    pending: VecDeque<Write>,
}

impl Server {
    pub fn new(
        id: ServerId,
        all: ServerSet,
        options: NodeOptions,
        configuration: Configuration,
        (hard_state, log): (HardState, Log),
    ) -> Server {
        let disk = Disk { hard_state, log, pending: VecDeque::new() };
        let node = Node::new(id, options, configuration, disk.hard_state, disk.log.clone());
        Server::started(node, all, disk)
    }

    fn started(node: Node, all: ServerSet, disk: Disk) -> Server {
        let mut server = Server {
            node,
            disk,
            outbox: VecDeque::new(),
            beats: 0,
            all,
            checks_quorum: false,
            restarted_election_timer: false,
            digest: 0,
        };
        let started = server.act(Input::Start, false);
        debug_assert!(started.is_empty(), "a server that starts sends nothing");
        server.digest = server.digested();
        server
    }

    /// Crashes and restarts from its disk.
    pub fn restarted(&self) -> Server {
        let disk = Disk { pending: VecDeque::new(), ..self.disk.clone() };
        let node = &self.node;
        let (hard_state, log) = (disk.hard_state, disk.log.clone());
        let (options, boot) = (*node.options(), node.boot_configuration());
        let node = Node::new(node.id(), options, boot, hard_state, log);
        Server::started(node, self.all, disk)
    }

    /// Handles an input. Returns the next state and the messages to other servers.
    pub fn after(&self, input: Input, slow_disk: bool) -> (Server, Vec<Message>) {
        let mut server = Server { restarted_election_timer: false, ..self.clone() };
        let beat = matches!(input, Input::Timer(Timer::Heartbeat));
        server.checks_quorum &= !matches!(input, Input::Timer(Timer::Quorum));
        let sent = server.act(input, slow_disk);
        server.beats = match server.node.role() {
            Role::Leader => server.beats + u8::from(beat),
            _ => 0,
        };
        server.digest = server.digested();
        (server, sent)
    }

    /// The oldest write becomes stable.
    pub fn after_write(&self) -> (Server, Vec<Message>) {
        let mut server = self.clone();
        let write = server.disk.pending.pop_front();
        let sent = write.map_or_else(Vec::new, |write| server.make_stable(write, true));
        server.digest = server.digested();
        (server, sent)
    }

    pub fn has_pending_write(&self) -> bool {
        !self.disk.pending.is_empty()
    }

    fn act(&mut self, input: Input, slow_disk: bool) -> Vec<Message> {
        let mut effects = Effects::default();
        self.node.step(input, &mut effects);
        let mut sent = Vec::new();
        for effect in effects.list {
            let (message, after) = match effect {
                Effect::Send { message, after } if message.to.server().is_some() => {
                    (message, after)
                }
                other => {
                    self.note_timer(&other);
                    continue;
                }
            };
            if after == 0 {
                sent.push(message);
            } else if self.outbox.iter().all(|(_, waiting)| *waiting != message) {
                // A message in flight may arrive any number of times, so it need not be sent twice.
                self.outbox.push_back((after, message));
            }
        }
        if let Some(write) = effects.write {
            if slow_disk {
                self.disk.pending.push_back(write);
            } else {
                sent.extend(self.make_stable(write, slow_disk));
            }
        }
        sent
    }

    fn note_timer(&mut self, effect: &Effect) {
        match effect {
            Effect::SetTimer(Timer::Quorum) => self.checks_quorum = true,
            Effect::StopTimer(Timer::Quorum) => self.checks_quorum = false,
            Effect::SetTimer(Timer::Election) => self.restarted_election_timer = true,
            _ => {}
        }
    }

    fn make_stable(&mut self, write: Write, slow_disk: bool) -> Vec<Message> {
        let id = write.id;
        if let Some(hard_state) = write.hard_state {
            self.disk.hard_state = hard_state;
        }
        if let Some(snapshot) = write.snapshot {
            self.disk.log.install(snapshot);
        }
        if let Some((from, entries)) = write.tail {
            self.disk.log.replace_tail(from, &entries);
        }
        let mut sent = Vec::new();
        while self.outbox.front().is_some_and(|(after, _)| *after <= id) {
            sent.extend(self.outbox.pop_front().map(|(_, message)| message));
        }
        sent.extend(self.act(Input::Stable(id), slow_disk));
        sent
    }

    /// A hash of everything that decides what this server will do. Left out are: write ids (they
    /// count from the oldest pending write instead); the leader that a follower knows (clients ask
    /// only leaders, and stickiness applies only to strangers); and derived state: the state
    /// machine, the index of the leader's first own entry, and the configurations, which are in the
    /// log. A removed server shows in the leader's progress; the round that informed it does not
    /// matter as long as there are no heartbeats. Snapshots are so small that they arrive in one
    /// piece.
    fn digested(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let node = &self.node;
        (node.id(), node.role(), node.current_term(), node.voted_for()).hash(&mut hasher);
        (node.log(), node.commit_index(), node.stable_index()).hash(&mut hasher);
        (node.granted(), node.denied(), self.beats, self.checks_quorum).hash(&mut hasher);
        self.all.iter().for_each(|id| node.progress(id).hash(&mut hasher));
        if node.configuration().members() != self.all {
            node.hears_leader().hash(&mut hasher);
        }
        (self.disk.hard_state, &self.disk.log).hash(&mut hasher);
        let first = self.disk.pending.front().map_or(0, |write| write.id);
        self.disk.pending.len().hash(&mut hasher);
        for write in &self.disk.pending {
            (write.id - first, write.hard_state, &write.tail, &write.snapshot).hash(&mut hasher);
        }
        for (after, message) in &self.outbox {
            (after - first, message).hash(&mut hasher);
        }
        hasher.finish()
    }
}
