//! AppendEntries, at the follower (section 5.3).

use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppendWhy {
    /// A heartbeat. `prev` is the entry at which the logs match; `None` if they do not match there,
    /// and `prev-log-check` is off.
    LeaderHeard {
        leader: ServerId,
        prev: Option<Index>,
    },
    /// `checked`: the previous entry matches; otherwise `prev-log-check` is off.
    Appended {
        from: Index,
        to: Index,
        checked: bool,
    },
    /// `persist-log` is off: entries are acknowledged that are not on the disk.
    AcknowledgedUnwritten {
        index: Index,
    },
    /// The log has entries of the same indexes and terms.
    AlreadyPresent {
        from: Index,
        to: Index,
    },
    /// Entry `index` conflicts. It is deleted with all that follow it, up to `last`, whether
    /// or not these conflict.
    Conflict {
        index: Index,
        ours: Term,
        theirs: Term,
        last: Index,
    },
    /// `conflict-only` is off. Entries conflict from `conflict` on, if at all.
    DeletedWithoutConflict {
        from: Index,
        last: Index,
        conflict: Option<Index>,
    },
    PrevMissing {
        prev: Index,
        last: Index,
    },
    PrevDiffers {
        prev: Index,
        theirs: Term,
        ours: Term,
    },
    /// `prev-log-check` is off, and the previous entry is missing (`ours`) or differs.
    PrevUnchecked {
        prev: Index,
        theirs: Term,
        ours: Option<Term>,
    },
}

impl AppendWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            AppendWhy::LeaderHeard { .. } | AppendWhy::AlreadyPresent { .. } => Topic::Messages,
            AppendWhy::Appended { .. }
            | AppendWhy::AcknowledgedUnwritten { .. }
            | AppendWhy::Conflict { .. }
            | AppendWhy::DeletedWithoutConflict { .. }
            | AppendWhy::PrevMissing { .. }
            | AppendWhy::PrevDiffers { .. }
            | AppendWhy::PrevUnchecked { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let rejects = "rejects".to_string();
        let (principle, fact, decision): (Demand, _, _) = match *self {
            AppendWhy::LeaderHeard { leader, prev } => {
                let fact = heard(leader, prev);
                let decision = "resets its election timer";
                let principle = "heartbeats keep the leader";
                return Reason::new(self.topic(), principle, "section 5.2", fact, decision);
            }
            AppendWhy::Appended { from, to, checked } => {
                let (principle, fact): (Demand, _) = match checked {
                    true if from == 1 => {
                        ("append new entries".into(), "no entry comes before entry 1")
                    }
                    true => ("append new entries".into(), "the previous entry matches"),
                    false => (Demand::off(Rule::PrevLogCheck), "`prev-log-check` is off"),
                };
                (principle, fact.to_string(), format!("appends {}", entries(from, to)))
            }
            AppendWhy::AcknowledgedUnwritten { index } => {
                let decision = format!("acknowledges entries up to {index} without writing them");
                let (rule, fact) = (Demand::off(Rule::PersistLog), "`persist-log` is off");
                return Reason::new(self.topic(), rule, "figure 2", fact, decision);
            }
            AppendWhy::AlreadyPresent { from, to } => {
                // Same index, same term: with a rule off it may be another entry all the same.
                let terms = if from == to { "this term" } else { "these terms" };
                let fact = format!("the log has {} of {terms} already", entries(from, to));
                (Rule::ConflictOnly.into(), fact, "appends nothing".to_string())
            }
            AppendWhy::Conflict { index, ours, theirs, last } => {
                let fact = format!(
                    "entry {index} has term {ours} here and term {theirs} in the leader's log"
                );
                let decision = format!("deletes {}", entries(index, last));
                (Rule::ConflictOnly.into(), fact, decision)
            }
            AppendWhy::DeletedWithoutConflict { from, last, conflict } => {
                let fact = match conflict {
                    None => "no entry conflicts".to_string(),
                    Some(index) => format!("entries conflict only from index {index} on"),
                };
                let decision = format!("deletes {}", entries(from, last));
                (
                    Demand::off(Rule::ConflictOnly),
                    format!("{fact}, but `conflict-only` is off"),
                    decision,
                )
            }
            AppendWhy::PrevMissing { prev, last } => {
                (Rule::PrevLogCheck.into(), missing(prev, last), rejects)
            }
            AppendWhy::PrevDiffers { prev, theirs, ours } => {
                (Rule::PrevLogCheck.into(), differs(prev, theirs, ours), rejects)
            }
            AppendWhy::PrevUnchecked { prev, theirs, ours } => {
                let fact = match ours {
                    Some(ours) => differs(prev, theirs, ours),
                    None => format!("the previous entry {prev} is missing here"),
                };
                let fact = format!("{fact}, but `prev-log-check` is off");
                (Demand::off(Rule::PrevLogCheck), fact, "accepts".to_string())
            }
        };
        Reason::new(self.topic(), principle, "section 5.3", fact, decision)
    }
}

fn heard(leader: ServerId, prev: Option<Index>) -> String {
    match prev {
        None | Some(0) => format!("heard from leader {leader:#}"),
        Some(prev) => format!("heard from leader {leader:#}, logs match up to {prev}"),
    }
}

fn missing(prev: Index, last: Index) -> String {
    match last {
        0 => format!("the log is empty, so the previous entry {prev} is missing"),
        _ => format!("the log ends at {last}, before the previous entry {prev}"),
    }
}

fn differs(prev: Index, theirs: Term, ours: Term) -> String {
    format!("the previous entry {prev} has term {ours} here, not {theirs}")
}

/// `entry 3`, or `entries 3 to 5`.
fn entries(from: Index, to: Index) -> String {
    if from == to { format!("entry {from}") } else { format!("entries {from} to {to}") }
}
