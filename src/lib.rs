//! Raftarium: a Raft cluster in a browser tab.

pub mod check;
pub mod raft;
pub mod sim;
