//! The checkers. They see the whole world, so they know what no server can know. They change
//! nothing: a run with checks off is the same run.
//!
//! - `cluster`: a world that is checked after every event.
//! - `safety`: the five safety properties of figure 3; `log_matching` has one of its own.
//! - `by_index`: entries by index, with gaps.
//! - `linearizability`: whether an order of the clients' operations explains every answer.
//! - `explanation`: why a property was violated, from the events that led to both sides.
//! - `property`: the names of the properties, and a violation. `evidence`: what breaks them.
//! - `trace`: what a cluster did, line by line, and the same properties over that alone.

mod by_index;
mod cluster;
mod evidence;
mod explanation;
mod linearizability;
mod log_matching;
mod property;
mod safety;
mod trace;

pub use cluster::Cluster;
pub use evidence::{AnsweredOperation, Evidence, Instead, Origin, Side, Unexplained};
pub use explanation::{Chain, Culprit, Explanation, Step};
pub use linearizability::{History, Verdict};
pub use property::{Property, Violation};
pub use trace::*;
