//! Clients: their operations, how they find the leader, and the load.

mod client;
pub(super) mod load;
mod requests;

pub use client::{Client, Operation};
