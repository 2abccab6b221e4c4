//! The truth of reasons about votes.

use super::elections::{candidate, is_tally};
use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::Timer;
use crate::raft::message::{Body, Kind};
use crate::raft::reason::elections::ElectionWhy;
use crate::raft::reason::tally::VoteTally;
use crate::raft::reason::votes::VoteWhy;
use crate::raft::reason::why::Why;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId};

impl VoteWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            VoteWhy::Granted { candidate, voted_for, theirs, ours } => {
                granted(step, candidate, voted_for, theirs, ours)
            }
            VoteWhy::SentUnwritten { candidate, own } => unwritten(step, candidate, own),
            VoteWhy::AlreadyVoted { candidate, voted_for, own, term } => all([
                ("that server asks for its vote", step.receives(Kind::RequestVote, candidate)),
                ("it has voted so", step.vote_then() == Some(voted_for)),
                ("the vote is another's", voted_for != candidate),
                ("the vote is its own", (voted_for == step.id()) == own),
                ("the vote is of that term", step.term_then() == term && is_of_term(step)),
                ("the rule is on", step.is_on(Rule::OneVote)),
                ("it keeps its vote", step.after.voted_for == Some(voted_for)),
                ("it denies its vote", answers(step, candidate, false)),
            ]),
            VoteWhy::LeadsTerm { candidate, term } => all([
                ("that server asks for its vote", step.receives(Kind::RequestVote, candidate)),
                ("it leads that term", step.led() && step.before.current_term == term),
                ("the request is of that term", is_of_term(step)),
                ("it denies its vote", answers(step, candidate, false)),
            ]),
            VoteWhy::CandidateLogBehind { candidate, theirs, ours } => all([
                ("that server asks for its vote", step.receives(Kind::RequestVote, candidate)),
                ("the candidate's log ends so", step.last_of_candidate() == Some(theirs)),
                ("its own log ends so", step.before.log.last_id() == ours),
                ("the candidate's log is behind", is_behind(theirs, ours)),
                ("the rule is on", step.is_on(Rule::UpToDate)),
                ("it denies its vote", answers(step, candidate, false)),
            ]),
            VoteWhy::Counted { from, candidate, granted, tally } => {
                counted(step, from, candidate, granted, &tally)
            }
            VoteWhy::NotCounted { from, term, role } => all([
                ("that server votes", step.receives(Kind::Vote, from)),
                ("the vote is of that term", step.term_then() == term && is_of_term(step)),
                ("it has that role", step.role_then() == role),
                ("it is no candidate", role != Role::Candidate),
                ("it does not count the vote", !step.sends(from, |_| true)),
                ("it keeps its role", step.after.role() == role),
            ]),
        }
    }
}

/// Whether the message is of the server's term.
fn is_of_term(step: &JudgedStep) -> bool {
    step.message().is_some_and(|message| message.term == step.term_then())
}

fn answers(step: &JudgedStep, candidate: ServerId, granted: bool) -> bool {
    step.messages().any(|message| {
        message.to == candidate.into()
            && message.term == step.term_then()
            && message.body == Body::Vote { granted }
    })
}

/// Section 5.4.1, in other words than the algorithm's: a log that ends in an older term, or in the
/// same term and earlier.
pub(super) fn is_behind(theirs: LogId, ours: LogId) -> bool {
    theirs.term < ours.term || (theirs.term == ours.term && theirs.index < ours.index)
}

fn granted(
    step: &JudgedStep,
    candidate: ServerId,
    voted_for: Option<ServerId>,
    theirs: LogId,
    ours: LogId,
) -> Truth {
    let second = voted_for.is_some_and(|other| other != candidate);
    all([
        ("that server asks for its vote", step.receives(Kind::RequestVote, candidate)),
        ("the request is of its term", is_of_term(step)),
        ("its vote until then was that", step.vote_then() == voted_for),
        ("it votes once per term", !second || !step.is_on(Rule::OneVote)),
        ("the candidate's log ends so", step.last_of_candidate() == Some(theirs)),
        ("its own log ends so", step.before.log.last_id() == ours),
        ("that log may win", !is_behind(theirs, ours) || !step.is_on(Rule::UpToDate)),
        ("it keeps the vote", step.after.voted_for == Some(candidate)),
        ("it sends the vote", answers(step, candidate, true)),
        ("it resets its election timer", step.sets(Timer::Election)),
    ])
}

fn unwritten(step: &JudgedStep, candidate: ServerId, own: bool) -> Truth {
    let write = step.out.write.as_ref();
    let campaigns = step
        .earlier()
        .iter()
        .any(|why| matches!(why, Why::Election(ElectionWhy::Campaigned { .. })));
    all([
        ("the rule is off", !step.is_on(Rule::PersistVote)),
        ("no vote is written", write.is_none_or(|write| write.hard_state.is_none())),
        ("it votes so", step.after.voted_for == Some(candidate)),
        ("the vote is its own", (candidate == step.id()) == own && campaigns == own),
        ("it sends the vote", own || answers(step, candidate, true)),
    ])
}

fn counted(
    step: &JudgedStep,
    from: ServerId,
    name: ServerId,
    granted: bool,
    tally: &VoteTally,
) -> Truth {
    let pre_vote = tally.pre_vote;
    let kind = if pre_vote { Kind::PreVoteReply } else { Kind::Vote };
    let verdict = step.message().and_then(|message| message.verdict());
    all([
        ("that server replies", step.receives(kind, from)),
        ("it is the candidate", step.id() == name),
        ("the reply is so", verdict == Some(granted)),
        ("it asks for such votes", step.before.role() == candidate(pre_vote)),
        ("the count is so", is_tally(step, tally, pre_vote)),
    ])
}
