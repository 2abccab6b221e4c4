//! The search for a counterexample to a rule, in a worker: the page stays at its pace.
//!
//! The page and its worker exchange texts: the page posts a [`SearchRequest`], the worker answers
//! with a [`SearchReport`] some times a second. To cancel, the page ends the worker. The search is
//! that of `raftarium fuzz --rule`, so a seed gives the same script in both.

mod messages;
mod serve;

pub use messages::{SearchReport, SearchRequest};
pub use serve::{search, serve};
