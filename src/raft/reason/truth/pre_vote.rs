//! The truth of reasons about pre-votes.

use super::elections::{is_caused, is_tally};
use super::step::JudgedStep;
use super::votes::is_behind;
use super::{Truth, all};
use crate::raft::input::Timer;
use crate::raft::message::{Body, Kind};
use crate::raft::reason::elections::{CampaignCause, ElectionWhy};
use crate::raft::reason::pre_vote::PreVoteWhy;
use crate::raft::reason::why::Why;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId, Term};

impl PreVoteWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            PreVoteWhy::Started { proposed, cause, fixed_timeout } => {
                started(step, proposed, cause, fixed_timeout)
            }
            PreVoteWhy::Granted { candidate, proposed, theirs, ours, leader } => all([
                ("that server asks", asks(step, candidate, proposed)),
                ("it has that leader", leader_then(step) == leader),
                ("it need not ignore it", leader.is_none() || !step.before.options.check_quorum),
                ("the logs end so", logs(step, theirs, ours)),
                ("that log may win", !is_behind(theirs, ours) || !step.is_on(Rule::UpToDate)),
                ("the term is new", proposed > step.term_then()),
                ("it grants the pre-vote", answers(step, candidate, proposed, true)),
                ("its vote stays", step.after.voted_for == step.vote_then()),
            ]),
            PreVoteWhy::TermOld { candidate, proposed, ours } => all([
                ("that server asks", asks(step, candidate, proposed)),
                ("its own term is that", step.term_then() == ours),
                ("the term is not above its own", proposed <= ours),
                ("it denies the pre-vote", answers(step, candidate, proposed, false)),
            ]),
            PreVoteWhy::LogBehind { candidate, theirs, ours } => all([
                ("that server asks", step.receives(Kind::PreVote, candidate)),
                ("the logs end so", logs(step, theirs, ours)),
                ("the candidate's log is behind", is_behind(theirs, ours)),
                ("the rule is on", step.is_on(Rule::UpToDate)),
                ("it denies the pre-vote", denies(step, candidate)),
            ]),
            PreVoteWhy::NotCounted { from, proposed } => all([
                ("that server replies", step.receives(Kind::PreVoteReply, from)),
                ("the reply is for that term", replies_for(step, proposed)),
                ("it asks for no such pre-votes", !is_asking(step, proposed)),
                ("it does not count the reply", !step.sends(from, |_| true)),
            ]),
            PreVoteWhy::Won { term, tally } => all([
                ("the pre-votes are so", is_tally(step, &tally, true)),
                ("they suffice", tally.won),
                ("it asks for that term", is_asking(step, term)),
                ("it campaigns", campaigns(step, term)),
            ]),
        }
    }
}

fn started(step: &JudgedStep, proposed: Term, cause: CampaignCause, fixed_timeout: bool) -> Truth {
    let voters = step.before.configuration().electorate().intersection(step.before.peers());
    let asks =
        matches!(cause, CampaignCause::NoLeader | CampaignCause::NoResult | CampaignCause::Fired);
    all([
        ("pre-vote is on", step.before.options.pre_vote),
        ("the term is the next", step.before.current_term + 1 == proposed),
        ("that made it ask", asks && is_caused(step, cause)),
        ("it asks all voters", step.sends_to(voters, Kind::PreVote)),
        ("its election timer starts", step.sets(Timer::Election)),
        ("the wait is so", fixed_timeout != step.is_on(Rule::RandomTimeout)),
    ])
}

fn asks(step: &JudgedStep, candidate: ServerId, term: Term) -> bool {
    step.receives(Kind::PreVote, candidate)
        && step.message().is_some_and(
            |message| matches!(message.body, Body::PreVote { proposed, .. } if proposed == term),
        )
}

fn logs(step: &JudgedStep, theirs: LogId, ours: LogId) -> bool {
    step.last_of_candidate() == Some(theirs) && step.before.log.last_id() == ours
}

/// The leader that this server is, or has heard of late.
fn leader_then(step: &JudgedStep) -> Option<ServerId> {
    let before = step.before;
    let has_leader = before.is_leader() || before.hears_leader();
    let adopts = step.term_then() != before.current_term;
    before.leader().filter(|_| has_leader && !adopts)
}

fn answers(step: &JudgedStep, candidate: ServerId, proposed: Term, granted: bool) -> bool {
    step.sends(candidate, |body| *body == Body::PreVoteReply { proposed, granted })
}

fn denies(step: &JudgedStep, candidate: ServerId) -> bool {
    step.sends(candidate, |body| matches!(body, Body::PreVoteReply { granted: false, .. }))
}

fn replies_for(step: &JudgedStep, term: Term) -> bool {
    step.message().is_some_and(
        |message| matches!(message.body, Body::PreVoteReply { proposed, .. } if proposed == term),
    )
}

/// Whether it asks for pre-votes for that term.
fn is_asking(step: &JudgedStep, term: Term) -> bool {
    let starts =
        step.earlier().iter().any(|why| matches!(why, Why::PreVote(PreVoteWhy::Started { .. })));
    (starts || step.role_then() == Role::PreCandidate) && step.term_then() + 1 == term
}

fn campaigns(step: &JudgedStep, term: Term) -> bool {
    step.later().iter().any(|why| {
        matches!(why, Why::Election(ElectionWhy::Campaigned { term: new, cause, .. })
            if *new == term && *cause == CampaignCause::PreVoteWon)
    })
}
