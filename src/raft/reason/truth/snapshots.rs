//! The truth of reasons about compaction and snapshots.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::Input;
use crate::raft::message::{Body, InstallSnapshot, Received, SnapshotReply};
use crate::raft::reason::snapshots::SnapshotWhy;
use crate::raft::reason::why::Why;
use crate::raft::types::{Index, ServerId, Term};

impl SnapshotWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let (before, after) = (step.before, step.after);
        match *self {
            SnapshotWhy::Compacted { first, last } => compacted(step, first, last),
            SnapshotWhy::NothingToCompact { applied } => all([
                ("it is asked to", matches!(step.input(), Some(Input::Compact))),
                ("so much is applied", before.last_applied == applied),
                ("the snapshot has all of it", before.log.snapshot_index() == applied),
                ("it does nothing", step.does_nothing()),
            ]),
            SnapshotWhy::AppliedMissing { applied, last } => all([
                ("so much is applied", after.last_applied == applied),
                ("the log ends there", after.log.last_index() == last),
                ("the log ends before it", last < applied),
                ("there is no such snapshot", after.log.snapshot_index() < applied),
            ]),
            SnapshotWhy::Needed { to, next, last_index } => all([
                ("the next index is that", is_next(step, to, next)),
                ("it is compacted", next <= after.log.snapshot_index()),
                ("it sends that snapshot", sends(step, to, Some(last_index), 0)),
            ]),
            SnapshotWhy::ChunkReceived { last_index, items } => {
                let partial = after.partial_snapshot.as_ref();
                all([
                    (
                        "a piece arrives",
                        install(step).is_some_and(|it| it.last_index == last_index),
                    ),
                    ("it has so much", {
                        partial.is_some_and(|partial| {
                            (partial.last_index, partial.items.len()) == (last_index, items)
                        })
                    }),
                    ("it says so", replies(step, Received::Items(items))),
                    ("it waits for the rest", after.log.snapshot_index() < last_index),
                ])
            }
            SnapshotWhy::ChunkAcknowledged { from, items } => all([
                ("that server has so much", {
                    let reply = answered(step, from);
                    reply.is_some_and(|reply| reply.received == Received::Items(items))
                }),
                ("it sends the next piece", sends(step, from, None, items)),
            ]),
            SnapshotWhy::ChunkResent { to } => resent(step, to),
            SnapshotWhy::Installed { last_index, discarded } => {
                installed(step, last_index, discarded)
            }
            SnapshotWhy::NotNeeded { last_index, commit } => all([
                ("the snapshot ends there", {
                    install(step).is_some_and(|install| install.last_index == last_index)
                }),
                ("so much is committed", before.commit_index == commit),
                ("that is enough", last_index <= commit),
                ("it installs nothing", step.keeps_log()),
                ("it says so", replies(step, Received::All)),
            ]),
            SnapshotWhy::LateReply { from, term } => late(step, from, term),
        }
    }
}

fn install<'a>(step: &JudgedStep<'a>) -> Option<&'a InstallSnapshot> {
    match &step.message()?.body {
        Body::InstallSnapshot(install) => Some(install),
        _ => None,
    }
}

fn answered<'a>(step: &JudgedStep<'a>, from: ServerId) -> Option<&'a SnapshotReply> {
    match &step.message().filter(|message| message.from == from.into())?.body {
        Body::SnapshotReply(reply) => Some(reply),
        _ => None,
    }
}

fn replies(step: &JudgedStep, received: Received) -> bool {
    let is = |body: &Body| matches!(body, Body::SnapshotReply(reply) if reply.received == received);
    step.message().is_some_and(|message| step.sends(message.from, is))
}

/// Whether that is the next index of a follower. A leader that steps down sends it all that it
/// lacks.
fn is_next(step: &JudgedStep, of: ServerId, next: Index) -> bool {
    if let Some(leadership) = step.after.as_leader() {
        return leadership[of].next_index == next;
    }
    let before = step.before.as_leader().map(|leadership| leadership[of].next_index);
    before == Some(next) || step.match_index(of) + 1 == next
}

/// Whether it sends the piece from that offset on, of this snapshot or of any.
fn sends(step: &JudgedStep, to: ServerId, last_index: Option<Index>, offset: usize) -> bool {
    step.sends(to, |body| {
        matches!(body, Body::InstallSnapshot(install)
            if install.offset == offset
                && last_index.is_none_or(|last_index| install.last_index == last_index))
    })
}

fn compacted(step: &JudgedStep, first: Index, last: Index) -> Truth {
    let more = |why: &Why| matches!(why, Why::Snapshot(SnapshotWhy::Compacted { .. }));
    let earlier = step.earlier().iter().rev().find_map(|why| match why {
        Why::Snapshot(SnapshotWhy::Compacted { last, .. }) => Some(*last),
        _ => None,
    });
    let snapshot_index = step.after.log.snapshot_index();
    all([
        ("the entries before are compacted", {
            earlier.unwrap_or(step.before.log.snapshot_index()) + 1 == first
        }),
        ("there are some", first <= last),
        ("they are applied", last <= step.after.last_applied),
        ("the snapshot ends there", {
            if step.later().iter().any(more) {
                snapshot_index > last
            } else {
                snapshot_index == last
            }
        }),
    ])
}

fn resent(step: &JudgedStep, to: ServerId) -> Truth {
    let known = step.before.as_leader().and_then(|leader| leader[to].transfer.as_ref());
    all([
        ("a piece was on its way", known.is_some()),
        ("that server replied to a later message only", {
            known.is_some_and(|known| step.replied_round(to) > known.sent_round + 1)
        }),
        ("the piece is sent again", {
            known
                .is_some_and(|known| sends(step, to, Some(known.snapshot.last_index), known.offset))
        }),
    ])
}

fn installed(step: &JudgedStep, last_index: Index, discarded: u64) -> Truth {
    let (before, after) = (step.before, step.after);
    let sent = install(step);
    let matches = sent.is_some_and(|it| before.log.term_at(last_index) == Some(it.last_term));
    let entries = before.log.last_index() - before.log.snapshot_index();
    let snapshot = after.log.snapshot();
    all([
        ("its last piece arrives", sent.is_some_and(|it| it.last_index == last_index && it.done)),
        ("the log begins with it", snapshot.is_some_and(|one| one.last_index == last_index)),
        ("it discards that number", discarded == if matches { 0 } else { entries }),
        ("the rest stays", {
            let last = if matches { before.log.last_index() } else { last_index };
            after.log.last_index() == last
        }),
        ("it is committed", after.commit_index == last_index),
        ("it is applied", after.last_applied == last_index),
        ("the state is the snapshot's", snapshot.is_some_and(|one| one.store == after.store)),
        ("it says so", replies(step, Received::All)),
    ])
}

fn late(step: &JudgedStep, from: ServerId, term: Term) -> Truth {
    let reply = answered(step, from);
    let known = step.before.as_leader().and_then(|leader| leader[from].transfer.as_ref());
    let answers = known.is_some_and(|known| {
        reply.is_some_and(|reply| {
            let place = (reply.last_index, reply.offset);
            let more = matches!(reply.received, Received::Items(items) if items != known.offset);
            place == (known.snapshot.last_index, known.offset) && more
        })
    });
    all([
        ("that server replies", reply.is_some()),
        ("it leads that term", step.led() && step.before.current_term == term),
        ("the reply brings nothing", reply.is_some_and(|it| it.received != Received::All)),
        ("the reply is not to the piece sent last", !answers),
        ("it sends nothing there", !step.sends(from, |_| true)),
    ])
}
