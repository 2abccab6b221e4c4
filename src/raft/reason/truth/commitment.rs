//! The truth of reasons about what is committed and applied.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::input::Input;
use crate::raft::reason::commitment::CommitWhy;
use crate::raft::reason::replication::ReplicationWhy;
use crate::raft::reason::tally::VoterCount;
use crate::raft::reason::why::Why;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, ServerSet, Term};

impl CommitWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            CommitWhy::Committed { index, entry_term, term, copies } => all([
                ("it leads that term", leads(step, term)),
                ("the entry is of that term", term_at(step, index) == Some(entry_term)),
                ("the rule lets it", entry_term == term || !step.is_on(Rule::CommitOwnTerm)),
                ("this many acknowledge it", are_copies(step, index, &copies)),
                ("the commit index rises", index > commit_index_then(step)),
                ("the commit index is that", is_reached(step, index)),
            ]),
            CommitWhy::OldTermNotCounted { index, entry_term, term, copies } => all([
                ("it leads that term", leads(step, term)),
                ("the entry is of that term", term_at(step, index) == Some(entry_term)),
                ("that term is older", entry_term != term),
                ("the rule is on", step.is_on(Rule::CommitOwnTerm)),
                ("this many acknowledge it", are_copies(step, index, &copies)),
                ("it is not committed", index > commit_index_then(step)),
            ]),
            CommitWhy::Learned { index, leader_commit, checked } => {
                learned(step, index, leader_commit, checked)
            }
            CommitWhy::AppliedUpTo { index } => all([
                ("entries were left to apply", index > applied_then(step)),
                ("it is committed", index <= step.after.commit_index),
                ("it is applied", index <= step.after.last_applied),
                ("no more is applied", {
                    let more =
                        |why: &Why| matches!(why, Why::Commit(CommitWhy::AppliedUpTo { .. }));
                    index == step.after.last_applied || step.later().iter().any(more)
                }),
            ]),
        }
    }
}

fn leads(step: &JudgedStep, term: Term) -> bool {
    step.leads_then() && step.after.current_term == term
}

fn term_at(step: &JudgedStep, index: Index) -> Option<Term> {
    step.before.log.term_at(index).or_else(|| step.entry(index).map(|entry| entry.term))
}

/// Whether these are the copies of the entry, and enough.
fn are_copies(step: &JudgedStep, index: Index, copies: &VoterCount) -> bool {
    let id = step.id();
    let voters = step.configuration_then().1.electorate().iter();
    let stores = |voter: ServerId| match voter == id {
        true => has_stable_copy(step, index),
        false => step.match_index(voter) >= index,
    };
    let servers: ServerSet = voters.filter(|&voter| stores(voter)).collect();
    step.counts(copies, servers) && step.names_majority(copies, servers) && step.suffices(servers)
}

/// Whether the leader's own copy is on its disk by then, or counts as if it were.
fn has_stable_copy(step: &JudgedStep, index: Index) -> bool {
    let unwritten = step.earlier().iter().any(|why| {
        matches!(why, Why::Replication(ReplicationWhy::OwnCopyUnwritten { index: last })
            if *last >= index)
    });
    let written = match step.input() {
        Some(Input::Stable(_)) => {
            step.after.unstable.stable_index().min(step.before.log.last_index())
        }
        _ => step.before.unstable.stable_index(),
    };
    unwritten || written >= index
}

/// The commit index, with what a leader has committed earlier in the step.
fn commit_index_then(step: &JudgedStep) -> Index {
    let committed = step.earlier().iter().rev().find_map(|why| match why {
        Why::Commit(CommitWhy::Committed { index, .. }) => Some(*index),
        _ => None,
    });
    committed.unwrap_or(step.before.commit_index)
}

fn is_reached(step: &JudgedStep, index: Index) -> bool {
    let later = |why: &Why| matches!(why, Why::Commit(CommitWhy::Committed { .. }));
    let after = step.after.commit_index;
    if step.later().iter().any(later) { after > index } else { after == index }
}

fn applied_then(step: &JudgedStep) -> Index {
    let applied = step.earlier().iter().rev().find_map(|why| match why {
        Why::Commit(CommitWhy::AppliedUpTo { index }) => Some(*index),
        _ => None,
    });
    applied.unwrap_or(step.before.last_applied)
}

fn learned(step: &JudgedStep, index: Index, leader_commit: Index, checked: bool) -> Truth {
    let append = step.append().map(|(_, append)| append);
    let (prev, entries) =
        step.appended().map_or((0, &[][..]), |(prev, _, entries)| (prev, entries));
    let verified = prev + entries.len() as Index;
    let sent = index.checked_sub(prev + 1).and_then(|place| entries.get(place as usize));
    all([
        ("the leader has committed so much", append.is_some_and(|it| it.commit == leader_commit)),
        ("the commit index rises", index > step.before.commit_index),
        ("the commit index is that", step.after.commit_index == index),
        ("no more than the leader's", index <= leader_commit),
        ("no more than the message verifies", index <= verified),
        ("the previous entry is so", step.previous_matches() == checked),
        ("the check is off", checked || !step.is_on(Rule::PrevLogCheck)),
        ("the log has the leader's entry", {
            let ours = step.entry(index).map(|entry| entry.term);
            !checked || sent.is_none() || ours == sent.map(|entry| entry.term)
        }),
    ])
}
