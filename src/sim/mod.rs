//! The deterministic simulator: it owns time, chance, the network, the disks and the clients, and
//! drives the servers of [`crate::raft`].
//!
//! A [`World`] is made from a [`Setup`], changed by [`Act`]s, and moved on event by event with
//! [`World::step`]. Events are ordered by time and, within a moment, by when they were put in the
//! queue; every draw comes from a seeded stream for one purpose; time is counted in integer
//! microseconds. So the same setup with the same acts at the same moments makes the same world,
//! and [`World::hash`] says so on every platform.

mod act;
mod chance;
mod changes;
mod clients;
mod details;
mod differences;
mod disk;
mod event;
mod faults;
mod foresight;
mod hash;
mod host;
mod last_change;
mod last_states;
mod network;
mod new_server;
mod observation;
mod queue;
mod recorder;
mod server;
mod settings;
mod standing;
mod step;
mod time;
mod timers;
mod view;
mod world;

pub use act::*;
pub use changes::Changes;
pub use clients::{Client, Operation};
pub use details::*;
pub use disk::Disk;
pub use event::{Event, EventId, EventKind, Loss, MessageId, MessageSummary};
pub use foresight::Foresight;
pub use last_change::ServerValue;
pub use network::Flight;
pub use observation::{MessageFate, Observation};
pub use recorder::{Journal, Recorder};
pub use server::{RunningTimer, Server};
pub use settings::*;
pub use time::*;
pub use view::*;
pub use world::World;
