//! Terms (section 5.1): messages of higher and of older terms.

use super::words::{Demand, Reason, Topic};
use crate::raft::message::Kind;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::Term;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TermWhy {
    HigherTermAdopted {
        kind: Kind,
        theirs: Term,
        ours: Term,
        /// The role until now. Candidates and leaders return to follower.
        role: Role,
    },
    /// `step-down` is off.
    HigherTermIgnored { kind: Kind, theirs: Term, ours: Term, role: Role },
    /// A request of an older term.
    StaleTermRejected { kind: Kind, theirs: Term, ours: Term },
    /// A reply or TimeoutNow of an older term.
    LateReply { kind: Kind, theirs: Term, ours: Term },
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

    pub(super) fn changes_role(&self) -> bool {
        match self {
            TermWhy::HigherTermAdopted { role, .. } => !is_follower(*role),
            TermWhy::HigherTermIgnored { .. }
            | TermWhy::StaleTermRejected { .. }
            | TermWhy::LateReply { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (topic, section) = (self.topic(), "section 5.1");
        match *self {
            TermWhy::HigherTermAdopted { kind, theirs, ours, role } => {
                let fact =
                    format!("{} carries a higher term ({theirs} > {ours})", kind.paper_name());
                if is_follower(role) {
                    let decision = format!("adopts term {theirs}");
                    return Reason::new(topic, "adopt a higher term", section, fact, decision);
                }
                let decision = format!("adopts term {theirs}, returns to follower");
                Reason::new(topic, Rule::StepDown, section, fact, decision)
            }
            TermWhy::HigherTermIgnored { kind, theirs, ours, role } => Reason::new(
                topic,
                Demand::off(Rule::StepDown),
                section,
                format!(
                    "{} carries a higher term ({theirs} > {ours}), but `step-down` is off",
                    kind.paper_name()
                ),
                format!("ignores it, stays {role} in term {ours}"),
            ),
            TermWhy::StaleTermRejected { kind, theirs, ours } => Reason::new(
                topic,
                "reject an older term",
                section,
                format!("{} is from an old term ({theirs} < {ours})", kind.paper_name()),
                format!("rejects it, replies with term {ours}"),
            ),
            TermWhy::LateReply { kind, theirs, ours } => Reason::new(
                topic,
                "ignore late messages",
                section,
                format!("{} of term {theirs} comes too late (term {ours} now)", kind.paper_name()),
                "ignores it",
            ),
        }
    }
}

fn is_follower(role: Role) -> bool {
    matches!(role, Role::Follower | Role::Learner)
}
