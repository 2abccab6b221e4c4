//! The reasons that servers give for their decisions.

use crate::raft::{Reason, ServerId, Why};

/// A reason as the page writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonModel {
    pub server: ServerId,
    /// The fact, with its numbers.
    pub fact: String,
    pub decision: String,
    /// The rule that decided.
    pub rule: &'static str,
    /// The paper's section.
    pub section: &'static str,
}

impl ReasonModel {
    pub(super) fn of(server: ServerId, why: &Why) -> ReasonModel {
        let Reason { fact, decision, rule, section, .. } = why.describe();
        ReasonModel { server, fact, decision, rule: rule.name(), section }
    }
}
