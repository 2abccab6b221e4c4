//! The truth of reasons about AppendEntries at a follower.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::Timer;
use crate::raft::message::{AppendOutcome, Body, Received};
use crate::raft::reason::appending::AppendWhy;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

impl AppendWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let log = &step.before.log;
        let prev_is = |prev: Index| step.appended().is_some_and(|(index, ..)| index == prev);
        let theirs_is = |term: Term| step.appended().is_some_and(|(_, theirs, _)| theirs == term);
        match *self {
            AppendWhy::LeaderHeard { leader, prev } => heard(step, leader, prev),
            AppendWhy::Appended { from, to, checked } => appended(step, from, to, checked),
            AppendWhy::AcknowledgedUnwritten { index } => unwritten(step, index),
            AppendWhy::AlreadyPresent { from, to } => present(step, from, to),
            AppendWhy::Conflict { index, ours, theirs, last } => all([
                ("its entry there has that term", log.term_at(index) == Some(ours)),
                ("the leader's has that term", term_sent(step, index) == Some(theirs)),
                ("they conflict", ours != theirs),
                ("the log ends there", last == log.last_index()),
                ("the leader's entry replaces it", takes(step, index)),
            ]),
            AppendWhy::DeletedWithoutConflict { from, last, conflict } => all([
                ("the rule is off", !step.is_on(Rule::ConflictOnly)),
                ("they follow the previous entry", prev_is(from - 1)),
                ("the log ends there", last == log.last_index() && from <= last),
                ("that is the first conflict", first_conflict(step) == conflict),
                ("the first does not conflict", conflict != Some(from)),
                ("they are gone", step.out.log_changed_from.is_some_and(|first| first <= from)),
            ]),
            AppendWhy::PrevMissing { prev, last } => all([
                ("the message names it", prev_is(prev)),
                ("the log ends there", log.last_index() == last),
                ("the log ends before it", last < prev),
                ("the rule is on", step.is_on(Rule::PrevLogCheck)),
                ("it rejects", rejects(step)),
            ]),
            AppendWhy::PrevDiffers { prev, theirs, ours } => all([
                ("the message names it", prev_is(prev) && theirs_is(theirs)),
                ("its entry there has that term", log.term_at(prev) == Some(ours)),
                ("they differ", ours != theirs),
                ("the rule is on", step.is_on(Rule::PrevLogCheck)),
                ("it rejects", rejects(step)),
            ]),
            AppendWhy::PrevUnchecked { prev, theirs, ours } => all([
                ("the message names it", prev_is(prev) && theirs_is(theirs)),
                ("its entry there has that term", log.term_at(prev) == ours),
                ("they differ", ours != Some(theirs)),
                ("the rule is off", !step.is_on(Rule::PrevLogCheck)),
                ("it accepts", accepted(step).is_some()),
            ]),
        }
    }
}

fn heard(step: &JudgedStep, leader: ServerId, prev: Option<Index>) -> Truth {
    let appended = step.appended();
    let matches = appended.map(|(index, ..)| index).filter(|_| step.previous_matches());
    all([
        ("that server sends it", step.append().is_some_and(|(from, _)| from == leader)),
        ("it brings no entries", appended.is_some_and(|(.., entries)| entries.is_empty())),
        ("the logs match there", matches == prev),
        ("the check is off where they do not", prev.is_some() || !step.is_on(Rule::PrevLogCheck)),
        ("that server leads", step.after.leader() == Some(leader)),
        ("it resets its election timer", step.sets(Timer::Election)),
    ])
}

/// The term of the leader's entry at that index, as the message brings it.
fn term_sent(step: &JudgedStep, index: Index) -> Option<Term> {
    let (prev, _, entries) = step.appended()?;
    let place = index.checked_sub(prev + 1)?;
    entries.get(place as usize).map(|entry| entry.term)
}

/// Whether the log has the leader's entry at that index after the step.
fn takes(step: &JudgedStep, index: Index) -> bool {
    step.entry(index).map(|entry| entry.term) == term_sent(step, index)
}

fn first_conflict(step: &JudgedStep) -> Option<Index> {
    let (prev, _, entries) = step.appended()?;
    let ours = |index: Index| step.before.log.term_at(index);
    let mut both = (prev + 1..).zip(entries);
    both.find_map(|(index, entry)| (ours(index)? != entry.term).then_some(index))
}

fn appended(step: &JudgedStep, from: Index, to: Index, checked: bool) -> Truth {
    let (log, sent) = (&step.after.log, step.appended());
    let count = (to + 1).saturating_sub(from) as usize;
    let new = sent.and_then(|(.., entries)| entries.get(entries.len().checked_sub(count)?..));
    let kept = from.saturating_sub(1).min(step.before.log.last_index());
    all([
        ("there are some", from <= to),
        ("the log ends with them", log.last_index() == to),
        ("the message brings them", {
            let indices = from..=to;
            new.is_some_and(|new| indices.zip(new).all(|(at, new)| step.entry(at) == Some(new)))
        }),
        ("the entries before stay", kept + 1 == from),
        ("the previous entry is so", step.previous_matches() == checked),
        ("the check is off", checked || !step.is_on(Rule::PrevLogCheck)),
    ])
}

/// The index that it acknowledges.
fn accepted(step: &JudgedStep) -> Option<Index> {
    step.messages().find_map(|message| match &message.body {
        Body::AppendReply { outcome: AppendOutcome::Matched { index }, .. } => Some(*index),
        Body::SnapshotReply(reply) if reply.received == Received::All => Some(reply.last_index),
        _ => None,
    })
}

fn rejects(step: &JudgedStep) -> bool {
    let rejection = |body: &Body| {
        matches!(body, Body::AppendReply { outcome: AppendOutcome::Rejected { .. }, .. })
    };
    let from = step.append().map(|(from, _)| from);
    from.is_some_and(|from| step.sends(from, rejection)) && step.keeps_log()
}

fn unwritten(step: &JudgedStep, index: Index) -> Truth {
    let write = step.out.write.as_ref();
    all([
        ("the rule is off", !step.is_on(Rule::PersistLog)),
        ("the log has such entries", step.after.log.last_index() > 0),
        ("it acknowledges so much", accepted(step) == Some(index)),
        ("no entry is written", write.is_none_or(|write| write.tail.is_none())),
    ])
}

fn present(step: &JudgedStep, from: Index, to: Index) -> Truth {
    let (prev, entries) =
        step.appended().map_or((0, &[][..]), |(prev, _, entries)| (prev, entries));
    let log = &step.before.log;
    all([
        ("the message brings them", prev + 1 == from && prev + entries.len() as Index == to),
        ("there are some", !entries.is_empty()),
        ("all are in the log", {
            let mut both = (from..).zip(entries);
            both.all(|(index, entry)| log.term_at(index) == Some(entry.term))
        }),
        ("it appends nothing", step.out.log_changed_from.is_none()),
    ])
}
