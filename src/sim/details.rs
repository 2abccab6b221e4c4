//! What an event changed: for the page, and for traces that other programs read.
//!
//! [`Recorder::on`](super::Recorder::on) and [`Recorder::detailed`](super::Recorder::detailed)
//! collect it, the message only the latter.

use crate::raft::{Configuration, Entry, Index, LogId, Message, Role, ServerId, Term};

use super::clients::Operation;
use super::time::Micros;

/// All that an event changed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EventDetails {
    /// The message that arrived, stalled or was lost.
    pub message: Option<SentMessage>,
    /// The servers that differ from before the event, in order.
    pub servers: Vec<ServerChange>,
    /// The links between servers that an action cut or healed.
    pub links: Vec<LinkChange>,
    /// The operations that clients invoked, as they were after the event.
    pub invoked: Vec<Operation>,
    /// The operations that got their response.
    pub answered: Vec<Operation>,
    /// How many messages had been sent in the run after the event: those of the event
    /// have the highest numbers.
    pub messages_sent: u64,
}

/// One direction of a link that was cut or healed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkChange {
    pub from: ServerId,
    pub to: ServerId,
    pub up: bool,
}

/// A message, and when it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    pub message: Message,
    pub sent_us: Micros,
}

/// A server that differs from before the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChange {
    pub server: ServerId,
    pub before: ServerState,
    pub after: ServerState,
    /// The entries from this index on are no longer those from before.
    pub truncated_from: Option<Index>,
    /// The new entries and their indexes, also those that a snapshot replaced in the same event.
    pub appended: Vec<(Index, Entry)>,
}

/// A server without its log, its state machine and what a leader knows of its followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerState {
    pub activity: Activity,
    pub role: Role,
    pub term: Term,
    pub voted_for: Option<ServerId>,
    /// The leader that it knows of, itself included.
    pub leader: Option<ServerId>,
    /// The latest in its log.
    pub configuration: Configuration,
    pub last_index: Index,
    /// The last entry that its snapshot replaces; index and term 0 without a snapshot.
    pub snapshot: LogId,
    pub commit_index: Index,
    pub last_applied: Index,
}

/// Whether a server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    Running,
    Paused,
    Crashed,
}
