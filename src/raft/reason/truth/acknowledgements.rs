//! The truth of reasons about replies to AppendEntries.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::message::{AppendOutcome, Body, Kind, Received};
use crate::raft::reason::acknowledgements::{AcknowledgementWhy, Conflict};
use crate::raft::replication::progress::Progress;
use crate::raft::types::{Index, ServerId};

impl AcknowledgementWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            AcknowledgementWhy::Matched { from, index } => all([
                ("it leads", step.led()),
                ("that server accepts so much", accepted(step, from) == Some(index)),
                ("that is news", before(step, from).is_some_and(|one| one.match_index < index)),
                ("its match index is that", step.match_index(from) == index),
            ]),
            AcknowledgementWhy::NothingNew { from, index, match_index } => {
                nothing_new(step, from, index, match_index)
            }
            AcknowledgementWhy::BackedUp { from, conflict, next, skipped } => {
                backed_up(step, from, conflict, next, skipped)
            }
            AcknowledgementWhy::LateRejection { from, prev } => all([
                ("that server rejects it", rejected(step, from).is_some_and(|it| it.prev == prev)),
                (
                    "the rejection is late",
                    before(step, from).is_some_and(|it| is_late(step, it, prev)),
                ),
                ("it ignores the reply", keeps_progress(step, from)),
                ("it sends nothing there", !step.sends(from, |_| true)),
            ]),
            AcknowledgementWhy::SnapshotOnItsWay { from, last_index } => {
                let sent = before(step, from).and_then(|one| one.transfer.as_ref());
                all([
                    ("that server rejects", rejected(step, from).is_some()),
                    (
                        "that snapshot is on its way",
                        sent.is_some_and(|sent| sent.snapshot.last_index == last_index),
                    ),
                    ("it ignores the reply", keeps_progress(step, from)),
                    ("it sends nothing there", !step.sends(from, |_| true)),
                ])
            }
            AcknowledgementWhy::NotLeading { from, term } => all([
                ("that server replies", replies(step, from)),
                ("it does not lead", !step.led()),
                ("the term is that", step.term_then() == term && step.after.current_term == term),
                ("it ignores the reply", !step.sends(from, |_| true)),
            ]),
            AcknowledgementWhy::NotAFollower { from } => all([
                ("that server replies", replies(step, from)),
                ("it leads", step.led()),
                (
                    "that server is not in its configuration",
                    !step.before.configuration().members().contains(from),
                ),
                ("it ignores the reply", step.out.list.is_empty()),
            ]),
            AcknowledgementWhy::AcknowledgedEntriesLost { from, acknowledged, has } => {
                let known = before(step, from).map(|one| one.match_index);
                let rejected = rejected(step, from);
                all([
                    ("it had acknowledged so much", known == Some(acknowledged)),
                    ("it may have so much", rejected.is_some_and(|it| it.index == has)),
                    (
                        "it has acknowledged what it rejects",
                        rejected.is_some_and(|it| it.prev <= acknowledged),
                    ),
                    ("its copies count no more", step.match_index(from) == 0),
                ])
            }
        }
    }
}

fn nothing_new(step: &JudgedStep, from: ServerId, index: Index, match_index: Index) -> Truth {
    let known = before(step, from).map(|one| one.match_index);
    all([
        ("it leads", step.led()),
        ("that server accepts so much", accepted(step, from) == Some(index)),
        ("that is no news", index <= match_index),
        ("its match index was that", known == Some(match_index)),
        ("its match index stays", step.match_index(from) == match_index),
        ("nothing is committed", step.after.commit_index == step.before.commit_index),
    ])
}

/// What the leader knew of that follower.
fn before<'a>(step: &JudgedStep<'a>, of: ServerId) -> Option<&'a Progress> {
    step.before.progress(of)
}

fn replies(step: &JudgedStep, from: ServerId) -> bool {
    step.receives(Kind::AppendReply, from) || step.receives(Kind::SnapshotReply, from)
}

/// The index that the follower acknowledges, as far as the leader's log goes.
fn accepted(step: &JudgedStep, from: ServerId) -> Option<Index> {
    let message = step.message().filter(|message| message.from == from.into())?;
    let index = match &message.body {
        Body::AppendReply { outcome: AppendOutcome::Matched { index }, .. } => *index,
        Body::SnapshotReply(reply) if reply.received == Received::All => reply.last_index,
        _ => return None,
    };
    Some(index.min(step.before.log.last_index()))
}

fn rejected(step: &JudgedStep, from: ServerId) -> Option<Conflict> {
    let message = step.message().filter(|message| message.from == from.into())?;
    match &message.body {
        Body::AppendReply { outcome, .. } => match *outcome {
            AppendOutcome::Rejected { prev_index, conflict_index, conflict_term, .. } => {
                Some(Conflict { prev: prev_index, index: conflict_index, term: conflict_term })
            }
            AppendOutcome::Matched { .. } => None,
        },
        _ => None,
    }
}

/// Whether the follower has answered a later message, or a later probe than that was sent.
fn is_late(step: &JudgedStep, known: &Progress, prev: Index) -> bool {
    let round = step.message().map_or(0, |message| match message.body {
        Body::AppendReply { round, .. } => round,
        _ => 0,
    });
    match prev <= known.match_index {
        true => round <= known.match_round,
        false => known.probing && prev + 1 != known.next_index,
    }
}

fn keeps_progress(step: &JudgedStep, of: ServerId) -> bool {
    let known = |progress: &Progress| (progress.match_index, progress.next_index);
    before(step, of).map(known) == step.after.progress(of).map(known)
}

fn backed_up(
    step: &JudgedStep,
    from: ServerId,
    conflict: Conflict,
    next: Index,
    skipped: u64,
) -> Truth {
    let after = step.after.progress(from);
    all([
        ("it leads", step.led()),
        ("that server rejects so", rejected(step, from) == Some(conflict)),
        ("the next index is that", after.is_some_and(|one| one.next_index == next)),
        ("it goes back past that number", conflict.prev.saturating_sub(next - 1) == skipped),
        ("it sends from there", {
            step.sends(from, |body| match body {
                Body::Append(append) => append.prev_index + 1 == next,
                Body::InstallSnapshot(_) => true,
                _ => false,
            })
        }),
    ])
}
