//! One server: its state (figure 2) and what each input does to it.

use std::collections::VecDeque;

use super::configuration::{Configuration, Configurations};
use super::install::Arriving;
use super::io::{Effect, Effects, HardState, Input, Timer, WriteId};
use super::log::Log;
use super::message::{Body, InstallSnapshot, Kind, Message, Received, SnapshotReply};
use super::role::{Leadership, Progress, Role, State};
use super::rules::{Rule, Rules};
use super::store::Store;
use super::types::{Address, Index, ServerId, ServerSet, Term};
use super::why::{At, Why};
use super::writing::{Dirty, Pending};

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
    /// Whether leaders answer reads by lease, so that everybody is as loyal as `check_quorum` makes them
    /// (dissertation, section 6.4.1).
    pub lease: bool,
    /// Compact after that many applied entries; `None` is never.
    pub snapshot_every: Option<u64>,
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
            lease: false,
            snapshot_every: None,
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
    /// A snapshot that has not arrived whole.
    pub(super) arriving: Option<Box<Arriving>>,
    // What of the persistent state is stable.
    pub(super) stable_index: Index,
    pub(super) last_write: WriteId,
    pub(super) pending: VecDeque<Pending>,
    pub(super) dirty: Dirty,
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
            arriving: None,
            stable_index: last_index,
            last_write: 0,
            pending: VecDeque::new(),
            dirty: Dirty::default(),
        };
        if let Some(snapshot) = node.log.snapshot() {
            // Committed and applied can be no less than what the snapshot stands for (section 7).
            node.commit_index = snapshot.last_index;
            node.last_applied = snapshot.last_index;
            node.store = snapshot.store.clone();
            node.configurations.compact(snapshot.last_index, snapshot.configuration);
        }
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

    /// Whether this follower has heard its leader since the election timer last fired.
    pub fn hears_leader(&self) -> bool {
        matches!(self.state, State::Follower { fresh: true, .. })
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
        if options.lease && !self.options.lease {
            // Rounds that are under way began no lease.
            if let Some(leadership) = self.leadership() {
                leadership.lease_over = leadership.round;
            }
        }
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
            Input::Receive(message) => return self.receive(&message, out),
            Input::Timer(Timer::Election) => self.election_timeout(out),
            Input::Timer(Timer::Heartbeat) => self.heartbeat_due(out),
            Input::Timer(Timer::Quorum) => self.quorum_due(out),
            Input::Timer(Timer::Transfer) => self.give_up_transfer(out),
            Input::Transfer(to) => self.transfer(to, out),
            Input::Compact => self.compact(out),
            Input::LeaseOver { term, round } => self.lease_over(term, round),
            Input::Change(change) => self.change(change, out),
            Input::Stable(id) => self.became_stable(id, out),
        }
        self.emit_write(out);
    }

    /// As [`Input::Receive`], for a caller that keeps the message. It is read where it lies: messages are large, and
    /// moving each of them several times used to cost more than the algorithm itself.
    pub fn receive(&mut self, message: &Message, out: &mut Effects) {
        self.handle(message, out);
        self.emit_write(out);
    }

    fn start(&mut self, out: &mut Effects) {
        out.why(|| Why::Started {
            term: self.current_term,
            voted_for: self.voted_for,
            last_index: self.log.last_index(),
        });
        if self.options.lease && self.current_term > 0 {
            // Before it went down it may have promised a leader to be loyal for an election timeout.
            self.state = State::Follower { leader: None, fresh: true };
        }
        out.list.push(Effect::SetTimer(Timer::Election));
    }

    fn handle(&mut self, message: &Message, out: &mut Effects) {
        if let Body::Request(request) = &message.body {
            self.request(request, message.from, out);
            return;
        }
        let Address::Server(from) = message.from else { return };
        if self.is_loyal_against(message) {
            out.why(|| Why::Loyal { candidate: from, leader: self.leader() });
            return;
        }
        if self.has_left_with_higher_term(from, message.term, out) {
            return;
        }
        if !self.catch_up_with_term(message, out) {
            return;
        }
        self.note_heard(from, message.term);
        let stale = message.term < self.current_term;
        match &message.body {
            Body::RequestVote { .. } | Body::Append(_) | Body::InstallSnapshot(_) if stale => {
                self.refuse_stale(message, from, out);
            }
            Body::Vote { .. }
            | Body::AppendReply { .. }
            | Body::SnapshotReply(_)
            | Body::TimeoutNow
                if stale =>
            {
                out.why(|| self.late(message.kind(), message.term));
            }
            &Body::PreVote { proposed, last_index, last_term } => {
                self.pre_vote_requested(
                    from,
                    proposed,
                    At { index: last_index, term: last_term },
                    out,
                );
            }
            &Body::PreVoteReply { proposed, granted } => {
                self.pre_vote_received(from, proposed, granted, out);
            }
            Body::TimeoutNow => self.told_to_campaign(from, out),
            &Body::RequestVote { last_index, last_term, .. } => {
                self.vote_requested(from, At { index: last_index, term: last_term }, out);
            }
            &Body::Vote { granted } => self.vote_received(from, granted, out),
            Body::Append(append) => self.append_received(from, append, out),
            Body::InstallSnapshot(install) => self.snapshot_received(from, install, out),
            Body::SnapshotReply(reply) => self.snapshot_answered(from, *reply, out),
            &Body::AppendReply { outcome, round } => {
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
            Body::InstallSnapshot(install) => {
                let InstallSnapshot { last_index, offset, round, .. } = **install;
                let received = Received::Nothing;
                let reply = SnapshotReply { last_index, offset, received, round };
                self.send_durably(from, Body::SnapshotReply(reply), out);
            }
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
}
