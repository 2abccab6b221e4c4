//! The truth of reasons about starting, campaigning, winning and losing.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::{Input, Timer};
use crate::raft::message::{Body, Kind};
use crate::raft::reason::elections::{CampaignCause, ElectionWhy};
use crate::raft::reason::pre_vote::PreVoteWhy;
use crate::raft::reason::tally::{VoteTally, VoterCount};
use crate::raft::reason::why::Why;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

impl ElectionWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let before = step.before;
        match *self {
            ElectionWhy::Started {
                term,
                voted_for,
                last_index,
                given_commit,
                role,
                persist_vote,
                persist_log,
                fixed_timeout,
            } => all([
                ("it starts", matches!(step.input(), Some(Input::Start))),
                ("the disk gives that term", before.current_term == term),
                ("the disk gives that vote", before.voted_for == voted_for),
                ("the disk gives that log", before.log.last_index() == last_index),
                ("that is given as committed", is_given(step, given_commit)),
                ("it is a follower", is_follower(role)),
                ("it has that role", step.after.role() == role),
                ("`persist-vote` is so", step.is_on(Rule::PersistVote) == persist_vote),
                ("`persist-log` is so", step.is_on(Rule::PersistLog) == persist_log),
                ("it starts its election timer", step.sets(Timer::Election)),
                ("the timer is so", step.is_on(Rule::RandomTimeout) != fixed_timeout),
            ]),
            ElectionWhy::Campaigned { term, cause, fixed_timeout } => {
                campaigned(step, term, cause, fixed_timeout)
            }
            ElectionWhy::NoVoter => all([
                ("its election timer fires", election_timer_fires(step)),
                ("it has no vote", !before.configuration().electorate().contains(step.id())),
                ("its term stays", step.after.current_term == before.current_term),
                ("it asks nobody", step.messages().next().is_none()),
            ]),
            ElectionWhy::Elected { term, tally } => elected(step, term, &tally),
            ElectionWhy::ElectionLost { term, denied, pre_vote } => {
                lost(step, term, &denied, pre_vote)
            }
            ElectionWhy::LeaderRecognized { leader, term, pre_vote } => all([
                ("that server leads", hears_leader(step, leader)),
                ("it was a candidate", before.role() == candidate(pre_vote)),
                ("it was so in that term", before.current_term == term),
                ("it follows that server", step.after.leader() == Some(leader)),
                ("it is a follower", is_follower(step.after.role())),
                ("it keeps its vote", before.voted_for == step.after.voted_for),
            ]),
            ElectionWhy::RivalLeader { leader, term } => all([
                ("that server sends as a leader", hears_leader(step, leader)),
                ("it leads that term", before.is_leader() && before.current_term == term),
                ("it leads on", step.after.is_leader() && step.after.current_term == term),
                ("it ignores the message", step.out.list.is_empty() && step.keeps_log()),
            ]),
        }
    }
}

/// Whether a script gives that commit index. The snapshot, all that the disk knows as committed, is
/// applied before the start.
fn is_given(step: &JudgedStep, commit: Index) -> bool {
    let before = step.before;
    match before.commit_index > before.last_applied {
        true => before.commit_index == commit && step.after.last_applied == commit,
        false => commit == 0,
    }
}

pub(super) fn is_follower(role: Role) -> bool {
    matches!(role, Role::Follower | Role::Learner)
}

pub(super) fn candidate(pre_vote: bool) -> Role {
    if pre_vote { Role::PreCandidate } else { Role::Candidate }
}

fn election_timer_fires(step: &JudgedStep) -> bool {
    step.fires(Timer::Election, true) || step.fires(Timer::Election, false)
}

/// AppendEntries or InstallSnapshot of its own term comes from that server.
fn hears_leader(step: &JudgedStep, leader: ServerId) -> bool {
    let sends = [Kind::Append, Kind::InstallSnapshot].map(|kind| step.receives(kind, leader));
    sends.contains(&true)
        && step.message().is_some_and(|message| message.term == step.before.current_term)
}

