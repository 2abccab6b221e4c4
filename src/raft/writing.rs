//! What a server writes before it acts on it, and what waits for that ("stable before sent").

use super::command::Command;
use super::io::{Effect, Effects, HardState, Write, WriteId};
use super::message::{Body, Message};
use super::node::Node;
use super::role::State;
use super::rules::Rule;
use super::types::{Address, Index, ServerId, Term};

/// A write that is not yet stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pending {
    id: WriteId,
    /// The log is stable up to here once the write is; lowered where the log is truncated meanwhile.
    log_up_to: Option<Index>,
    /// The term that is stable once the write is.
    term: Term,
}

/// What has changed in this step and must be written at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(super) struct Dirty {
    hard_state: bool,
    snapshot: bool,
    log_from: Option<Index>,
    /// The first index that changed, written or not.
    changed_from: Option<Index>,
}

impl Node {
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
        self.dirty.hard_state || self.dirty.snapshot || self.dirty.log_from.is_some()
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

    /// Notes that a snapshot has taken the place of entries, to be written at the end of the step.
    pub(super) fn snapshot_changed(&mut self) {
        self.dirty.snapshot |= self.options.rules.on(Rule::PersistLog);
    }

    /// Tells those who check that entries from there on have changed, beyond what is written.
    pub(super) fn log_changed_before(&mut self, from: Index) {
        self.dirty.changed_from = earliest(self.dirty.changed_from, from);
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

    pub(super) fn note_configurations(&mut self, from: Index) {
        for (index, entry) in (from..).zip(self.log.tail(from)) {
            if let Command::Configuration(configuration) = entry.command {
                self.configurations.append(index, configuration);
            }
        }
    }

    pub(super) fn emit_write(&mut self, out: &mut Effects) {
        out.log_changed_from = self.dirty.changed_from.take();
        if !self.is_dirty() {
            return;
        }
        let dirty = std::mem::take(&mut self.dirty);
        self.last_write += 1;
        let hard_state = dirty
            .hard_state
            .then_some(HardState { term: self.current_term, voted_for: self.voted_for });
        let snapshot = dirty.snapshot.then(|| self.log.snapshot().cloned()).flatten();
        let first = self.log.first_index();
        let tail =
            dirty.log_from.map(|from| (from.max(first), self.log.tail(from).cloned().collect()));
        let log_up_to = match &tail {
            Some(_) => Some(self.log.last_index()),
            None => snapshot.as_ref().map(|snapshot| snapshot.last_index),
        };
        self.pending.push_back(Pending { id: self.last_write, log_up_to, term: self.current_term });
        out.write = Some(Write { id: self.last_write, hard_state, snapshot, tail });
    }

    pub(super) fn became_stable(&mut self, id: WriteId, out: &mut Effects) {
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
