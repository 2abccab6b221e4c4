//! Experiments on many clusters at once.

mod chaos;

pub use chaos::{Chaos, Course};
