//! One server: its state (figure 2) and what each input does to it.

use std::collections::VecDeque;

use super::command::Command;
use super::configuration::{Configuration, Configurations};
use super::io::{Effect, Effects, HardState, Input, Timer, Write, WriteId};
use super::log::Log;
use super::message::{Body, Kind, Message};
use super::role::{Leadership, Progress, Role, State};
use super::rules::{Rule, Rules};
use super::store::Store;
use super::types::{Address, Index, ServerId, ServerSet, Term};
use super::why::{At, Why};

/// What a server is told to be like. It may change while the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The rules it keeps.
    pub rules: Rules,
    /// Whether it asks before it campaigns (dissertation, section 9.6).
    pub pre_vote: bool,
    /// Whether, as a leader, it steps down when it hears no majority, and otherwise stays loyal to a leader that it has
    /// just heard (dissertation, sections 6.2 and 4.2.3).
    pub check_quorum: bool,
    /// The most entries in one AppendEntries.
    pub max_entries: usize,
    /// The most AppendEntries with entries in flight to one server.
    pub max_inflight: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rules: Rules::default(),
            pre_vote: false,
            check_quorum: false,
            max_entries: 64,
            max_inflight: 1,
        }
    }
}

/// A Raft server without clock, chance or I/O.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    pub(super) id: ServerId,
    pub(super) options: Options,
    pub(super) configurations: Configurations,
    // Persistent state (figure 2): written before it is acted on.
    pub(super) current_term: Term,
    pub(super) voted_for: Option<ServerId>,
    pub(super) log: Log,
    // Volatile state.
    pub(super) commit_index: Index,
    pub(super) last_applied: Index,
    pub(super) store: Store,
    pub(super) state: State,
    // What of the persistent state is stable.
    pub(super) stable_index: Index,
    last_write: WriteId,
    pending: VecDeque<Pending>,
    dirty: Dirty,
}

/// A write that is not yet stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Pending {
    id: WriteId,
    /// The log is stable up to here once the write is; lowered where the log is truncated meanwhile.
    log_up_to: Option<Index>,
    /// The term that is stable once the write is.
    term: Term,
}

/// What has changed in this step and must be written at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
struct Dirty {
    hard_state: bool,
    log_from: Option<Index>,
    /// The first index that changed, written or not.
    changed_from: Option<Index>,
}

impl Node {
    /// A server with the persistent state that its disk holds; empty for a new one. `boot` is the configuration that
    /// the cluster began with.
    pub fn new(
        id: ServerId,
        options: Options,
        boot: Configuration,
        hard_state: HardState,
        log: Log,
    ) -> Node {
        let last_index = log.last_index();
        // Where `persist-vote` is off the disk may know entries of a newer term than it knows terms.
        let current_term = hard_state.term.max(log.last_term());
        let voted_for = hard_state.voted_for.filter(|_| current_term == hard_state.term);
        let mut node = Node {
            id,
            options,
            configurations: Configurations::new(boot),
            current_term,
            voted_for,
            log,
            commit_index: 0,
            last_applied: 0,
            store: Store::default(),
            state: State::Follower { leader: None, fresh: false },
            stable_index: last_index,
            last_write: 0,
            pending: VecDeque::new(),
            dirty: Dirty::default(),
        };
        node.note_configurations(node.log.first_index());
        node
    }

    /// Its name.
    pub fn id(&self) -> ServerId {
        self.id
    }

    /// The latest term that it has seen.
    pub fn current_term(&self) -> Term {
        self.current_term
    }

    /// Whom it voted for in its current term.
    pub fn voted_for(&self) -> Option<ServerId> {
        self.voted_for
    }

    /// Its log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The highest index that it knows to be committed.
    pub fn commit_index(&self) -> Index {
        self.commit_index
    }

    /// The highest index that it has applied to its state machine.
    pub fn last_applied(&self) -> Index {
        self.last_applied
    }

