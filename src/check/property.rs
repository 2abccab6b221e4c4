//! The properties that Raft guarantees, and their violations.

use std::fmt;

use crate::sim::{EventId, Micros};

use super::evidence::Evidence;

/// A property that must always hold (figure 3 of the paper; linearizability: section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// At most one leader can be elected in a given term.
    ElectionSafety,
    /// A leader never overwrites or deletes entries in its log; it only appends.
    LeaderAppendOnly,
    /// If two logs contain an entry with the same index and term, they are identical up to it.
    LogMatching,
    /// An entry committed in a term is in the logs of the leaders of all higher terms.
    LeaderCompleteness,
    /// No two servers apply different entries at one index.
    StateMachineSafety,
    /// Each operation takes effect at one instant between its invocation and its response.
    Linearizability,
}

impl Property {
    /// In the order of figure 3.
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

    /// Its name in the paper.
    pub fn title(self) -> &'static str {
        match self {
            Property::ElectionSafety => "Election Safety",
            Property::LeaderAppendOnly => "Leader Append-Only",
            Property::LogMatching => "Log Matching",
            Property::LeaderCompleteness => "Leader Completeness",
            Property::StateMachineSafety => "State Machine Safety",
            Property::Linearizability => "Linearizability",
        }
    }

    /// The section of the paper that argues for it.
    pub fn section(self) -> &'static str {
        match self {
            Property::ElectionSafety => "section 5.2",
            Property::LeaderAppendOnly | Property::LogMatching => "section 5.3",
            Property::LeaderCompleteness => "section 5.4",
            Property::StateMachineSafety => "section 5.4.3",
            Property::Linearizability => "section 8",
        }
    }

    /// The guarantee, in a sentence as in figure 3.
    pub fn statement(self) -> &'static str {
        match self {
            Property::ElectionSafety => "At most one leader can be elected in a given term.",
            Property::LeaderAppendOnly => {
                "A leader never overwrites or deletes entries in its log; it only appends new ones."
            }
            Property::LogMatching => {
                "If two logs contain an entry with the same index and term, the logs are identical \
                 in all entries up to it."
            }
            Property::LeaderCompleteness => {
                "An entry that is committed in a term is present in the logs of the leaders of all \
                 higher terms."
            }
            Property::StateMachineSafety => {
                "If a server has applied an entry at an index, no other server ever applies a \
                 different one there."
            }
            Property::Linearizability => {
                "Each operation takes effect at one instant between its invocation and its \
                 response."
            }
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub property: Property,
    pub time_us: Micros,
    /// The event that broke it.
    pub event: EventId,
    /// The evidence, in a sentence without a full stop.
    pub text: String,
    pub evidence: Evidence,
}
