//! Links between servers and clients, and everything that happens to the messages on them.

mod intercept;
mod link;
mod partition;
mod send;

pub(super) use intercept::{Addresses, Interceptor, MessageMatch};
pub use link::Flight;
pub(super) use link::{Network, take_message};
