//! The checkers: they see the whole world, and know the truth that no server can know.

mod cluster;
mod linearizability;
mod log_matching;
mod property;
mod safety;

pub use cluster::Cluster;
pub use linearizability::{History, Verdict};
pub use property::{Property, Violation};
