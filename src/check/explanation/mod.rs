//! Why a property was violated: the events that led to each of the two sides that contradict each
//! other, and what made it possible.
//!
//! - `cone`: what may have influenced an event.
//! - `chain`: the decisive events on the way to one side.
//! - `culprit`: the rule that was off, the clock that drifted, or the action.

mod chain;
mod cone;
mod culprit;

use crate::sim::{EventId, Journal, World};

use super::property::{Property, Violation};

pub use chain::{Chain, Step};
pub use culprit::Culprit;

/// Why a property was violated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub property: Property,
    /// The event that broke it.
    pub event: EventId,
    /// As in "two leaders in term 2".
    pub headline: String,
    /// One chain for each side, the earlier side first.
    pub chains: Vec<Chain>,
    /// What made it possible, the likeliest first; empty if nothing known did.
    pub culprits: Vec<Culprit>,
}

impl Explanation {
    /// Explains a violation from the events up to it. `world` is the world right after it, or
    /// later.
    pub fn of(violation: &Violation, world: &World, journal: &Journal) -> Explanation {
        let deviations = culprit::deviations(violation, journal);
        let chains = chain::chains(&violation.evidence, journal, &deviations);
        let culprits = culprit::culprits(violation, world, journal, &deviations, &chains);
        Explanation {
            property: violation.property,
            event: violation.event,
            headline: violation.evidence.headline(),
            chains,
            culprits,
        }
    }

    /// The oldest event in which a side came to be: a journal from before it explains the most.
    pub fn begins_at(violation: &Violation) -> EventId {
        let sides = violation.evidence.sides();
        sides.iter().map(|side| side.event()).min().unwrap_or(violation.event)
    }
}
