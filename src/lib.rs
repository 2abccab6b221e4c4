//! Raftarium: a Raft cluster in a browser tab.
//!
//! The rooms, from the ground up; each knows only those above it in this list:
//!
//! - [`raft`]: the algorithm, pure.
//! - [`sim`]: the deterministic world around it.
//! - [`check`]: the checkers, which know the truth.

pub mod check;
pub mod raft;
pub mod sim;
