//! The truth of reasons about check-quorum and leader stickiness.

use super::elections::is_follower;
use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::Timer;
use crate::raft::message::{Body, Kind};
use crate::raft::reason::check_quorum::{QuorumWhy, Stickiness, StickyLeader};
use crate::raft::rules::Rule;
use crate::raft::types::{ServerId, ServerSet};

impl QuorumWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let servers = heard(step);
        match *self {
            QuorumWhy::CandidateIgnored { candidate, leader, demand } => all([
                ("that server asks for a vote", asks(step, candidate)),
                ("it has that leader", is_sticky(step, leader)),
                ("that demands it", demands(step, demand, candidate)),
                ("it ignores the candidate", step.does_nothing()),
            ]),
            QuorumWhy::StrangerHeard { candidate, last_term, ours } => all([
                ("that server asks for a vote", asks(step, candidate)),
                ("it has a leader", step.before.is_leader() || step.before.hears_leader()),
                ("that server is a stranger", demands(step, Stickiness::Stranger, candidate)),
                ("its log ends in that term", {
                    step.last_of_candidate().is_some_and(|last| last.term == last_term)
                }),
                ("its own term is that", step.before.current_term == ours),
                ("the log's term is newer", last_term > ours),
                ("it does not ignore the candidate", !step.later().is_empty()),
            ]),
            QuorumWhy::Lost { heard } => all([
                ("its quorum timer fires", quorum_timer_fires(step)),
                ("it heard that number", step.counts(&heard, servers)),
                ("the rule is so", step.names_majority(&heard, servers)),
                ("they do not suffice", !step.suffices(servers)),
                ("it steps down", step.before.is_leader() && is_follower(step.after.role())),
            ]),
            QuorumWhy::Kept { heard } => all([
                ("its quorum timer fires", quorum_timer_fires(step)),
                ("it heard that number", step.counts(&heard, servers)),
                ("the rule is so", step.names_majority(&heard, servers)),
                ("the rule is off", !step.is_on(Rule::Majority)),
                ("they are no majority", !step.is_majority(servers)),
                ("they suffice", step.suffices(servers)),
                ("it stays leader", step.after.is_leader() && step.sets(Timer::Quorum)),
            ]),
        }
    }
}

fn quorum_timer_fires(step: &JudgedStep) -> bool {
    step.fires(Timer::Quorum, false) || step.fires(Timer::Quorum, true)
}

/// The servers that the leader heard since it last looked, itself included.
fn heard(step: &JudgedStep) -> ServerSet {
    let Some(leadership) = step.before.as_leader() else { return ServerSet::EMPTY };
    let mut heard: ServerSet =
        step.before.peers().iter().filter(|&peer| leadership[peer].heard).collect();
    heard.insert(step.id());
    heard
}

fn asks(step: &JudgedStep, candidate: ServerId) -> bool {
    let transfer = |body: &Body| matches!(body, Body::RequestVote { transfer: true, .. });
    let kinds = [Kind::RequestVote, Kind::PreVote];
    kinds.into_iter().any(|kind| step.receives(kind, candidate))
        && step.message().is_some_and(|message| !transfer(&message.body))
}

fn is_sticky(step: &JudgedStep, leader: StickyLeader) -> bool {
    let before = step.before;
    match leader {
        StickyLeader::Itself(term) => before.is_leader() && before.current_term == term,
        StickyLeader::Heard(leader) => {
            before.hears_leader() && before.leader() == Some(leader) && leader != step.id()
        }
        StickyLeader::LeaseAcknowledged => before.hears_leader() && before.leader().is_none(),
    }
}

fn demands(step: &JudgedStep, demand: Stickiness, candidate: ServerId) -> bool {
    let options = &step.before.options;
    match demand {
        Stickiness::CheckQuorum => options.check_quorum,
        Stickiness::Lease => options.lease,
        Stickiness::Stranger => !step.before.configuration().members().contains(candidate),
    }
}
