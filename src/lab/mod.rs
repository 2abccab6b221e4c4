//! Experiments on many clusters at once: the search for harm, and measurements (`experiment`).
//!
//! The search is to be read in this order:
//!
//! - `generate` draws a schedule of faults, commands and changes from a seed; it says what makes a
//!   schedule sound. `schedule` runs it with all checks on.
//! - `harm` is what a schedule may do: violate a property, or leave a cluster without a leader or
//!   a command without an answer. `liveness` passes the latter two verdicts, `excuses` says which
//!   harm does not count because of what a schedule did.
//! - `search` runs the schedules of many seeds on many threads, for the lowest seed that does harm.
//! - `recording` turns a schedule into a script that replays it.
//! - `counterexample` is what a search found, shrunk, as a script with comments.
//! - `shrink` makes a recording as small as it can while it does the same harm. The changes that it
//!   tries are in `passes`; `simplify` has simpler forms of actions and settings.

mod counterexample;
mod excuses;
pub mod experiment;
mod generate;
mod harm;
mod liveness;
mod passes;
mod recording;
mod schedule;
mod search;
mod shrink;
mod simplify;

pub use counterexample::{Counterexample, Shrinking};
pub use excuses::Excuses;
pub use harm::{Harm, Symptom};
pub use liveness::TIMEOUTS;
pub use recording::{Recording, record};
pub use schedule::{Schedule, ScheduleReport};
pub use search::{Search, Tally};
pub use shrink::{Preserve, Shrunk, shrink};
