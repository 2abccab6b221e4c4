//! Raftarium: a Raft cluster in a browser tab.

pub mod raft;
pub mod script;
pub mod sim;