    /// Its state machine.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who votes, as far as it knows: the latest configuration in its log, committed or not (section 6).
    pub fn configuration(&self) -> &Configuration {
        self.configurations.current()
    }

    /// Where in its log that configuration stands; 0 for the one that the cluster began with.
    pub fn configuration_index(&self) -> Index {
        self.configurations.index()
    }

    /// The configuration that the cluster began with.
    pub fn boot_configuration(&self) -> Configuration {
        self.configurations.boot()
    }

    /// Its role.
    pub fn role(&self) -> Role {
        match &self.state {
            State::Leader(_) => Role::Leader,
            State::Candidate { pre: true, .. } => Role::PreCandidate,
            State::Candidate { .. } => Role::Candidate,
            State::Follower { .. } if self.configuration().learners.contains(self.id) => {
                Role::Learner
            }
            State::Follower { .. } => Role::Follower,
        }
    }

    /// Whom it takes for the leader of its term.
    pub fn leader(&self) -> Option<ServerId> {
        match &self.state {
            State::Leader(_) => Some(self.id),
            State::Candidate { .. } => None,
            State::Follower { leader, .. } => *leader,
        }
    }

    /// Who has given this candidate a vote.
    pub fn granted(&self) -> ServerSet {
        match &self.state {
            State::Candidate { granted, .. } => *granted,
            _ => ServerSet::EMPTY,
        }
    }

    /// Who has refused this candidate.
    pub fn rejected(&self) -> ServerSet {
        match &self.state {
            State::Candidate { rejected, .. } => *rejected,
            _ => ServerSet::EMPTY,
        }
    }

    /// What this leader knows of a follower's log.
    pub fn progress(&self, of: ServerId) -> Option<&Progress> {
        match &self.state {
            State::Leader(leadership) if self.followers().contains(of) => {
                Some(&leadership.progress[of.slot()])
            }
            _ => None,
        }
    }

    /// The log is stable up to this index.
    pub fn stable_index(&self) -> Index {
        self.stable_index
    }

    /// What it is told to be like.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Tells it to be otherwise from now on.
    pub fn set_options(&mut self, options: Options) {
        self.options = options;
    }

    /// Takes an index as committed from the start (the language's `given ... commit`).
    pub fn start_committed(&mut self, commit: Index) {
        self.commit_index = commit.min(self.log.last_index());
        self.apply_committed(&mut Effects::default());
    }

    /// Does what the input asks. Everything that comes of it is in `out`, whose earlier contents the
    /// caller has taken away.
    pub fn step(&mut self, input: Input, out: &mut Effects) {
        match input {
            Input::Start => self.start(out),
            Input::Receive(message) => self.receive(message, out),
            Input::Timer(Timer::Election) => self.election_timeout(out),
            Input::Timer(Timer::Heartbeat) => self.heartbeat_due(out),
            Input::Timer(Timer::Quorum) => self.quorum_due(out),
            Input::Timer(Timer::Transfer) => self.give_up_transfer(out),
            Input::Transfer(to) => self.transfer(to, out),
            Input::Change(change) => self.change(change, out),
            Input::Stable(id) => self.became_stable(id, out),
        }
        self.emit_write(out);
    }

    fn start(&mut self, out: &mut Effects) {
        out.why(|| Why::Started {
            term: self.current_term,
            voted_for: self.voted_for,
            last_index: self.log.last_index(),
        });
        out.list.push(Effect::SetTimer(Timer::Election));
    }

