//! The checkers: they see the whole world, and know the truth that no server can know.

mod cluster;
mod linearizable;
mod log_matching;
mod placing;
mod property;
mod safety;
mod unplaced;

pub use cluster::Cluster;
pub use linearizable::{History, Verdict};
pub use property::{Property, Violation};
