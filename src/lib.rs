//! Raftarium: a Raft cluster in a browser tab.
