//! Experiments on many clusters at once.
//!
//! - `schedule` and `chaos`: a seed's schedule of faults and commands, and its course.
//! - `search`: many seeds on many threads, for the lowest whose course violates a property.
//! - `recording`: a course as a script. `shrink` comes to the same violation with less, by what `passes` tries;
//!   `simpler` knows simpler acts and settings.

mod chaos;
mod passes;
mod recording;
mod schedule;
mod search;
mod shrink;
mod simpler;

pub use chaos::{Chaos, Course};
pub use recording::{Recording, record};
pub use search::{Search, Tally};
pub use shrink::{Keep, Shrunk, shrink};
