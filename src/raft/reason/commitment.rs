//! What is committed and applied (sections 5.3 and 5.4.2).

use super::tally::VoterCount;
use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommitWhy {
    Committed {
        index: Index,
        /// Older than the leader's: `commit-own-term` is off.
        entry_term: Term,
        term: Term,
        copies: VoterCount,
    },
    /// Enough voters have the entry, but it is of an older term.
    OldTermNotCounted {
        index: Index,
        entry_term: Term,
        term: Term,
        copies: VoterCount,
    },
    /// A follower learns the leader's commit index. `checked`: the previous entry of the message
    /// matches; otherwise `prev-log-check` is off.
    Learned {
        index: Index,
        leader_commit: Index,
        checked: bool,
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
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            CommitWhy::Committed { index, entry_term, term, copies } => {
                let (demand, section, fact) = committed(index, entry_term, term, copies);
                (demand, section, fact, format!("commit index {index}"))
            }
            CommitWhy::OldTermNotCounted { index, entry_term, term, copies } => (
                Rule::CommitOwnTerm.into(),
                "section 5.4.2",
                format!(
                    "entry {index} is acknowledged by {}, but is of term {entry_term}, not of its \
                     own term {term}",
                    copies.counted("voters")
                ),
                "not committed by counting".to_string(),
            ),
            CommitWhy::Learned { index, leader_commit, checked: true } => {
                let up_to = match index == leader_commit {
                    true => String::new(),
                    false => format!(" up to {index}"),
                };
                (
                    "commit only verified entries".into(),
                    "section 5.3",
                    format!(
                        "the leader has committed up to {leader_commit} and this log matches{up_to}"
                    ),
                    format!("commit index {index}"),
                )
            }
            CommitWhy::Learned { index, leader_commit, checked: false } => (
                Demand::off(Rule::PrevLogCheck),
                "section 5.3",
                format!(
                    "the leader has committed up to {leader_commit}, and `prev-log-check` is off: \
                     takes its log for the leader's"
                ),
                format!("commit index {index}"),
            ),
            CommitWhy::AppliedUpTo { index } => (
                "apply committed entries".into(),
                "section 5.3",
                format!("committed up to {index}"),
                format!("applies up to {index}"),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

fn committed(
    index: Index,
    entry_term: Term,
    term: Term,
    copies: VoterCount,
) -> (Demand, &'static str, String) {
    let own_term = entry_term == term;
    let which = match own_term {
        true => format!("entry {index} of its own term {term}"),
        false => format!("entry {index} is of term {entry_term}, not of its own term {term}"),
    };
    let stored = copies.counted("voters");
    match (own_term, copies.needs_rule_off()) {
        (true, false) => (
            Rule::CommitOwnTerm.into(),
            "section 5.4.2",
            format!("{which} is acknowledged by {stored}"),
        ),
        (true, true) => (
            Demand::off(Rule::Majority),
            "section 5.3",
            format!("{which} is acknowledged by {stored}, taken as enough: `majority` is off"),
        ),
        (false, false) => (
            Demand::off(Rule::CommitOwnTerm),
            "section 5.4.2",
            format!("{which}, but `commit-own-term` is off, and {stored} acknowledge it"),
        ),
        (false, true) => (
            Demand::off(Rule::CommitOwnTerm),
            "section 5.4.2",
            format!(
                "{which}, but `commit-own-term` and `majority` are off, and {stored} that \
                 acknowledge it are taken as enough"
            ),
        ),
    }
}
