//! Leases: a leader that a majority has just heard may answer reads at once (dissertation, section 6.4.1).
//!
//! Whoever answers a round stays loyal to this leader for an election timeout from when the round reached it, so
//! that nobody else leads for that long from when it was *sent*. The world says when that time is over, by this
//! server's clock and less what clocks may drift; where they drift further, a read may be stale.

use super::io::{Effect, Effects};
use super::node::Node;
use super::role::State;
use super::types::{ServerSet, Term};

impl Node {
    /// A round is sent: its lease begins now, should a majority answer.
    pub(super) fn begin_lease(&self, out: &mut Effects) {
        if let State::Leader(leadership) = &self.state
            && self.options.lease
        {
            let (term, round) = (self.current_term, leadership.round);
            out.list.push(Effect::StartLease { term, round });
        }
    }

    /// The lease of that round and of all before it is over.
    pub(super) fn lease_over(&mut self, term: Term, round: u64) {
        if term == self.current_term
            && let Some(leadership) = self.leadership()
        {
            leadership.lease_over = leadership.lease_over.max(round);
        }
    }

    /// Whether a majority has answered a round whose lease is not over. Once this leader has told another
    /// server to campaign, nobody's loyalty is certain any more: it then leads without leases.
    pub(super) fn holds_lease(&self) -> bool {
        let State::Leader(leadership) = &self.state else { return false };
        if !self.options.lease || leadership.handed_over {
            return false;
        }
        let mut loyal: ServerSet = self
            .peers()
            .iter()
            .filter(|peer| leadership.progress[peer.slot()].acked_round > leadership.lease_over)
            .collect();
        loyal.insert(self.id);
        self.configuration().is_quorum(loyal, true)
    }
}
