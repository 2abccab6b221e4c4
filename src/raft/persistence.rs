//! Changing the persistent state, and sending no message before what it promises is stable
//! (figure 2: "updated on stable storage before responding to RPCs").
//!
//! - Replies wait ([`Node::send_durably`]): a vote or an acknowledgement is a promise, and a server
//!   that forgets it in a crash breaks election safety or loses a committed entry.
//! - A leader's AppendEntries do not wait ([`Node::send`]): they promise nothing about the leader's
//!   own disk, because it counts its own copy only once it is stable. So the leader's disk and the
//!   followers' work in parallel (dissertation, section 10.2.1).

use super::effect::{Effect, Effects, HardState};
use super::entry::{Command, Entry};
use super::input::WriteId;
use super::message::{Body, Message};
use super::node::Node;
use super::reason::ReplicationWhy;
use super::role::RoleState;
use super::rules::Rule;
use super::types::{Address, Index, ServerId, Term};

impl Node {
    /// Sends at once.
    pub(super) fn send(&self, to: impl Into<Address>, body: Body, out: &mut Effects) {
        self.send_after(to.into(), body, 0, out);
    }

    /// Sends as soon as everything that this server knows now is stable.
    pub(super) fn send_durably(&self, to: impl Into<Address>, body: Body, out: &mut Effects) {
        self.send_after(to.into(), body, self.unstable.newest_write(), out);
    }

    fn send_after(&self, to: Address, body: Body, after: WriteId, out: &mut Effects) {
        let message = Message { from: self.id.into(), to, term: self.current_term, body };
        out.list.push(Effect::Send { message, after });
    }

    pub(super) fn set_hard_state(&mut self, term: Term, voted_for: Option<ServerId>) {
        self.current_term = term;
        self.voted_for = voted_for;
        if self.options.rules.on(Rule::PersistVote) {
            self.unstable.hard_state_changed();
        }
    }

    /// A leader appends an entry of its own, and returns its index.
    pub(super) fn append_to_own_log(&mut self, entry: Entry) -> Index {
        let index = self.log.push(entry);
        self.log_changed(index);
        index
    }

    /// Gives the reason if a leader's own copy of that entry, just appended, counts unwritten.
    pub(super) fn explain_own_copy(&self, index: Index, out: &mut Effects) {
        if !self.options.rules.on(Rule::PersistLog) {
            out.why(|| ReplicationWhy::OwnCopyUnwritten { index });
        }
    }

    /// To be called after every change of the log from `from` on.
    pub(super) fn log_changed(&mut self, from: Index) {
        self.configurations.truncate(from);
        self.find_configurations(from);
        if self.options.rules.on(Rule::PersistLog) {
            self.unstable.log_changed(from);
        } else {
            self.unstable.log_changed_unwritten(from, self.log.last_index());
        }
    }

    /// To be called after a snapshot has replaced entries.
    pub(super) fn snapshot_changed(&mut self) {
        if self.options.rules.on(Rule::PersistLog) {
            self.unstable.snapshot_changed();
        }
    }

    /// Notes the configurations in the log from `from` on.
    pub(super) fn find_configurations(&mut self, from: Index) {
        for (index, entry) in (from..).zip(self.log.tail(from)) {
            if let Command::Configuration(configuration) = entry.command {
                self.configurations.append(index, configuration);
            }
        }
    }

    /// Ends a step. Most steps change nothing that must be written.
    #[inline]
    pub(super) fn emit_write(&mut self, out: &mut Effects) {
        out.log_changed_from = self.unstable.take_changed_from();
        if self.unstable.needs_write() {
            let hard_state = HardState { term: self.current_term, voted_for: self.voted_for };
            out.write = self.unstable.take_write(hard_state, &self.log);
        }
    }

    /// The disk has finished this write and all before it. The server's own copy of its entries and
    /// its vote for itself count only now.
    pub(super) fn became_stable(&mut self, id: WriteId, out: &mut Effects) {
        let stable_term = self.unstable.became_stable(id);
        match self.role {
            RoleState::Leader(_) => self.commit_by_counting(out),
            RoleState::Candidate { pre_vote: false, .. } if stable_term == self.current_term => {
                self.count_vote(self.id, true, out);
            }
            _ => {}
        }
    }
}
