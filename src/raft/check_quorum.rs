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
use super::reason::QuorumWhy;
use super::role::RoleState;
use super::rules::Rule;
use super::types::{ServerId, Term};

impl Node {
    /// Whether leader stickiness applies to this message: it asks for a vote, and this server leads
    /// or has just heard a leader. Without check-quorum or leases, it applies only to candidates
    /// outside this server's configuration, such as removed servers (end of section 6). It never
    /// applies to a transfer: that is the leader's own wish.
    pub(super) fn ignores_candidate(&self, message: &Message) -> bool {
        let asks_for_vote = match message.body {
            Body::RequestVote { transfer, .. } => !transfer && message.term > self.current_term,
            Body::PreVote { .. } => true,
            _ => return false,
        };
        let has_leader = match self.role {
            RoleState::Leader(_) => true,
            RoleState::Follower { heard_leader, .. } => heard_leader,
            RoleState::Candidate { .. } => false,
        };
        let is_stranger = message.from.server().is_some_and(|from| !self.is_member(from));
        let sticky = self.options.check_quorum || self.options.lease || is_stranger;
        asks_for_vote && has_leader && sticky
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
        if configuration.is_quorum(heard, majority) {
            out.list.push(Effect::SetTimer(Timer::Quorum));
            return;
        }
        let voters = configuration.electorate().len();
        let heard = heard.intersection(configuration.electorate()).len();
        out.why(|| QuorumWhy::Lost { heard, voters });
        self.step_down(out);
    }
}
