//! Raftarium’s own chores.
fn main() {}
