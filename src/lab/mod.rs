//! Experiments on many clusters at once.

mod chaos;
mod schedule;

pub use chaos::{Chaos, Course};
