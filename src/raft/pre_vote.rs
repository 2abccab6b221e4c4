//! Pre-vote: a server asks whether it could win before it disturbs a leader with a higher term
//! (dissertation, section 9.6).
//!
//! The dissertation names two conditions for a pre-vote: the candidate's log is up to date, and the
//! voter has heard no leader for an election timeout. Here pre-vote alone asks for the first, as in
//! etcd. The second is leader stickiness, which comes with check-quorum (or leases) and which
//! ignores pre-votes as it ignores votes. It must not come without the other half of check-quorum:
//! after one-way cuts, servers that hear a leader that hears nobody would deny every pre-vote.

use super::effect::Effects;
use super::message::Body;
use super::node::Node;
use super::reason::{CampaignCause, PreVoteWhy};
use super::role::RoleState;
use super::rules::Rule;
use super::types::{LogId, ServerId, Term};

impl Node {
    pub(super) fn ask_for_pre_votes(&mut self, cause: CampaignCause, out: &mut Effects) {
        let proposed = self.current_term + 1;
        let fixed_timeout = !self.options.rules.on(Rule::RandomTimeout);
        out.why(|| PreVoteWhy::Started { proposed, cause, fixed_timeout });
        self.become_pre_candidate();
        let LogId { index: last_index, term: last_term } = self.log.last_id();
        for peer in self.peers().intersection(self.configuration().electorate()).iter() {
            self.send(peer, Body::PreVote { proposed, last_index, last_term }, out);
        }
        self.count_vote(self.id, true, out);
    }

    /// Decides as for a vote in the proposed term, but changes nothing here: a server may grant any
    /// number of pre-votes.
    pub(super) fn pre_vote_requested(
        &mut self,
        candidate: ServerId,
        proposed: Term,
        theirs: LogId,
        out: &mut Effects,
    ) {
        let ours = self.log.last_id();
        let log_allows = theirs.is_up_to_date_with(ours) || !self.options.rules.on(Rule::UpToDate);
        let granted = proposed > self.current_term && log_allows;
        out.why(|| {
            if granted {
                let leader = self.leader().filter(|_| self.is_leader() || self.hears_leader());
                PreVoteWhy::Granted { candidate, proposed, theirs, ours, leader }
            } else if log_allows {
                PreVoteWhy::TermOld { candidate, proposed, ours: self.current_term }
            } else {
                PreVoteWhy::LogBehind { candidate, theirs, ours }
            }
        });
        self.send_durably(candidate, Body::PreVoteReply { proposed, granted }, out);
    }

    pub(super) fn pre_vote_received(
        &mut self,
        from: ServerId,
        proposed: Term,
        granted: bool,
        out: &mut Effects,
    ) {
        let asks = matches!(self.role, RoleState::Candidate { pre_vote: true, .. });
        if !asks || proposed != self.current_term + 1 {
            out.why(|| PreVoteWhy::NotCounted { from, proposed });
            return;
        }
        self.count_vote(from, granted, out);
    }
}
