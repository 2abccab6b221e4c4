//! Experiments on many clusters at once: the search for violations.
//!
//! - `generate` draws a schedule of faults and commands from a seed; `schedule` runs it with all
//!   checks on.
//! - `search` runs the schedules of many seeds on many threads, for the lowest seed that violates a
//!   property.
//! - `recording` turns a schedule into a script that replays it.
//! - `shrink` makes a recording as small as it can while the same property is violated. The changes
//!   that it tries are in `passes`; `simplify` has simpler forms of actions and settings.

mod generate;
mod passes;
mod recording;
mod schedule;
mod search;
mod shrink;
mod simplify;

pub use recording::{Recording, record};
pub use schedule::{Schedule, ScheduleReport};
pub use search::{Search, Tally};
pub use shrink::{Preserve, Shrunk, shrink};
