//! [`Node::step`]: which input leads where, and the rules that hold for every message (section
//! 5.1).

use super::effect::Effects;
use super::input::{Input, Timer};
#[cfg(debug_assertions)]
use super::invariants::Before;
use super::message::{Body, InstallSnapshot, Message, Received, SnapshotReply};
use super::node::Node;
use super::reason::TermWhy;
#[cfg(debug_assertions)]
use super::reason::truth::{Cause, Witness};
use super::types::{Address, LogId, ServerId};

impl Node {
    /// Handles one input. The effects are appended to `out`, which the caller has emptied.
    ///
    /// Deterministic: a node and an input determine the next node and the effects.
    pub fn step(&mut self, input: Input, out: &mut Effects) {
        #[cfg(debug_assertions)]
        let (before, witness) = (Before::of(self), Witness::of(self, Cause::of(&input), out));
        match input {
            Input::Start => self.start(out),
            Input::Receive(message) => return self.receive(&message, out),
            Input::Timer(timer) => self.timer_fired(timer, false, out),
            Input::Fired(timer) => self.timer_fired(timer, true, out),
            Input::Transfer(to) => self.transfer(to, out),
            Input::Compact => self.compact(out),
            Input::LeaseOver { term, round } => self.lease_over(term, round),
            Input::Change(change) => self.change(change, out),
            Input::Stable(id) => self.became_stable(id, out),
        }
        self.emit_write(out);
        #[cfg(debug_assertions)]
        {
            self.assert_invariants(&before, out);
            witness.judge(self, out);
        }
    }

    /// As [`Input::Receive`], for a caller that keeps the message. Messages are large: to move each
    /// of them several times costs more than the algorithm itself.
    pub fn receive(&mut self, message: &Message, out: &mut Effects) {
        #[cfg(debug_assertions)]
        let (before, witness) = (Before::of(self), Witness::of(self, Cause::Message(message), out));
        self.handle(message, out);
        self.emit_write(out);
        #[cfg(debug_assertions)]
        {
            self.assert_invariants(&before, out);
            witness.judge(self, out);
        }
    }

    /// `fired`: by a person, before its time.
    fn timer_fired(&mut self, timer: Timer, fired: bool, out: &mut Effects) {
        match (timer, self.is_leader()) {
            (Timer::Election, false) => self.election_timeout(fired, out),
            (Timer::Heartbeat, true) => self.heartbeat_due(fired, out),
            (Timer::Quorum, true) => self.quorum_due(out),
            (Timer::Transfer, true) => self.give_up_transfer(fired, out),
            (Timer::CatchUp, true) => self.catch_up_timed_out(fired, out),
            // A leader has no election timer, so a person says that an election timeout is over.
            (Timer::Election, true) if fired => {
                self.give_up_transfer(true, out);
                self.catch_up_timed_out(true, out);
            }
            // A timer of a role that this server has lost.
            _ => {}
        }
    }

    fn handle(&mut self, message: &Message, out: &mut Effects) {
        // Requests of clients have no term, whether or not a server has forwarded them.
        if let Body::Request(request) = &message.body {
            self.request(request, message.from, out);
            return;
        }
        let Address::Server(from) = message.from else { return };
        // These two come before the term is looked at: a server that is ignored must not depose a
        // leader by its term.
        if self.ignores_candidate(from, message, out) {
            return;
        }
        if self.ignores_departed(from, message.term, out) {
            return;
        }
        if !self.adopt_higher_term(message, out) {
            return;
        }
        self.note_heard(from, message.term);
        self.dispatch(from, message, out);
    }

    /// A message of this server's term, or of an older one.
    fn dispatch(&mut self, from: ServerId, message: &Message, out: &mut Effects) {
        let stale = message.term < self.current_term;
        match &message.body {
            Body::RequestVote { .. } | Body::Append(_) | Body::InstallSnapshot(_) if stale => {
                self.reject_stale(message, from, out);
            }
            // A reply of an older term belongs to an election or a leadership that is over. To
            // count it would break Election Safety or commit what is not replicated.
            Body::Vote { .. }
            | Body::AppendReply { .. }
            | Body::SnapshotReply(_)
            | Body::TimeoutNow
                if stale =>
            {
                let (kind, theirs, ours) = (message.kind(), message.term, self.current_term);
                out.why(|| TermWhy::LateReply { kind, theirs, ours });
            }
            &Body::PreVote { proposed, last_index, last_term } => {
                let theirs = LogId { index: last_index, term: last_term };
                self.pre_vote_requested(from, proposed, theirs, out);
            }
            &Body::PreVoteReply { proposed, granted } => {
                self.pre_vote_received(from, proposed, granted, out);
            }
            &Body::RequestVote { last_index, last_term, .. } => {
                let theirs = LogId { index: last_index, term: last_term };
                self.vote_requested(from, theirs, out);
            }
            &Body::Vote { granted } => self.vote_received(from, granted, out),
            Body::Append(append) => self.append_received(from, append, out),
            &Body::AppendReply { outcome, round } => {
                self.append_answered(from, outcome, round, out);
            }
            Body::InstallSnapshot(install) => self.snapshot_received(from, install, out),
            Body::SnapshotReply(reply) => self.snapshot_answered(from, *reply, out),
            Body::TimeoutNow => self.campaign_for_transfer(from, out),
            Body::Request(_) | Body::Reply { .. } => {}
        }
    }

    /// A candidate or leader of an older term learns the newer one from the reply, and steps down
    /// (section 5.1).
    fn reject_stale(&mut self, message: &Message, from: ServerId, out: &mut Effects) {
        let (kind, theirs) = (message.kind(), message.term);
        out.why(|| TermWhy::StaleTermRejected { kind, theirs, ours: self.current_term });
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
}
