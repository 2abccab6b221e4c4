//! The `raft` crate's core, run as its documentation says, but without ticks. Differences by design
//! are evened out here and counted in [`Differences`].

use std::collections::VecDeque;

use raft::eraftpb::{Entry, EntryType, Message, MessageType};
use raft::storage::MemStorage;
use raft::{Config, GetEntriesContext, ProgressState, RawNode, StateRole, Storage};

use raftarium::raft::{Change, ServerSet};

use super::applying;
use super::compare::{CHANGE, Core, Picture};
use super::differences::{Difference, Differences};
use super::schedule::{Event, Options, Setting, Settings};

/// A cluster of the crate's core.
pub struct Theirs<'d> {
    pub servers: Vec<Server>,
    logger: slog::Logger,
    pub sent: Vec<(usize, usize, Message)>,
    pub differences: &'d mut Differences,
}

pub struct Server {
    options: Options,
    pub raw: Option<RawNode<MemStorage>>,
    storage: MemStorage,
    /// Entries committed and not yet applied.
    unapplied: VecDeque<Entry>,
    /// The last membership change on the disk.
    configured: u64,
}

impl<'d> Theirs<'d> {
    pub fn new(settings: &Settings, differences: &'d mut Differences) -> Theirs<'d> {
        let configuration = settings.configuration();
        let ids = |servers: ServerSet| servers.iter().map(|server| id_of(server.slot())).collect();
        let state: (Vec<u64>, Vec<u64>) = (ids(configuration.voters), ids(configuration.learners));
        let server = |_| {
            let storage = MemStorage::new_with_conf_state(state.clone());
            let unapplied = VecDeque::new();
            Server { options: settings.options, raw: None, storage, unapplied, configured: 0 }
        };
        let mut theirs = Theirs {
            servers: (0..settings.servers).map(server).collect(),
            logger: slog::Logger::root(slog::Discard, slog::o!()),
            sent: Vec::new(),
            differences,
        };
        (0..settings.servers).for_each(|at| theirs.start(at));
        theirs
    }

    fn start(&mut self, at: usize) {
        let options = self.servers[at].options;
        let config = Config {
            id: id_of(at),
            max_size_per_msg: size_max(options),
            max_inflight_msgs: options.inflight,
            pre_vote: options.pre_vote,
            check_quorum: options.check_quorum,
            skip_bcast_commit: true,
            max_uncommitted_size: u64::MAX,
            ..Config::default()
        };
        let server = &mut self.servers[at];
        if server.storage.rl().hard_state().commit > 0 {
            self.differences.note(Difference::CommitIsKept);
            server.storage.wl().mut_hard_state().commit = 0;
        }
        let raw = RawNode::new(&config, server.storage.clone(), &self.logger);
        server.raw = Some(raw.expect("the configuration is valid"));
        server.unapplied.clear();
    }

    /// Changes a setting of a server, also while it runs.
    fn set(&mut self, at: usize, setting: Setting) {
        self.servers[at].options.set(setting);
        let options = self.servers[at].options;
        self.with(at, |raw| {
            raw.raft.pre_vote = options.pre_vote;
            raw.raft.set_check_quorum(options.check_quorum);
            raw.raft.max_msg_size = size_max(options);
        });
    }

    /// Acts on a running server and handles what it then asks for.
    pub fn with(&mut self, at: usize, act: impl FnOnce(&mut RawNode<MemStorage>)) {
        let (servers, inflight) = (self.servers.len(), self.servers[at].options.inflight);
        let Some(raw) = &mut self.servers[at].raw else { return };
        // The crate sets the number for each follower, and newcomers have that of the start.
        for server in 0..servers {
            raw.raft.adjust_max_inflight_msgs(id_of(server), inflight);
        }
        act(raw);
        loop {
            self.apply(at, false);
            if !self.take_ready(at) {
                return;
            }
        }
    }

    /// Writes and sends what a server asks for. Returns false if it asks for nothing.
    fn take_ready(&mut self, at: usize) -> bool {
        let server = &mut self.servers[at];
        let Some(raw) = server.raw.as_mut().filter(|raw| raw.has_ready()) else { return false };
        let mut ready = raw.ready();
        let mut messages = ready.take_messages();
        let mut committed = ready.take_committed_entries();
        let mut stable = server.storage.wl();
        if !ready.entries().is_empty() {
            stable.append(ready.entries()).expect("entries follow each other");
        }
        if let Some(hard_state) = ready.hs() {
            stable.set_hardstate(hard_state.clone());
        }
        drop(stable);
        messages.extend(ready.take_persisted_messages());
        let mut light = raw.advance_append(ready);
        if let Some(commit) = light.commit_index() {
            server.storage.wl().mut_hard_state().set_commit(commit);
        }
        messages.extend(light.take_messages());
        committed.extend(light.take_committed_entries());
        server.unapplied.extend(committed);
        let to = |message: &Message| slot_of(message.to);
        self.sent.extend(messages.into_iter().map(|message| (at, to(&message), message)));
        true
    }

    /// Applies committed entries; before the end of a step (`all` is false), not those that a
    /// leader holds back.
    fn apply(&mut self, at: usize, all: bool) {
        let server = &mut self.servers[at];
        let Some(raw) = &mut server.raw else { return };
        while let Some(entry) = server.unapplied.front() {
            let held = raw.raft.state == StateRole::Leader
                && entry.index > server.configured
                && applying::takes_out(entry);
            if held && !all {
                return;
            }
            if held {
                self.differences.note(Difference::RemovedNotInformed);
            }
            if applying::apply(entry, raw, &server.storage, &mut server.configured) {
                self.differences.note(Difference::RemovedLeaderStays);
            }
            server.unapplied.pop_front();
        }
    }

    pub fn step(&mut self, at: usize, message: Message) {
        // The crate reports rejected proposals and messages of old terms as errors. Only the state
        // counts.
        self.with(at, |raw| drop(raw.raft.step(message)));
    }

    fn beat(&mut self, at: usize) {
        let mut resumed = 0;
        self.with(at, |raw| {
            raw.ping();
            let waits = |(&id, progress): (&u64, &raft::Progress)| {
                (progress.state == ProgressState::Probe && progress.paused).then_some(id)
            };
            let waiting: Vec<u64> = raw.raft.prs().iter().filter_map(waits).collect();
            resumed = waiting.len();
            for id in waiting {
                if let Some(progress) = raw.raft.mut_prs().get_mut(id) {
                    progress.resume();
                    raw.raft.send_append(id);
                }
            }
        });
        (0..resumed).for_each(|_| self.differences.note(Difference::ProbeWaits));
    }

    fn change(&mut self, at: usize, change: Change) {
        let Some(raw) = &self.servers[at].raw else { return };
        if !raw.raft.commit_to_current_term() {
            self.differences.note(Difference::EarlyChange);
            return;
        }
        let proposal = applying::proposal(change, &applying::configuration(raw));
        self.with(at, |raw| drop(raw.propose_conf_change(vec![], proposal)));
    }
}

impl Core for Theirs<'_> {
    type Message = Message;

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Election(at) => self.with(at, |raw| {
                // As the crate's own tick does.
                if raw.raft.promotable() {
                    drop(raw.campaign());
                } else {
                    raw.raft.election_elapsed = raw.raft.election_timeout();
                }
            }),
            Event::Beat(at) => self.beat(at),
            Event::Quorum(at) => {
                let mut message = Message::default();
                message.set_msg_type(MessageType::MsgCheckQuorum);
                message.from = id_of(at);
                self.step(at, message);
            }
            Event::GiveUpTransfer(at) => self.with(at, |raw| raw.raft.abort_leader_transfer()),
            Event::Transfer { from, to } => {
                let late = self.has_room(from, id_of(to));
                self.with(from, |raw| {
                    if late {
                        raw.raft.adjust_max_inflight_msgs(id_of(to), 0);
                    }
                    raw.transfer_leader(id_of(to));
                });
                if late {
                    self.differences.note(Difference::RoomFilledSlowly);
                }
            }
            Event::Propose(at, value) => {
                let data = value.to_le_bytes().to_vec();
                let mut taken = false;
                self.with(at, |raw| taken = raw.propose(vec![], data).is_ok());
                if taken {
                    self.fill_room(at);
                }
            }
            Event::Change(at, change) => self.change(at, change),
            Event::Set(Some(at), setting) => self.set(at, setting),
            Event::Set(None, setting) => {
                (0..self.servers.len()).for_each(|at| self.set(at, setting));
            }
            Event::Crash(at) => self.servers[at].raw = None,
            Event::Restart(at) => self.start(at),
            _ => {}
        }
    }

    fn receive(&mut self, to: usize, mut message: Message) {
        if self.even_out(to, &mut message) {
            let (from, kind) = (message.from, message.get_msg_type());
            self.step(to, message);
            if kind == MessageType::MsgHeartbeatResponse {
                self.repeat_timeout_now(to, from);
            }
        }
    }

    fn rest(&mut self) {
        for at in 0..self.servers.len() {
            self.apply(at, true);
            self.with(at, |_| {});
        }
    }

    fn take_sent(&mut self) -> Vec<(usize, usize, Message)> {
        let mut sent = std::mem::take(&mut self.sent);
        for (_, _, message) in &mut sent {
            let kind = message.get_msg_type();
            let votes = [
                MessageType::MsgRequestVote,
                MessageType::MsgRequestVoteResponse,
                MessageType::MsgRequestPreVote,
                MessageType::MsgRequestPreVoteResponse,
            ];
            if votes.contains(&kind) && message.commit > 0 {
                self.differences.note(Difference::CommitInVotes);
                (message.commit, message.commit_term) = (0, 0);
            }
            if kind == MessageType::MsgAppend && message.entries.is_empty() && message.commit > 0 {
                self.differences.note(Difference::CommitInEmptyAppend);
                message.commit = 0;
            }
        }
        sent
    }

    fn leads(&self, server: usize) -> bool {
        let raw = self.servers[server].raw.as_ref();
        raw.is_some_and(|raw| raw.raft.state == StateRole::Leader)
    }

    fn picture(&self, server: usize) -> Option<Picture> {
        let Server { raw, storage, .. } = &self.servers[server];
        let raw = raw.as_ref()?;
        let node = &raw.raft;
        let end = storage.last_index().expect("a log") + 1;
        let mut entries = Vec::new();
        if end > 1 {
            let read = storage.entries(1, end, None, GetEntriesContext::empty(false));
            entries = read.expect("nothing is compacted");
        }
        Some(Picture {
            role: match node.state {
                StateRole::Leader => "leader",
                StateRole::Candidate => "candidate",
                StateRole::PreCandidate => "pre-candidate",
                StateRole::Follower => "follower",
            },
            term: node.term,
            vote: (node.vote != 0).then(|| slot_of(node.vote)),
            log: entries.iter().map(|entry| (entry.term, value_of(entry))).collect(),
            commit: node.raft_log.committed,
            configuration: applying::configuration(raw),
        })
    }
}

/// In bytes; at 0 each message has one entry.
fn size_max(options: Options) -> u64 {
    if options.singly { 0 } else { u64::MAX }
}

pub fn id_of(slot: usize) -> u64 {
    slot as u64 + 1
}

pub fn slot_of(id: u64) -> usize {
    id as usize - 1
}

fn value_of(entry: &Entry) -> Option<u64> {
    match entry.get_entry_type() {
        EntryType::EntryNormal => entry.data.as_ref().try_into().ok().map(u64::from_le_bytes),
        _ => Some(CHANGE),
    }
}
