//! Links between servers and clients, and everything that happens to the messages on them.

mod intercept;
mod link;
mod one_message;
mod own_quality;
mod partition;
mod quality;
mod send;

pub(super) use intercept::{Addresses, Interceptor, MessageMatch};
pub use link::Flight;
pub(super) use link::{Network, take_message};
