//! The truth of reasons about membership changes.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::entry::Command;
use crate::raft::input::{Input, Timer};
use crate::raft::membership::catch_up::{CatchUp, ROUNDS_MAX};
use crate::raft::membership::change::{Change, Refusal};
use crate::raft::membership::configuration::Configuration;
use crate::raft::reason::appending::AppendWhy;
use crate::raft::reason::catch_up::CatchUpWhy;
use crate::raft::reason::membership::MembershipWhy;
use crate::raft::reason::snapshots::SnapshotWhy;
use crate::raft::reason::why::Why;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, ServerSet, Term};

impl MembershipWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let (before, after) = (step.before, step.after);
        match *self {
            MembershipWhy::Refused { change, refusal } => all([
                ("it is asked for that change", wants(step, change)),
                ("that forbids the change", forbids(step, change, refusal)),
                ("it appends nothing", step.keeps_log() || was_caught_up(step)),
                ("it does nothing", step.does_nothing() || !is_first(step) || waits(step)),
                ("the change waits no longer", !waits(step) || step.stops(Timer::CatchUp)),
            ]),
            MembershipWhy::Appended { change, index, configuration, too_early } => {
                appended(step, change, index, configuration, too_early)
            }
            MembershipWhy::Adopted { index, configuration } => all([
                ("that entry has it", is_configuration(step, index, configuration)),
                ("it is in force", is_in_force(step, index, configuration)),
                ("another was in force before", {
                    (before.configurations.index(), *before.configuration())
                        != (index, configuration)
                }),
            ]),
            MembershipWhy::AdoptedFromSnapshot { last_index, configuration } => all([
                ("the snapshot is installed", installs(step, last_index)),
                ("the snapshot carries it", {
                    let snapshot = after.log.snapshot();
                    snapshot.is_some_and(|snapshot| snapshot.configuration == configuration)
                }),
                ("it is in force", in_force(step).1 == configuration),
                ("another was in force before", *before.configuration() != configuration),
            ]),
            MembershipWhy::RolledBack { index, configuration } => all([
                ("the configuration in force was that", before.configurations.index() == index),
                ("the log has lost it", has_lost(step, index)),
                ("that one is in force", in_force(step).1 == configuration),
            ]),
            MembershipWhy::JointLeft { index, configuration } => {
                let (joint_index, joint) = step.configuration_then();
                let new = Configuration { old_voters: ServerSet::EMPTY, ..joint };
                all([
                    ("the configuration was joint", joint.is_joint()),
                    ("it is committed", joint_index <= after.commit_index),
                    ("that follows", configuration == new),
                    ("it is appended there", is_appended(step, index, configuration)),
                    ("it is in force", is_in_force(step, index, configuration)),
                ])
            }
            MembershipWhy::RemovedServerIgnored { from, theirs, ours, catches_up } => {
                ignored(step, from, (theirs, ours), catches_up)
            }
            MembershipWhy::RemovedLeaderStepsDown { configuration } => {
                let (index, known) = step.configuration_then();
                all([
                    ("the configuration in force is that", known == configuration),
                    ("it is committed", index <= after.commit_index),
                    ("this leader has no vote in it", !configuration.voters.contains(step.id())),
                    ("it led", step.leads_then()),
                    ("it steps down", !after.is_leader()),
                ])
            }
        }
    }
}

fn is_asked(step: &JudgedStep, change: Change) -> bool {
    matches!(step.input(), Some(Input::Change(asked)) if *asked == change)
}

/// Whether it is asked for that change now, or was and the change has waited.
fn wants(step: &JudgedStep, change: Change) -> bool {
    is_asked(step, change) || waiting(step).is_some_and(|waiting| waiting.change == change)
}

/// The change that waited for new servers before the step.
fn waiting(step: &JudgedStep) -> Option<CatchUp> {
    step.before.as_leader().and_then(|leader| *leader.catch_up)
}

/// Whether the step is about a change that waited.
fn waits(step: &JudgedStep) -> bool {
    !matches!(step.input(), Some(Input::Change(_)))
}

fn is_first(step: &JudgedStep) -> bool {
    step.earlier().is_empty()
}

fn was_caught_up(step: &JudgedStep) -> bool {
    step.earlier().iter().any(|why| matches!(why, Why::CatchUp(CatchUpWhy::Done { .. })))
}

/// The configuration in force after the step, and its index.
fn in_force(step: &JudgedStep) -> (Index, Configuration) {
    (step.after.configurations.index(), *step.after.configuration())
}

/// Whether the configuration of that entry is in force after the step. If a snapshot has replaced
/// the entry since, only the configuration shows.
fn is_in_force(step: &JudgedStep, index: Index, configuration: Configuration) -> bool {
    let (since, now) = in_force(step);
    now == configuration && (since == index || step.after.log.snapshot_index() >= index)
}

/// Whether the log has lost the configuration of that entry. If a snapshot has replaced the log up
/// to there since, only the deletion before shows.
fn has_lost(step: &JudgedStep, index: Index) -> bool {
    let deletes = |why: &Why| match *why {
        Why::Append(AppendWhy::Conflict { index: from, .. })
        | Why::Append(AppendWhy::DeletedWithoutConflict { from, .. }) => from <= index,
        _ => false,
    };
    in_force(step).0 < index
        || (step.after.log.snapshot_index() >= index && step.earlier().iter().any(deletes))
}

fn has_committed(step: &JudgedStep) -> bool {
    let leader = step.before.as_leader();
    leader.is_some_and(|leader| step.before.commit_index >= leader.first_own_index)
}

