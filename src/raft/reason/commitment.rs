//! What is committed and applied (sections 5.3 and 5.4.2).

use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommitWhy {
    Committed {
        index: Index,
        copies: usize,
        voters: usize,
        joint: bool,
    },
    /// A majority has the entry, but it is of an older term.
    OldTermNotCounted {
        index: Index,
        entry_term: Term,
        term: Term,
    },
    /// A follower learns the leader's commit index.
    Learned {
        index: Index,
        leader_commit: Index,
    },
    AppliedUpTo {
        index: Index,
    },
}

impl CommitWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Replication
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            CommitWhy::Committed { index, copies, voters, joint } => {
                let of_both = if joint { ", enough of the old and of the new ones" } else { "" };
                Reason::new(
                    topic,
                    Rule::CommitOwnTerm,
                    "section 5.4.2",
                    format!("entry {index} is stored on {copies} of {voters} voters{of_both}"),
                    format!("commit index {index}"),
                )
            }
            CommitWhy::OldTermNotCounted { index, entry_term, term } => Reason::new(
                topic,
                Rule::CommitOwnTerm,
                "section 5.4.2",
                format!(
                    "entry {index} is stored on enough voters, but is of term {entry_term}, not \
                     of its own term {term}"
                ),
                "not committed by counting",
            ),
            CommitWhy::Learned { index, leader_commit } => {
                let up_to = match index == leader_commit {
                    true => String::new(),
                    false => format!(" up to {index}"),
                };
                Reason::new(
                    topic,
                    "commit only verified entries",
                    "section 5.3",
                    format!(
                        "the leader has committed up to {leader_commit} and this log matches{up_to}"
                    ),
                    format!("commit index {index}"),
                )
            }
            CommitWhy::AppliedUpTo { index } => Reason::new(
                topic,
                "apply committed entries",
                "section 5.3",
                format!("committed up to {index}"),
                format!("applies up to {index}"),
            ),
        }
    }
}