fn campaigned(step: &JudgedStep, term: Term, cause: CampaignCause, fixed_timeout: bool) -> Truth {
    let timer = cause != CampaignCause::PreVoteWon;
    let voters = step.before.configuration().electorate().intersection(step.before.peers());
    all([
        ("its term was the one before", step.before.current_term + 1 == term),
        ("its term is the new one", step.after.current_term == term),
        ("it votes for itself", step.after.voted_for == Some(step.id())),
        ("it is a candidate", step.after.role() == Role::Candidate || is_decided(step)),
        ("it asks all voters", step.sends_to(voters, Kind::RequestVote)),
        ("that made it campaign", is_caused(step, cause)),
        ("pre-votes come first", skips_pre_vote(step, cause)),
        ("its election timer starts", step.sets(Timer::Election) || !timer),
        ("the wait is so", fixed_timeout == (timer && !step.is_on(Rule::RandomTimeout))),
    ])
}

/// Whether the election is won or lost in the same step.
fn is_decided(step: &JudgedStep) -> bool {
    step.later().iter().any(|why| {
        matches!(why, Why::Election(ElectionWhy::Elected { .. } | ElectionWhy::ElectionLost { .. }))
    })
}

fn skips_pre_vote(step: &JudgedStep, cause: CampaignCause) -> bool {
    let after_pre_vote = matches!(cause, CampaignCause::PreVoteWon | CampaignCause::Transfer(_));
    after_pre_vote || !step.before.options.pre_vote
}

/// Whether the step begins with this cause of a campaign, or of asking for pre-votes.
pub(super) fn is_caused(step: &JudgedStep, cause: CampaignCause) -> bool {
    let before = step.before;
    match cause {
        CampaignCause::NoLeader => step.fires(Timer::Election, false) && is_follower(before.role()),
        CampaignCause::NoResult => {
            let candidate = matches!(before.role(), Role::Candidate | Role::PreCandidate);
            step.fires(Timer::Election, false) && candidate
        }
        CampaignCause::Fired => step.fires(Timer::Election, true),
        CampaignCause::PreVoteWon => step.earlier().iter().any(|why| {
            matches!(why, Why::PreVote(PreVoteWhy::Won { term, .. })
                if *term == before.current_term + 1)
        }),
        CampaignCause::Transfer(leader) => {
            step.receives(Kind::TimeoutNow, leader) && before.leader() == Some(leader)
        }
    }
}

fn elected(step: &JudgedStep, term: Term, tally: &VoteTally) -> Truth {
    all([
        ("its votes are so", is_tally(step, tally, false)),
        ("the votes suffice", tally.won),
        ("it leads that term", step.after.current_term == term),
        ("it is the leader", step.after.is_leader() || step.stops(Timer::Heartbeat)),
        ("its heartbeat timer starts", step.sets(Timer::Heartbeat)),
    ])
}

/// Whether the tally counts the votes or pre-votes of this candidate.
pub(super) fn is_tally(step: &JudgedStep, tally: &VoteTally, pre_vote: bool) -> bool {
    let granted = step.votes_then().0;
    tally.pre_vote == pre_vote
        && step.counts(&tally.votes, granted)
        && step.names_majority(&tally.votes, granted)
        && tally.won == step.suffices(granted)
}

fn lost(step: &JudgedStep, term: Term, denied: &VoterCount, pre_vote: bool) -> Truth {
    let servers = step.votes_then().1;
    let majority = step.is_on(Rule::Majority);
    let body = |body: &Body| match body {
        Body::Vote { granted } => !pre_vote && !granted,
        Body::PreVoteReply { granted, .. } => pre_vote && !granted,
        _ => false,
    };
    all([
        ("a reply denies its vote", step.message().is_some_and(|message| body(&message.body))),
        ("it was a candidate", step.before.role() == candidate(pre_vote)),
        ("it was so in that term", step.before.current_term + u64::from(pre_vote) == term),
        ("their number is right", step.counts(denied, servers) && denied.majority == majority),
        ("it cannot win", step.configuration_then().1.is_lost(servers, majority)),
        ("it is a follower", is_follower(step.after.role())),
    ])
}
