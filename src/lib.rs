//! Raftarium: a Raft cluster in a browser tab.
//!
//! The rooms, from the ground up; each knows only those above it in this list:
//!
//! - [`raft`]: the algorithm, pure.
//! - [`sim`]: the deterministic world around it.
//! - [`check`]: the checkers, which know the truth.
//! - [`diagram`]: the space-time diagram of a run.
//! - [`script`]: the language: what happens to a cluster, and what is expected of it.
//! - [`export`]: a run as a text for other programs.
//! - [`lab`]: experiments and the search for violations.
//! - [`ui`]: the page.
//! - `cli`: the command line, which is not part of the page.

pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagram;
pub mod export;
pub mod lab;
pub mod raft;
pub mod script;
mod shared_list;
pub mod sim;
#[cfg(feature = "page")]
pub mod ui;
