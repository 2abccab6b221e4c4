//! What is promised, and what it looks like when a promise is broken.

use std::fmt;

use crate::sim::{EventId, Micros};

/// A property that must always hold (figure 3 of the paper; linearizability: section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// At most one leader can be elected in a given term.
    ElectionSafety,
    /// A leader never overwrites or deletes entries in its log; it only appends.
    LeaderAppendOnly,
    /// If two logs hold an entry with the same index and term, they are alike up to there.
    LogMatching,
    /// What is committed in a term is in the logs of the leaders of all higher terms.
    LeaderCompleteness,
    /// No two servers apply different entries at one index.
    StateMachineSafety,
    /// Clients see one store that does one thing at a time.
    Linearizability,
}

impl Property {
    /// All of them, in the order of figure 3.
    pub const ALL: [Property; 6] = [
        Property::ElectionSafety,
        Property::LeaderAppendOnly,
        Property::LogMatching,
        Property::LeaderCompleteness,
        Property::StateMachineSafety,
        Property::Linearizability,
    ];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Property::ElectionSafety => "election-safety",
            Property::LeaderAppendOnly => "leader-append-only",
            Property::LogMatching => "log-matching",
            Property::LeaderCompleteness => "leader-completeness",
            Property::StateMachineSafety => "state-machine-safety",
            Property::Linearizability => "linearizability",
        }
    }

    /// What it promises, as figure 3 does.
    pub fn statement(self) -> &'static str {
        match self {
            Property::ElectionSafety => "At most one leader can be elected in a given term.",
            Property::LeaderAppendOnly => {
                "A leader never overwrites or deletes entries in its log; it only appends new ones."
            }
            Property::LogMatching => {
                "If two logs contain an entry with the same index and term, the logs are identical in all entries up to it."
            }
            Property::LeaderCompleteness => {
                "An entry that is committed in a term is present in the logs of the leaders of all higher terms."
            }
            Property::StateMachineSafety => {
                "If a server has applied an entry at an index, no other server ever applies a different one there."
            }
            Property::Linearizability => {
                "Each operation seems to happen at one instant between its call and its answer."
            }
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub property: Property,
    /// When, in microseconds.
    pub time_us: Micros,
    /// By which event.
    pub event: EventId,
    /// What was found, with its numbers.
    pub text: String,
}
