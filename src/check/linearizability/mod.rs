//! Linearizability of the clients' history: is there an order in which each operation takes effect
//! at one point between its invocation and its response, and that explains every response?
//!
//! The history is judged as it grows, so a violation is found at the response that causes it. Keys
//! are independent, so each is judged alone (Herlihy and Wing's locality). Of each key only what
//! can still matter is kept: the operations in flight and the [linearizations](linearization) of
//! everything before. A read may return a value that was overwritten between its invocation and its
//! response, so the responses in between are replayed when it returns.
//!
//! Work is counted, never timed, so that every machine reaches the same verdict.

mod explain;
mod history;
mod invocation;
mod key;
mod linearization;

pub use history::{History, Verdict};
