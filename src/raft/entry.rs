//! Log entries and what they carry: nothing (a no-op), a client's command, or a configuration.

use std::fmt;
use std::sync::Arc;

use super::membership::configuration::Configuration;
use super::types::{ClientId, Term};

/// An entry of the log (section 5.3). Its index is its position in the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The term of the leader that appended it first; never changes after that.
    pub term: Term,
    pub command: Command,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// The first entry of a new leader's term (section 8). Committing it commits everything before
    /// it, which the leader could not do by counting copies of older entries (section 5.4.2).
    Noop,
    /// Shared, because it is in many logs and messages at once.
    Client(Arc<ClientCommand>),
    /// In force from the moment it is appended, committed or not (section 6).
    Configuration(Configuration),
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Command::Noop => f.write_str("noop"),
            Command::Client(command) => command.op.fmt(f),
            Command::Configuration(configuration) => configuration.fmt(f),
        }
    }
}

/// A client's operation, with what its session needs to recognize a retry (section 8;
/// dissertation, section 6.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientCommand {
    pub client: ClientId,
    /// Counts the client's commands from 1 on. A retry has the serial number of the original.
    pub serial: u64,
    /// The client has the answers of all smaller serial numbers, so the session may drop them.
    pub answered_below: u64,
    pub op: Op,
}

/// An operation on the key-value store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Set {
        key: String,
        value: String,
    },
    Get {
        key: String,
    },
    Delete {
        key: String,
    },
    /// Compare and set: writes `new` if the key holds `old`.
    Cas {
        key: String,
        old: String,
        new: String,
    },
}

impl Op {
    pub fn key(&self) -> &str {
        match self {
            Op::Set { key, .. } | Op::Get { key } | Op::Delete { key } | Op::Cas { key, .. } => key,
        }
    }

    pub fn is_read(&self) -> bool {
        matches!(self, Op::Get { .. })
    }
}

impl fmt::Display for Op {
    /// Short, for a cell of the log table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::Set { key, value } => write!(f, "{key}←{value}"),
            Op::Get { key } => write!(f, "{key}?"),
            Op::Delete { key } => write!(f, "{key}←∅"),
            Op::Cas { key, old, new } => write!(f, "{key}:{old}→{new}"),
        }
    }
}

/// The outcome of an operation, as its client sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The command was applied.
    Ok,
    Value(String),
    /// A read found no value.
    Nothing,
    /// The key did not hold the `old` value of a [`Op::Cas`].
    Failed,
    /// The session has expired, so nobody knows whether the command was applied.
    Expired,
    /// The server does not lead, and the client did not follow the redirect.
    NotLeader,
    /// The client gave up waiting. The command may be applied all the same.
    Timeout,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Ok => f.write_str("ok"),
            Answer::Value(value) => f.write_str(value),
            Answer::Nothing => f.write_str("none"),
            Answer::Failed => f.write_str("failed"),
            Answer::Expired => f.write_str("expired"),
            Answer::NotLeader => f.write_str("not-leader"),
            Answer::Timeout => f.write_str("timeout"),
        }
    }
}