    fn receive(&mut self, message: Message, out: &mut Effects) {
        let Address::Server(from) = message.from else {
            if let Body::Request(request) = message.body {
                self.request(request, message.from, out);
            }
            return;
        };
        if let Body::Request(request) = message.body {
            self.request(request, message.from, out);
            return;
        }
        if self.is_loyal_against(&message) {
            out.why(|| Why::Loyal { candidate: from, leader: self.leader() });
            return;
        }
        if !self.catch_up_with_term(&message, out) {
            return;
        }
        self.note_heard(from, message.term);
        let stale = message.term < self.current_term;
        match message.body {
            Body::RequestVote { .. } | Body::Append(_) if stale => {
                self.refuse_stale(&message, from, out);
            }
            Body::Vote { .. } | Body::AppendReply { .. } | Body::TimeoutNow if stale => {
                out.why(|| self.late(message.kind(), message.term));
            }
            Body::PreVote { proposed, last_index, last_term } => {
                self.pre_vote_requested(
                    from,
                    proposed,
                    At { index: last_index, term: last_term },
                    out,
                );
            }
            Body::PreVoteReply { proposed, granted } => {
                self.pre_vote_received(from, proposed, granted, out);
            }
            Body::TimeoutNow => self.told_to_campaign(from, out),
            Body::RequestVote { last_index, last_term, .. } => {
                self.vote_requested(from, At { index: last_index, term: last_term }, out);
            }
            Body::Vote { granted } => self.vote_received(from, granted, out),
            Body::Append(append) => self.append_received(from, append, out),
            Body::AppendReply { outcome, round } => {
                self.append_answered(from, outcome, round, out);
            }
            Body::Request(_) | Body::Reply { .. } => {}
        }
    }

    /// A message of a higher term makes a follower (section 5.1). False: the message is ignored.
    fn catch_up_with_term(&mut self, message: &Message, out: &mut Effects) -> bool {
        if message.term <= self.current_term {
            return true;
        }
        let (kind, theirs, ours) = (message.kind(), message.term, self.current_term);
        let is_follower = matches!(self.state, State::Follower { .. });
        if !is_follower && !self.options.rules.on(Rule::StepDown) {
            out.why(|| Why::TermHigherIgnored { kind, theirs, ours });
            return false;
        }
        out.why(|| Why::TermHigher { kind, theirs, ours });
        self.set_hard_state(message.term, None);
        self.become_follower(None, out);
        true
    }

    /// A stale candidate or leader is told the newer term.
    fn refuse_stale(&mut self, message: &Message, from: ServerId, out: &mut Effects) {
        let (kind, theirs) = (message.kind(), message.term);
        out.why(|| Why::TermStale { kind, theirs, ours: self.current_term });
        match &message.body {
            Body::Append(append) => self.reject_append(from, append.prev_index, append.round, out),
            _ => self.send_durably(from, Body::Vote { granted: false }, out),
        }
    }

    pub(super) fn late(&self, kind: Kind, theirs: Term) -> Why {
        Why::LateReply { kind, theirs, ours: self.current_term }
    }

    /// Becomes a follower of `leader`, in whatever term it is in; the vote stays.
    pub(super) fn become_follower(&mut self, leader: Option<ServerId>, out: &mut Effects) {
        let fresh = leader.is_some();
        let before = std::mem::replace(&mut self.state, State::Follower { leader, fresh });
        if let State::Leader(leadership) = before {
            for timer in [Timer::Heartbeat, Timer::Quorum, Timer::Transfer] {
                out.list.push(Effect::StopTimer(timer));
            }
            out.list.push(Effect::SetTimer(Timer::Election));
            self.drop_reads(*leadership, out);
        }
    }

    pub(super) fn is_peer(&self, server: ServerId) -> bool {
        self.configuration().members().contains(server)
    }

    /// Everybody else in the configuration.
    pub(super) fn peers(&self) -> ServerSet {
        let mut peers = self.configuration().members();
        peers.remove(self.id);
        peers
    }

    /// Everybody whom a leader sends entries to: its peers, and those who have to learn that they are none any more.
    pub(super) fn followers(&self) -> ServerSet {
        match &self.state {
            State::Leader(leadership) => self.peers().union(leadership.leaving.servers),
            _ => ServerSet::EMPTY,
        }
    }

    pub(super) fn last_entry(&self) -> At {
        At { index: self.log.last_index(), term: self.log.last_term() }
    }

    pub(super) fn leadership(&mut self) -> Option<&mut Leadership> {
        match &mut self.state {
            State::Leader(leadership) => Some(leadership),
            _ => None,
        }
    }

