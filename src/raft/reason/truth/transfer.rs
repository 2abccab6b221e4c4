//! The truth of reasons about leadership transfers.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::{Input, Timer};
use crate::raft::message::{Body, Kind};
use crate::raft::reason::transfer::TransferWhy;
use crate::raft::role::Role;
use crate::raft::types::{Index, ServerId, Term};

impl TransferWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let voters = step.before.configuration().voters;
        match *self {
            TransferWhy::NotLeading { to } => all([
                ("it is asked to", is_asked(step, to)),
                ("it does not lead", !step.before.is_leader()),
                ("it does nothing", step.does_nothing()),
            ]),
            TransferWhy::LeadsAlready => all([
                ("it is asked to", is_asked(step, step.id())),
                ("it leads", step.before.is_leader()),
                ("it does nothing", step.does_nothing()),
            ]),
            TransferWhy::NoVoter { to } => all([
                ("it is asked to", is_asked(step, to)),
                ("it leads", step.before.is_leader()),
                ("the target has no vote", !voters.contains(to)),
                ("it does nothing", step.does_nothing()),
            ]),
            TransferWhy::Started { to } => all([
                ("it is asked to", is_asked(step, to)),
                ("it leads", step.before.is_leader() && step.after.is_leader()),
                ("the target has a vote", voters.contains(to) && to != step.id()),
                ("requests are refused", transfer_to(step) == Some(to)),
                ("the transfer's timer starts", step.sets(Timer::Transfer)),
                ("it sends to the target", step.sends(to, |_| true)),
            ]),
            TransferWhy::TimeoutNowSent { to, last_index } => sent(step, to, last_index),
            TransferWhy::GivenUp { to, term, fired } => given_up(step, to, term, fired),
            TransferWhy::RequestRefused { client, to } => {
                let ours = step.before.as_leader().and_then(|leader| leader.transfer_to);
                all([
                    ("that client asks", step.request().is_some_and(|one| one.client() == client)),
                    ("the transfer is under way", ours == Some(to)),
                    ("it rejects the request", step.sends(client, is_refusal)),
                    ("it appends nothing", step.keeps_state()),
                ])
            }
            TransferWhy::NotItsFollower { from, role } => all([
                ("that server sends it", step.receives(Kind::TimeoutNow, from)),
                ("it has that role", step.role_then() == role),
                ("it does not follow the sender", !follows(step, from)),
                ("it ignores the message", !step.sends(from, |_| true)),
            ]),
            TransferWhy::TargetNoVoter { from } => {
                let voters = step.before.configuration().electorate();
                all([
                    ("that server sends it", step.receives(Kind::TimeoutNow, from)),
                    ("it follows the sender", follows(step, from)),
                    ("it has no vote", !voters.contains(step.id())),
                    ("it ignores the message", step.does_nothing()),
                ])
            }
        }
    }
}

fn is_asked(step: &JudgedStep, to: ServerId) -> bool {
    matches!(step.input(), Some(Input::Transfer(target)) if *target == to)
}

fn transfer_to(step: &JudgedStep) -> Option<ServerId> {
    step.after.as_leader().and_then(|leader| leader.transfer_to)
}

fn follows(step: &JudgedStep, from: ServerId) -> bool {
    let follower = matches!(step.role_then(), Role::Follower | Role::Learner);
    follower && step.term_then() == step.before.current_term && step.before.leader() == Some(from)
}

fn is_refusal(body: &Body) -> bool {
    matches!(body, Body::Reply { result: Err(_), .. })
}

fn sent(step: &JudgedStep, to: ServerId, last_index: Index) -> Truth {
    let before = step.before.as_leader().and_then(|leader| leader.transfer_to);
    all([
        ("the transfer is to that server", transfer_to(step).or(before) == Some(to)),
        ("the log ends there", step.before.log.last_index() == last_index),
        ("the target has all of it", step.match_index(to) >= last_index),
        ("it sends TimeoutNow", step.sends(to, |body| *body == Body::TimeoutNow)),
        (
            "it holds no lease any more",
            step.after.as_leader().is_none_or(|leader| leader.sent_timeout_now),
        ),
    ])
}

fn given_up(step: &JudgedStep, to: ServerId, term: Term, fired: bool) -> Truth {
    let fires = step.fires(Timer::Transfer, fired) || (fired && step.fires(Timer::Election, true));
    let before = step.before.as_leader().and_then(|leader| leader.transfer_to);
    all([
        ("a timer fires so", fires),
        ("the transfer was under way", before == Some(to)),
        ("it leads that term", step.after.is_leader() && step.after.current_term == term),
        ("it is given up", transfer_to(step).is_none()),
    ])
}
