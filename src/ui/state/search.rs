//! The search for a counterexample, as the page shows it.

use crate::raft::Rule;

/// The newest search for a counterexample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchState {
    /// The rule that is off in all schedules.
    pub rule: Rule,
    pub first_seed: u64,
    /// How long it has taken so far, in real milliseconds.
    pub elapsed_ms: u64,
    pub phase: SearchPhase,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchPhase {
    /// The worker loads the program.
    Starting,
    Searching {
        schedules: u64,
        events: u64,
    },
    Shrinking {
        seed: u64,
        /// The number of scripts tried.
        runs: u32,
        /// The number of actions left, and that of the whole schedule.
        acts: (usize, usize),
    },
    /// What it found is open.
    Found {
        seed: u64,
        schedules: u64,
    },
    NotFound {
        last_seed: u64,
    },
    /// Why there is no result.
    Failed(String),
}

impl SearchState {
    pub fn is_running(&self) -> bool {
        matches!(
            self.phase,
            SearchPhase::Starting | SearchPhase::Searching { .. } | SearchPhase::Shrinking { .. }
        )
    }
}
