//! Raftarium: a Raft cluster in a browser tab.

pub mod raft;
pub mod sim;
