//! The truth of reasons about servers that catch up before they get a vote.

use super::membership::early;
use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::{Input, Timer};
use crate::raft::membership::catch_up::CatchUp;
use crate::raft::membership::change::Change;
use crate::raft::reason::catch_up::{CatchUpEnd, CatchUpWhy};
use crate::raft::reason::membership::MembershipWhy;
use crate::raft::reason::why::Why;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, ServerSet};

impl CatchUpWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            CatchUpWhy::Started { change, servers, goal, too_early } => all([
                ("it is so early", early(step) == too_early),
                ("the rule is off", too_early.is_none() || !step.is_on(Rule::ConfigAfterCommit)),
            ])
            .and_then(|()| started(step, change, servers, goal)),
            CatchUpWhy::RoundDone { servers, round, goal } => {
                let then = catch_up_then(step).filter(|then| then.round == round);
                all([
                    ("these servers catch up", then.is_some_and(|then| then.servers == servers)),
                    ("they have the entries of the round", has_all(step, then)),
                    ("the round was long", then.is_some_and(|then| then.is_long)),
                    ("the next goes to the end of the log", goal == step.before.log.last_index()),
                    ("its time starts", step.sets(Timer::CatchUp)),
                ])
            }
            CatchUpWhy::Done { servers, round, goal } => {
                let then =
                    catch_up_then(step).filter(|then| (then.round, then.goal) == (round, goal));
                all([
                    ("these servers catch up", then.is_some_and(|then| then.servers == servers)),
                    ("they have the entries of the round", has_all(step, then)),
                    ("the round was short", then.is_some_and(|then| !then.is_long)),
                    ("it waits no longer", step.stops(Timer::CatchUp)),
                    ("it makes the change", step.later().iter().any(is_outcome)),
                ])
            }
            CatchUpWhy::Abandoned { change, servers, end } => {
                let waited = step.before.as_leader().and_then(|leader| *leader.catch_up);
                let same = |waited: CatchUp| (waited.change, waited.servers) == (change, servers);
                let waits = step.after.as_leader().and_then(|leader| *leader.catch_up);
                all([
                    ("that change waited", waited.is_some_and(same)),
                    ("that ends it", is_end(step, servers, end)),
                    ("it waits no longer", waits.is_none() || is_asked_again(step)),
                ])
            }
        }
    }
}

/// The change that waits, with what the earlier reasons of the step say.
fn catch_up_then(step: &JudgedStep) -> Option<CatchUp> {
    let before = step.before.as_leader().and_then(|leader| *leader.catch_up);
    step.earlier().iter().fold(before, |then, why| match *why {
        Why::CatchUp(CatchUpWhy::Started { change, servers, goal, .. }) => {
            Some(CatchUp::new(change, servers, goal))
        }
        Why::CatchUp(CatchUpWhy::RoundDone { goal, .. }) => then.map(|then| then.next_round(goal)),
        _ => then,
    })
}

fn has_all(step: &JudgedStep, then: Option<CatchUp>) -> bool {
    then.is_some_and(|then| then.servers.iter().all(|one| step.match_index(one) >= then.goal))
}

fn is_outcome(why: &Why) -> bool {
    matches!(why, Why::Membership(MembershipWhy::Appended { .. } | MembershipWhy::Refused { .. }))
}

fn is_asked(step: &JudgedStep, change: Change) -> bool {
    matches!(step.input(), Some(Input::Change(asked)) if *asked == change)
}

/// A removal that ends one change may start to wait itself.
fn is_asked_again(step: &JudgedStep) -> bool {
    step.later().iter().any(|why| matches!(why, Why::CatchUp(CatchUpWhy::Started { .. })))
}

fn is_end(step: &JudgedStep, servers: ServerSet, end: CatchUpEnd) -> bool {
    match end {
        CatchUpEnd::Removed(server) => {
            is_asked(step, Change::Remove(server)) && servers.contains(server)
        }
        CatchUpEnd::Transfer(to) => {
            matches!(step.input(), Some(Input::Transfer(target)) if *target == to)
        }
        CatchUpEnd::SteppedDown => !step.after.is_leader(),
    }
}

fn started(step: &JudgedStep, change: Change, servers: ServerSet, goal: Index) -> Truth {
    let before = step.before.configuration();
    let changed = before.changed(change).ok();
    let new_voters = changed.map(|changed| changed.voters.difference(before.voters));
    let gets = |server: ServerId| step.sends(server, |_| true);
    let known = step.before.followers();
    all([
        ("it is asked for that change", is_asked(step, change)),
        ("it leads", step.led()),
        ("catch-up is on", *step.before.options.catch_up),
        ("the change gives them a vote", new_voters == Some(servers) && !servers.is_empty()),
        ("the log ends there", step.before.log.last_index() == goal),
        ("it replicates to them", servers.difference(known).iter().all(gets)),
        ("the round's time starts", step.sets(Timer::CatchUp)),
    ])
}
