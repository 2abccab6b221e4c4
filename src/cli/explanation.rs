//! Why a property was violated, under the failure of `raftarium run` and in its JSON report.

use serde::Serialize;

use crate::check::{Explanation, Step};
use crate::raft::ServerId;
use crate::sim::{Duration, EventId};

use super::terminal::print_error;

/// Prints both chains, and what made the violation possible, to standard error.
pub(super) fn print_explanation(explanation: &Explanation) {
    for chain in &explanation.chains {
        print_error(format!("  {}:", chain.title));
        if chain.is_cut {
            print_error("    (earlier events were not kept)");
        }
        for step in &chain.steps {
            print_error(format!("    {}: {}", Duration(step.time_us), step.title));
            if let Some((server, reason)) = &step.reason {
                print_error(format!("      {server:#}: {reason}"));
            }
        }
    }
    for culprit in &explanation.culprits {
        print_error(format!("  {culprit}"));
    }
}

/// An explanation as JSON. Its keys are a contract (docs/script.md).
#[derive(Serialize)]
pub(super) struct ExplanationReport {
    property: &'static str,
    /// The event that broke the property.
    event: EventId,
    chains: Vec<ChainReport>,
    culprits: Vec<CulpritReport>,
}

#[derive(Serialize)]
struct ChainReport {
    title: String,
    steps: Vec<StepReport>,
    /// Whether earlier events were not kept.
    cut: bool,
}

/// An event, and the decision in it that led on.
#[derive(Serialize)]
struct StepReport {
    event: EventId,
    /// In microseconds.
    time: u64,
    what: String,
    server: Option<ServerId>,
    fact: Option<String>,
    decision: Option<String>,
    rule: Option<&'static str>,
    /// Whether that rule was off, and would have prevented the decision.
    off: bool,
}

#[derive(Serialize)]
struct CulpritReport {
    text: String,
    rule: Option<&'static str>,
    event: Option<EventId>,
}

impl ExplanationReport {
    pub fn of(explanation: &Explanation) -> ExplanationReport {
        let chains = explanation.chains.iter().map(|chain| ChainReport {
            title: chain.title.clone(),
            steps: chain.steps.iter().map(StepReport::of).collect(),
            cut: chain.is_cut,
        });
        let culprits = explanation.culprits.iter().map(|culprit| CulpritReport {
            text: culprit.to_string(),
            rule: culprit.rule().map(|rule| rule.name()),
            event: culprit.event(),
        });
        ExplanationReport {
            property: explanation.property.name(),
            event: explanation.event,
            chains: chains.collect(),
            culprits: culprits.collect(),
        }
    }
}

impl StepReport {
    fn of(step: &Step) -> StepReport {
        let reason = step.reason.as_ref();
        StepReport {
            event: step.event,
            time: step.time_us,
            what: step.title.clone(),
            server: reason.map(|(server, _)| *server),
            fact: reason.map(|(_, reason)| reason.fact.clone()),
            decision: reason.map(|(_, reason)| reason.decision.clone()),
            rule: reason.map(|(_, reason)| reason.rule.name()),
            off: step.broken.is_some(),
        }
    }
}
