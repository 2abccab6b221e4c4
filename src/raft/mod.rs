//! The algorithm, as in the paper: pure.
//!
//! A [`Node`] is one server. It is fed an [`Input`] (a message, a timer that fired, a write that
//! became stable) and answers with [`Effects`]: what to write, what to send and not before which
//! write, which timers to set, and a [`Why`] for every decision. It has no clock, draws no random
//! number and does no I/O, so that the same inputs always make the same server.
//!
//! The tour, in the order of the paper's figure 2:
//!
//! - `node`: the state, and which input goes where. A message of a higher term makes a follower
//!   before anything else is looked at (section 5.1). Writes are numbered; a reply names the write that must be
//!   stable before it leaves.
//! - `writing`: what a step has changed and must be on the disk before it is acted on.
//! - `election`: timeouts, votes, the up-to-date rule (5.2, 5.4.1).
//! - `leader` and `follower`: the two ends of AppendEntries, with a rejection that lets the leader
//!   skip a whole term (5.3).
//! - `commit`: counting copies of entries of the leader's own term, and applying (5.4.2).
//! - `client`: commands, redirects, reads (8).
//! - `configuration`, `membership`: who votes, and how that changes, one server at a time or by joint
//!   consensus (6; dissertation, chapter 4).
//! - `snapshot`, `install`: what stands for the beginning of a log, and how it gets to a follower (7).
//! - `lease`: reads without asking (dissertation, 6.4.1).
//! - `pre_vote`, `transfer`: what the dissertation adds: asking first, checking the quorum, handing
//!   over.
//! - `store`: the key-value state machine with its sessions.
//!
//! What is not like the paper, and why: a candidate that a majority has refused becomes a follower
//! again instead of waiting for its timer, as production engines do; a heartbeat checks the entry at
//! the match index, not the one before the next index, so that messages that overtake each other cannot make it fail.
//! Nothing here is for production: logs live in memory, and a server trusts whoever speaks to it.

mod check_quorum;
mod compaction;
mod effect;
mod election;
mod entry;
mod input;
mod install;
#[cfg(debug_assertions)]
mod invariants;
mod log;
mod membership;
mod message;
mod node;
mod options;
mod persistence;
mod pre_vote;
mod reads;
mod replication;
mod requests;
mod role;
mod rules;
mod snapshot;
mod state_machine;
mod step;
mod transfer;
mod types;
mod unstable;
mod why;
mod why_text;

pub use effect::{Effect, Effects, HardState, Write};
pub use entry::{Answer, ClientCommand, Command, Entry, Op};
pub use input::{Input, Timer, WriteId};
pub use log::Log;
pub use membership::change::{Change, Refusal};
pub use membership::configuration::Configuration;
pub use message::*;
pub use node::Node;
pub use options::NodeOptions;
pub use replication::progress::{Progress, ProgressState};
pub use role::Role;
pub use rules::{Rule, Rules};
pub use snapshot::{CHUNK_ITEMS_MAX, Snapshot};
pub use state_machine::{Applied, ClientSession, SESSION_ENTRIES_MAX, Store, StoreItem};
pub use types::*;
pub use why::{VoteTally, Why};
