//! The algorithm.
mod command;
mod message;
mod rules;
mod types;
pub use command::*;
pub use message::*;
pub use rules::*;
pub use types::*;
