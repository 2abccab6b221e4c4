//! Pitfalls that real implementations fell into. Each test feeds a node messages in an order that a
//! network and a disk can produce. Its comment says what went wrong elsewhere and what would break
//! here.

mod bench;
mod compaction;
mod elections;
mod membership;
mod reads;
mod replication;
