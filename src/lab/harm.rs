//! The verdicts on a schedule: what the search looks for, and what shrinking preserves.

use crate::check::{Property, Violation};
use crate::script::{Clause, Question};
use crate::sim::{Duration, Micros};

/// A kind of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symptom {
    /// A property is violated (safety).
    Violates(Property),
    /// A whole cluster that was left alone has no leader (liveness).
    NoLeader,
    /// A whole cluster that was left alone has a leader and does not answer a command (liveness).
    Unanswered,
}

impl Symptom {
    /// What the script of a recording expects at its end.
    pub(super) fn clause(self) -> Clause {
        match self {
            Symptom::Violates(property) => {
                Clause { negated: false, question: Question::Violated(property) }
            }
            Symptom::NoLeader => Clause { negated: false, question: Question::Leaders(None) },
            Symptom::Unanswered => Clause { negated: true, question: Question::Answered },
        }
    }
}

/// Harm that a schedule or a recording does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harm {
    pub symptom: Symptom,
    /// When it is found, in microseconds.
    pub time_us: Micros,
    /// The evidence, in a sentence without a full stop.
    pub text: String,
}

impl From<&Violation> for Harm {
    fn from(violation: &Violation) -> Harm {
        let Violation { property, time_us, text, .. } = violation;
        Harm { symptom: Symptom::Violates(*property), time_us: *time_us, text: text.clone() }
    }
}

/// As the predicate of a sentence: `violates election-safety at 1.2s`.
impl std::fmt::Display for Harm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.symptom {
            Symptom::Violates(property) => write!(f, "violates {property}")?,
            Symptom::NoLeader => f.write_str("leaves the cluster without a leader")?,
            Symptom::Unanswered => f.write_str("leaves a command without an answer")?,
        }
        write!(f, " at {}", Duration(self.time_us))
    }
}
