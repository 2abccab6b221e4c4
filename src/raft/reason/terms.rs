//! Terms (section 5.1): messages of higher and of older terms.

use super::words::{Reason, Topic};
use crate::raft::message::Kind;
use crate::raft::rules::Rule;
use crate::raft::types::Term;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TermWhy {
    HigherTermAdopted {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// `step-down` is off.
    HigherTermIgnored {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// A request of an older term.
    StaleTermRejected {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// A reply of an older term, or to a question that is no longer open.
    LateReply {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
}

impl TermWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            TermWhy::HigherTermAdopted { .. }
            | TermWhy::HigherTermIgnored { .. }
            | TermWhy::StaleTermRejected { .. } => Topic::Elections,
            TermWhy::LateReply { .. } => Topic::Messages,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            TermWhy::HigherTermAdopted { kind, theirs, ours } => Reason::new(
                topic,
                Rule::StepDown,
                "section 5.1",
                format!("{} carries a higher term ({theirs} > {ours})", kind.paper_name()),
                format!("adopts term {theirs}"),
            ),
            TermWhy::HigherTermIgnored { kind, theirs, ours } => {
                let kind = kind.paper_name();
                Reason::new(
                    topic,
                    Rule::StepDown,
                    "section 5.1",
                    format!(
                        "{kind} carries a higher term ({theirs} > {ours}), and `step-down` is off"
                    ),
                    "ignores it",
                )
                .despite(Rule::StepDown)
            }
            TermWhy::StaleTermRejected { kind, theirs, ours } => Reason::new(
                topic,
                "reject an older term",
                "section 5.1",
                format!("{} is from an old term ({theirs} < {ours})", kind.paper_name()),
                format!("rejected; replies with term {ours}"),
            ),
            TermWhy::LateReply { kind, theirs, ours } => Reason::new(
                topic,
                "ignore late replies",
                "section 5.1",
                format!("{} of term {theirs} comes too late (term {ours} now)", kind.paper_name()),
                "ignores it",
            ),
        }
    }
}
