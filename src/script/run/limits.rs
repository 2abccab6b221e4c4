//! How much one call may do: whatever a script asks for, a page must not hang.
//!
//! Work is counted, never timed, so every machine stops at the same place.

/// More steps than this at one moment, and time would never pass.
pub(super) const STEPS_PER_MOMENT_MAX: u64 = 1_000_000;

/// How much a call may do from here on.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Statements, events and recorded actions.
    pub steps: u64,
    /// Entries, orders and clauses of conditions to go through. Some steps need many of them.
    pub work: u64,
}

impl Budget {
    /// As far as it takes: for the command line and for tests.
    pub const UNLIMITED: Budget = Budget { steps: u64::MAX, work: u64::MAX };
    /// For a journey through time, after which it says how far it came.
    pub const CALL: Budget = Budget { steps: 3_000_000, work: 20_000_000 };
    /// For a page that has to draw the next frame soon.
    pub const FRAME: Budget = Budget { steps: 100_000, work: 2_000_000 };
}

/// A [`Budget`] from a certain point on: what the counters of a run must not reach.
#[derive(Clone, Copy, Debug)]
pub(in crate::script) struct Limits {
    pub steps: u64,
    pub work: u64,
    /// Whether it also halts where the reader decides when to go on.
    pub halts_at_steps: bool,
}
