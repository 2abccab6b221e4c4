//! Pitfalls that real implementations fell into. Each test hands messages to a node in an order
//! that a network and a disk can produce, and says what went wrong in the world, and what would
//! break here.

mod bench;
mod compaction;
mod elections;
mod membership;
mod reads;
mod replication;
