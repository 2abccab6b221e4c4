//! AppendEntries, at the follower (section 5.3).

use super::words::{Counted, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppendWhy {
    /// A heartbeat, with matching logs up to `prev`.
    LeaderHeard {
        leader: ServerId,
        prev: Index,
    },
    Appended {
        from: Index,
        to: Index,
    },
    /// All entries of the message were in the log.
    AlreadyPresent {
        from: Index,
        to: Index,
    },
    /// `removed` entries are deleted, from `index` to the end of the log.
    Conflict {
        index: Index,
        ours: Term,
        theirs: Term,
        removed: u64,
    },
    /// `conflict-only` is off.
    DeletedWithoutConflict {
        from: Index,
        removed: u64,
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
}

impl AppendWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            AppendWhy::LeaderHeard { .. } | AppendWhy::AlreadyPresent { .. } => Topic::Messages,
            AppendWhy::Appended { .. }
            | AppendWhy::Conflict { .. }
            | AppendWhy::DeletedWithoutConflict { .. }
            | AppendWhy::PrevMissing { .. }
            | AppendWhy::PrevDiffers { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        let section = "section 5.3";
        match *self {
            AppendWhy::LeaderHeard { leader, prev } => {
                let logs = match prev {
                    0 => String::new(),
                    _ => format!(", logs match up to {prev}"),
                };
                Reason::new(
                    topic,
                    "heartbeats keep the leader",
                    "section 5.2",
                    format!("heard from leader {leader:#}{logs}"),
                    "resets its election timer",
                )
            }
            AppendWhy::Appended { from, to } => Reason::new(
                topic,
                "append new entries",
                section,
                "the previous entry matches",
                format!("appends {}", entries(from, to)),
            ),
            AppendWhy::AlreadyPresent { from, to } => {
                let verb = if from == to { "is" } else { "are" };
                Reason::new(
                    topic,
                    Rule::ConflictOnly,
                    section,
                    format!("{} {verb} in the log already", entries(from, to)),
                    "appends nothing",
                )
            }
            AppendWhy::Conflict { index, ours, theirs, removed } => {
                let removed = Counted(removed, "conflicting entry", "conflicting entries");
                Reason::new(
                    topic,
                    Rule::ConflictOnly,
                    section,
                    format!(
                        "entry {index} has term {ours} here and term {theirs} in the leader's log"
                    ),
                    format!("deletes {removed}, from index {index}"),
                )
            }
            AppendWhy::DeletedWithoutConflict { from, removed } => {
                let removed = Counted(removed, "entry", "entries");
                Reason::new(
                    topic,
                    Rule::ConflictOnly,
                    section,
                    "`conflict-only` is off",
                    format!("deletes {removed} without a conflict, from index {from}"),
                )
                .despite(Rule::ConflictOnly)
            }
            AppendWhy::PrevMissing { prev, last } => {
                let fact = format!("the log ends at {last}, before the previous entry {prev}");
                Reason::new(topic, Rule::PrevLogCheck, section, fact, "rejects")
            }
            AppendWhy::PrevDiffers { prev, theirs, ours } => {
                let fact = format!("the previous entry {prev} has term {ours} here, not {theirs}");
                Reason::new(topic, Rule::PrevLogCheck, section, fact, "rejects")
            }
        }
    }
}

/// `entry 3`, or `entries 3 to 5`.
fn entries(from: Index, to: Index) -> String {
    if from == to { format!("entry {from}") } else { format!("entries {from} to {to}") }
}
