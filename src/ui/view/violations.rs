//! The violations of the safety properties, with both sides of each.

use std::sync::Arc;

use crate::check::Explanation;
use crate::script::Session;
use crate::sim::Micros;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViolationModel {
    /// The property's name in the language.
    pub property: &'static str,
    /// Its name in the paper.
    pub title: &'static str,
    /// What contradicts what, in a few words.
    pub headline: String,
    /// What the property says.
    pub statement: &'static str,
    pub time_us: Micros,
    /// The event after which the check failed.
    pub event: u64,
    /// What was found, with the numbers.
    pub text: String,
    /// How both sides came to be, and what made it possible.
    pub explanation: Arc<Explanation>,
}

impl ViolationModel {
    /// Whether that event is a step on the way to the violation.
    pub fn follows_from(&self, event: u64) -> bool {
        let mut steps = self.explanation.chains.iter().flat_map(|chain| &chain.steps);
        steps.any(|step| step.event == event)
    }
}

pub(super) fn models(session: &Session) -> Vec<ViolationModel> {
    let violations = session.cluster().violations().iter();
    let explained = violations.zip(session.explanations());
    explained
        .map(|(violation, explanation)| ViolationModel {
            property: violation.property.name(),
            title: violation.property.title(),
            headline: explanation.headline.clone(),
            statement: violation.property.statement(),
            time_us: violation.time_us,
            event: violation.event,
            text: violation.text.clone(),
            explanation: Arc::clone(explanation),
        })
        .collect()
}
