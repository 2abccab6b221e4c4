//! What every step must keep, checked in debug builds after each step.
//!
//! Only what one server can know of itself, and only what holds whatever arrives: messages may be
//! forged (`inject`), start states invented (`given`), and rules switched off and on again. So some
//! invariants of the paper are missing on purpose. For example, a follower's log may end before its
//! commit index after a forged AppendEntries; the cluster-wide checks of `check` report that.

use super::effect::{Effect, Effects};
use super::message::Body;
use super::node::Node;
use super::rules::Rule;
use super::types::{Index, ServerId, Term};

/// What the checks need of the state before the step.
pub(super) struct Before {
    term: Term,
    voted_for: Option<ServerId>,
    commit_index: Index,
    last_applied: Index,
    last_index: Index,
    /// The term that the server led.
    led_term: Option<Term>,
}

impl Before {
    pub fn of(node: &Node) -> Before {
        Before {
            term: node.current_term,
            voted_for: node.voted_for,
            commit_index: node.commit_index,
            last_applied: node.last_applied,
            last_index: node.log.last_index(),
            led_term: node.is_leader().then_some(node.current_term),
        }
    }
}

impl Node {
    pub(super) fn assert_invariants(&self, before: &Before, out: &Effects) {
        self.assert_term_and_vote(before, out);
        self.assert_commit(before);
        self.assert_leader(before, out);
        self.assert_writes(out);
    }

    fn assert_term_and_vote(&self, before: &Before, out: &Effects) {
        assert!(self.current_term >= before.term, "the term never decreases (section 5.1)");
        if self.current_term == before.term && self.options.rules.on(Rule::OneVote) {
            assert!(
                before.voted_for.is_none() || self.voted_for == before.voted_for,
                "at most one vote per term (section 5.2)"
            );
        }
        for effect in &out.list {
            let Effect::Send { message, .. } = effect else { continue };
            if message.body == (Body::Vote { granted: true }) {
                assert_eq!(message.term, self.current_term, "votes are for the current term");
                assert_eq!(message.to.server(), self.voted_for, "the vote sent is the vote kept");
            }
        }
    }

    fn assert_commit(&self, before: &Before) {
        assert!(self.commit_index >= before.commit_index, "committed entries stay committed");
        assert!(self.last_applied >= before.last_applied, "applied entries stay applied");
        assert!(self.last_applied <= self.commit_index, "only committed entries are applied");
        if self.commit_index > before.commit_index {
            assert!(self.commit_index <= self.log.last_index(), "commits only what is in the log");
        }
    }

    fn assert_leader(&self, before: &Before, out: &Effects) {
        let Some(leadership) = self.as_leader() else { return };
        let last_index = self.log.last_index();
        if before.led_term == Some(self.current_term) {
            let unchanged = out.log_changed_from.is_none_or(|from| from > before.last_index);
            assert!(
                unchanged && last_index >= before.last_index,
                "a leader only appends to its log (Leader Append-Only, figure 3)"
            );
        }
        for follower in self.followers().iter() {
            let progress = &leadership[follower];
            assert!(progress.match_index < progress.next_index, "what matches is not sent again");
            assert!(progress.match_index <= last_index, "only entries of the leader's log match");
            assert!(progress.next_index <= last_index + 1, "no gap before the next entry");
        }
        let may_vote = self.configuration().electorate();
        assert!(
            self.catching_up().intersection(may_vote).is_empty(),
            "servers that catch up have no vote yet (dissertation, section 4.2.1)"
        );
        assert!(leadership.reads.is_sorted_by_key(|read| read.round), "reads wait in order");
    }

    fn assert_writes(&self, out: &Effects) {
        let last_write = self.unstable.last_write();
        for effect in &out.list {
            let Effect::Send { message, after } = effect else { continue };
            assert!(*after <= last_write, "no message waits for a write that nobody performs");
            // A campaign is a promise, too: the candidate's vote for itself.
            let is_promise = matches!(
                message.body,
                Body::RequestVote { .. } | Body::Vote { granted: true } | Body::AppendReply { .. }
            );
            let writes_now = out.write.as_ref().is_some_and(|write| write.hard_state.is_some());
            if is_promise && writes_now {
                assert_eq!(*after, last_write, "term and vote are stable before they are sent");
            }
        }
    }
}
