//! The explanations of the violations so far.
//!
//! They are made when a violation is found, since the journal still holds what led to it, and kept
//! until time goes back to before it. If the journal does not reach back far enough, a copy of the
//! run from an earlier checkpoint records the events again.

use std::sync::Arc;

use crate::check::{Explanation, Violation};
use crate::script::run::{REPLAY_MAX, Run};

use super::Session;
use super::timeline::Timeline;

/// A replay begins this many events before the first side of a violation, since that has causes,
/// too.
const CAUSES_BEFORE: u64 = 2_000;

impl Session {
    /// An explanation for each violation so far.
    pub fn explanations(&self) -> &[Arc<Explanation>] {
        &self.explanations
    }

    /// Explains the violations that were found since the last call. Call it after whatever may
    /// have found one, or gone back to before one.
    pub(super) fn explain_violations(&mut self) {
        let found = self.timeline.run().cluster().violations().len();
        self.explanations.truncate(found);
        while self.explanations.len() < found {
            let known = self.explanations.len();
            let new = self.timeline.explain(known);
            self.explanations.extend(new.into_iter().map(Arc::new));
        }
    }
}

impl Timeline {
    /// Explains the violation of that number and, if that is as easy, those after it.
    fn explain(&self, number: usize) -> Vec<Explanation> {
        let violations = self.run.cluster().violations();
        let Some(violation) = violations.get(number) else { return Vec::new() };
        let replayed = match self.reaches_back_to(violation) {
            true => None,
            false => self.checkpoint_before(violation),
        };
        let again = replayed.map(|run| run.explain_later(number, number + 1)).unwrap_or_default();
        match again.is_empty() {
            true => vec![Explanation::of(violation, self.run.world(), self.journal())],
            false => again,
        }
    }

    /// Whether the journal holds the causes of the violation, as far as they matter.
    fn reaches_back_to(&self, violation: &Violation) -> bool {
        let first = self.journal().events().next().map(|event| event.id);
        first.is_some_and(|first| first <= needed_from(violation))
            && self.journal().get(violation.event).is_some()
    }

    /// A copy of the run from before the violation: from before its causes, if that is not too far.
    fn checkpoint_before(&self, violation: &Violation) -> Option<Run> {
        let event = |run: &Run| run.world().event();
        let is_near =
            |run: &Run| event(run) < violation.event && violation.event - event(run) <= REPLAY_MAX;
        let first = self.checkpoints.newest(|run| event(run) < needed_from(violation));
        let first =
            first.filter(|run| is_near(run)).or_else(|| self.checkpoints.oldest(is_near))?;
        let mut run = first.clone();
        run.set_actions(Arc::clone(self.run.actions()));
        Some(run)
    }
}

fn needed_from(violation: &Violation) -> u64 {
    Explanation::begins_at(violation).saturating_sub(CAUSES_BEFORE).max(1)
}
