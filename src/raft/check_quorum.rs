//! Check-quorum, two halves of one bargain: a leader that hears no majority steps down
//! (dissertation, section 6.2), and a server that hears a leader ignores candidates (leader
//! stickiness; dissertation, section 4.2.3).
//!
//! The second half without the first would be unavailable: after a one-way cut the followers would
//! hear a leader that hears nobody, and would not elect another.

use super::effect::{Effect, Effects};
use super::input::Timer;
use super::message::{Body, Message};
use super::node::Node;
use super::reason::{QuorumWhy, Stickiness, StickyLeader, VoterCount};
use super::role::RoleState;
use super::rules::Rule;
use super::types::{ServerId, Term};

impl Node {
    /// Whether leader stickiness applies to this message: it asks for a vote, and this server leads
    /// or has just heard a leader. Without check-quorum or leases, it applies only to candidates
    /// outside this server's configuration, such as removed servers (end of section 6). It never
    /// applies to a transfer: that is the leader's own wish.
    ///
    /// Without check-quorum a leader that was cut off leads on, and its followers keep hearing it.
    /// If they ignored servers that have joined since, the cluster might never elect a leader
    /// again. They need no clock to tell: see `is_deposed_by`.
    pub(super) fn ignores_candidate(
        &self,
        candidate: ServerId,
        message: &Message,
        out: &mut Effects,
    ) -> bool {
        let (asks_for_vote, last_term) = match message.body {
            Body::RequestVote { transfer, last_term, .. } => {
                (!transfer && message.term > self.current_term, last_term)
            }
            Body::PreVote { last_term, .. } => (true, last_term),
            _ => return false,
        };
        let has_leader = match self.role {
            RoleState::Leader(_) => true,
            RoleState::Follower { heard_leader, .. } => heard_leader,
            RoleState::Candidate { .. } => false,
        };
        let is_stranger = !self.is_member(candidate);
        let sticky = self.options.check_quorum || self.options.lease || is_stranger;
        if !(asks_for_vote && has_leader && sticky) {
            return false;
        }
        if is_stranger && !self.options.check_quorum && self.is_deposed_by(last_term) {
            let ours = self.current_term;
            out.why(|| QuorumWhy::StrangerHeard { candidate, last_term, ours });
            return false;
        }
        out.why(|| self.candidate_ignored(candidate));
        true
    }

    /// Whether a log that ends in that term proves that the leader of this server's term is stale.
    /// Only a leader of that term can have created such an entry, so a majority has moved on to a
    /// newer term.
    ///
    /// A stale leader knows every committed change of the configuration but those that leaders of
    /// newer terms have made. So if it takes a member for a stranger, the candidate that can win
    /// has this proof in its log. A removed server never has it against a leader that is not stale.
    fn is_deposed_by(&self, last_term: Term) -> bool {
        last_term > self.current_term
    }

    /// The reason for ignoring a candidate (see [`Node::ignores_candidate`]).
    fn candidate_ignored(&self, candidate: ServerId) -> QuorumWhy {
        let leader = match self.role {
            RoleState::Leader(_) => StickyLeader::Itself(self.current_term),
            RoleState::Follower { leader: Some(leader), .. } => StickyLeader::Heard(leader),
            RoleState::Follower { leader: None, .. } | RoleState::Candidate { .. } => {
                StickyLeader::LeaseAcknowledged
            }
        };
        let demand = match self.options.check_quorum {
            true => Stickiness::CheckQuorum,
            false if self.options.lease => Stickiness::Lease,
            false => Stickiness::Stranger,
        };
        QuorumWhy::CandidateIgnored { candidate, leader, demand }
    }

    /// Any message of this term shows a leader that its sender is there and knows no higher term.
    pub(super) fn note_heard(&mut self, from: ServerId, term: Term) {
        if term == self.current_term
            && let Some(leadership) = self.as_leader_mut()
        {
            leadership[from].heard = true;
        }
    }

    /// A leader looks back at one election timeout. If it heard no majority, another leader may
    /// exist, and clients that ask this one would wait in vain.
    pub(super) fn quorum_due(&mut self, out: &mut Effects) {
        let (id, majority) = (self.id, self.options.rules.on(Rule::Majority));
        let (peers, configuration) = (self.peers(), *self.configuration());
        let mut heard = self.leadership_mut().take_heard(peers);
        heard.insert(id);
        let tally = || VoterCount::of(&configuration, heard, majority);
        if configuration.is_quorum(heard, majority) {
            if !majority && tally().needs_rule_off() {
                out.why(|| QuorumWhy::Kept { heard: tally() });
            }
            out.list.push(Effect::SetTimer(Timer::Quorum));
            return;
        }
        out.why(|| QuorumWhy::Lost { heard: tally() });
        self.step_down(out);
    }
}
