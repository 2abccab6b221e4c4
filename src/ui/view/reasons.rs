//! The reasons that servers give for their decisions, and what they are about.

use crate::raft::{ServerId, Why};
use crate::ui::state::Topic;
use crate::ui::text;

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
        let sentence = why.to_string();
        let (fact, decision) = sentence.split_once(" -> ").unwrap_or((&sentence, ""));
        ReasonModel {
            server,
            fact: text::with_names(fact),
            decision: text::with_names(decision),
            rule: why.rule(),
            section: why.section(),
        }
    }
}

/// Whether every heartbeat brings such a decision.
pub(super) fn is_routine(why: &Why) -> bool {
    topic(why).is_none()
}

/// Whether the decision may change the server's role.
pub(super) fn changes_role(why: &Why) -> bool {
    matches!(
        why,
        Why::Started { .. }
            | Why::TimedOut { .. }
            | Why::PreVoteStarted { .. }
            | Why::HigherTermAdopted { .. }
            | Why::Elected { .. }
            | Why::ElectionLost { .. }
            | Why::LeaderRecognized { .. }
            | Why::QuorumLost { .. }
    )
}

/// None for what every heartbeat brings.
pub(super) fn topic(why: &Why) -> Option<Topic> {
    match why {
        Why::LeaderHeard { .. }
        | Why::NothingNew { .. }
        | Why::HeartbeatSent { .. }
        | Why::LateReply { .. }
        | Why::AlreadyPresent { .. } => None,
        Why::Proposed { .. }
        | Why::Redirected { .. }
        | Why::Forwarded { .. }
        | Why::DuplicateSkipped { .. }
        | Why::ReadAnswered { .. }
        | Why::ReadWaitsForQuorum { .. }
        | Why::ReadWaitsForTerm { .. }
        | Why::ReadDropped { .. } => Some(Topic::Clients),
        _ => Some(topic_of_section(why.section())),
    }
}

fn topic_of_section(section: &str) -> Topic {
    match section {
        "section 5.1" | "section 5.2" | "section 5.4.1" | "section 6" => Topic::Elections,
        _ => Topic::Replication,
    }
}