/// The leader's term, if it has committed no entry of it.
pub(super) fn early(step: &JudgedStep) -> Option<Term> {
    (!has_committed(step)).then_some(step.before.current_term)
}

/// Whether no earlier change is unfinished.
fn is_free(step: &JudgedStep) -> bool {
    let index = step.before.configurations.index();
    index <= step.before.commit_index && !step.before.configuration().is_joint()
}

fn forbids(step: &JudgedStep, change: Change, refusal: Refusal) -> bool {
    let before = step.before;
    let (configuration, leader) = (before.configuration(), before.as_leader());
    let changed = configuration.changed(change);
    match refusal {
        Refusal::NotLeading => leader.is_none(),
        Refusal::Transferring(to) => leader.is_some_and(|leader| leader.transfer_to == Some(to)),
        Refusal::Pending(index) => {
            let entry = before.log.entry(index).map(|entry| &entry.command);
            let is_change = matches!(entry, Some(Command::Configuration(_)));
            index == before.configurations.index() && index > before.commit_index && is_change
        }
        Refusal::Joint(joint) => joint.is_joint() && joint == *configuration,
        Refusal::TooEarly(term) => {
            let rule = step.is_on(Rule::ConfigAfterCommit);
            leader.is_some() && term == before.current_term && !has_committed(step) && rule
        }
        Refusal::CatchingUp(servers) => {
            waiting(step).is_some_and(|waiting| waiting.servers == servers)
        }
        Refusal::NoProgress(servers, fired) => makes_no_progress(step, servers, fired),
        Refusal::TooSlow(servers, rounds) => waiting(step).is_some_and(|waiting| {
            let long = waiting.is_long || rounds > waiting.round;
            waiting.servers == servers && rounds == ROUNDS_MAX && long
        }),
        Refusal::NothingChanges | Refusal::NoVoters => changed == Err(refusal),
        Refusal::NotALearner(server) => !configuration.learners.contains(server),
    }
}

/// Whether an election timeout is over, and these servers have made no progress in it.
fn makes_no_progress(step: &JudgedStep, servers: ServerSet, fired: bool) -> bool {
    let fires = step.fires(Timer::CatchUp, fired) || (fired && step.fires(Timer::Election, true));
    let stuck = waiting(step).map(|waiting| {
        let missing = waiting.servers.difference(waiting.progressed).iter();
        missing.filter(|&server| step.match_index(server) < waiting.goal).collect::<ServerSet>()
    });
    fires && stuck == Some(servers)
}

fn is_configuration(step: &JudgedStep, index: Index, configuration: Configuration) -> bool {
    let is = |command: &Command| *command == Command::Configuration(configuration);
    step.entry(index).is_some_and(|entry| is(&entry.command))
}

/// Whether the leader has appended it in this step.
fn is_appended(step: &JudgedStep, index: Index, configuration: Configuration) -> bool {
    step.is_appended(index, |command| *command == Command::Configuration(configuration))
}

fn appended(
    step: &JudgedStep,
    change: Change,
    index: Index,
    configuration: Configuration,
    too_early: Option<Term>,
) -> Truth {
    let early = early(step);
    let left = |why: &Why| matches!(why, Why::Membership(MembershipWhy::JointLeft { .. }));
    let new_voters = configuration.voters.difference(step.before.configuration().voters);
    let at_once = new_voters.is_empty() || !*step.before.options.catch_up;
    all([
        ("it is asked for that change", wants(step, change)),
        ("new voters have caught up", at_once || was_caught_up(step)),
        ("it leads", step.led()),
        ("no other change is pending", is_free(step)),
        (
            "the change leads there",
            step.before.configuration().changed(change) == Ok(configuration),
        ),
        ("it is so early", early == too_early || (too_early.is_none() && was_caught_up(step))),
        ("the rule is off", too_early.is_none() || !step.is_on(Rule::ConfigAfterCommit)),
        ("it is appended there", is_appended(step, index, configuration)),
        ("it is the next entry", index == step.before.log.last_index() + 1),
        ("it is in force", {
            is_in_force(step, index, configuration) || step.later().iter().any(left)
        }),
    ])
}

fn installs(step: &JudgedStep, last_index: Index) -> bool {
    step.earlier().iter().any(|why| {
        matches!(why, Why::Snapshot(SnapshotWhy::Installed { last_index: index, .. })
            if *index == last_index)
    })
}

fn ignored(
    step: &JudgedStep,
    from: ServerId,
    (theirs, ours): (Term, Term),
    catches_up: bool,
) -> Truth {
    let sends = |leader: &crate::raft::role::leadership::Leadership| {
        leader.departed.servers().contains(from)
    };
    all([
        ("that server sends it", step.message().is_some_and(|one| one.from == from.into())),
        ("the message carries that term", step.message().is_some_and(|one| one.term == theirs)),
        ("its own term is that", step.before.current_term == ours),
        ("the term is higher", theirs > ours),
        ("that server was removed", !step.before.configuration().members().contains(from)),
        ("it got entries until now", step.before.as_leader().is_some_and(sends)),
        (
            "its removal need not reach that server any more",
            step.after.as_leader().is_some_and(|leader| !sends(leader)),
        ),
        ("it gets no entries", step.after.followers().contains(from) == catches_up),
        ("it ignores the message", step.out.list.is_empty()),
        ("it leads on", step.after.current_term == ours),
    ])
}