    /// Sends at once: what promises nothing about this server's own disk.
    pub(super) fn send(&self, to: impl Into<Address>, body: Body, out: &mut Effects) {
        self.send_after(to.into(), body, 0, out);
    }

    /// Sends as soon as all that this server knows now is stable ("stable before sent").
    pub(super) fn send_durably(&self, to: impl Into<Address>, body: Body, out: &mut Effects) {
        let after = if self.must_wait() { self.open_write() } else { 0 };
        self.send_after(to.into(), body, after, out);
    }

    fn send_after(&self, to: Address, body: Body, after: WriteId, out: &mut Effects) {
        let message = Message { from: self.id.into(), to, term: self.current_term, body };
        out.list.push(Effect::Send { message, after });
    }

    fn must_wait(&self) -> bool {
        self.is_dirty() || !self.pending.is_empty()
    }

    fn is_dirty(&self) -> bool {
        self.dirty.hard_state || self.dirty.log_from.is_some()
    }

    /// The number of the write that holds all that has changed so far.
    fn open_write(&self) -> WriteId {
        self.last_write + WriteId::from(self.is_dirty())
    }

    /// Changes term and vote, to be written at the end of the step.
    pub(super) fn set_hard_state(&mut self, term: Term, voted_for: Option<ServerId>) {
        self.current_term = term;
        self.voted_for = voted_for;
        // Without the rule nothing of it is ever written: a crash loses it.
        self.dirty.hard_state |= self.options.rules.on(Rule::PersistVote);
    }

    /// Notes that the log has changed from that index on, to be written at the end of the step.
    pub(super) fn log_changed(&mut self, from: Index) {
        self.dirty.changed_from = earliest(self.dirty.changed_from, from);
        self.configurations.truncate(from);
        self.note_configurations(from);
        if !self.options.rules.on(Rule::PersistLog) {
            // Without the rule nothing of it is ever written, and all of it is acknowledged.
            self.stable_index = self.log.last_index();
            return;
        }
        let before = from - 1;
        self.stable_index = self.stable_index.min(before);
        for write in &mut self.pending {
            write.log_up_to = write.log_up_to.map(|up_to| up_to.min(before));
        }
        self.dirty.log_from = earliest(self.dirty.log_from, from);
    }

    fn note_configurations(&mut self, from: Index) {
        for (index, entry) in (from..).zip(self.log.tail(from)) {
            if let Command::Configuration(configuration) = entry.command {
                self.configurations.append(index, configuration);
            }
        }
    }

    fn emit_write(&mut self, out: &mut Effects) {
        out.log_changed_from = self.dirty.changed_from.take();
        if !self.is_dirty() {
            return;
        }
        let dirty = std::mem::take(&mut self.dirty);
        self.last_write += 1;
        let hard_state = dirty
            .hard_state
            .then_some(HardState { term: self.current_term, voted_for: self.voted_for });
        let tail = dirty.log_from.map(|from| (from, self.log.tail(from).to_vec()));
        let log_up_to = tail.is_some().then(|| self.log.last_index());
        self.pending.push_back(Pending { id: self.last_write, log_up_to, term: self.current_term });
        out.write = Some(Write { id: self.last_write, hard_state, tail });
    }

    fn became_stable(&mut self, id: WriteId, out: &mut Effects) {
        let mut stable_term = 0;
        while let Some(write) = self.pending.front().copied().filter(|write| write.id <= id) {
            self.pending.pop_front();
            stable_term = write.term;
            if let Some(up_to) = write.log_up_to {
                self.stable_index = self.stable_index.max(up_to);
            }
        }
        match self.state {
            State::Leader(_) => self.commit_by_counting(out),
            State::Candidate { pre: false, .. } if stable_term == self.current_term => {
                self.count_vote(self.id, true, out);
            }
            _ => {}
        }
    }
}

fn earliest(known: Option<Index>, from: Index) -> Option<Index> {
    Some(known.map_or(from, |known| known.min(from)))
}
