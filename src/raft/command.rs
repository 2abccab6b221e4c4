//! What a log entry holds: nothing (a no-op), a client's command, or a configuration.

use std::fmt;
use std::sync::Arc;

use super::configuration::Configuration;
use super::types::{ClientId, Term};

/// One entry of the log (section 5.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The term of the leader that created it.
    pub term: Term,
    /// What it does to the state machine.
    pub command: Command,
}

/// What an entry asks of the state machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Nothing: the entry that a new leader starts its term with (section 8).
    Noop,
    /// A client's operation. Shared, since it stands in many logs and messages at once.
    Client(Arc<ClientCommand>),
    /// Who votes from here on (section 6).
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

/// A client's operation with the session that makes a retry known (section 8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientCommand {
    /// Whose it is.
    pub client: ClientId,
    /// The client's serial number of it, from 1 on; the same in a retry.
    pub serial: u64,
    /// Every earlier serial number has been answered: their responses may be forgotten.
    pub answered_below: u64,
    /// What it does.
    pub op: Op,
}

/// An operation on the key-value store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Gives the key a value.
    Set {
        /// Which key.
        key: String,
        /// Its new value.
        value: String,
    },
    /// Reads the key.
    Get {
        /// Which key.
        key: String,
    },
    /// Removes the key.
    Delete {
        /// Which key.
        key: String,
    },
    /// Compares and sets: gives the key the value `new` if it holds `old`.
    Cas {
        /// Which key.
        key: String,
        /// The value it must hold.
        old: String,
        /// The value it gets then.
        new: String,
    },
}

impl Op {
    /// The key it is about.
    pub fn key(&self) -> &str {
        match self {
            Op::Set { key, .. } | Op::Get { key } | Op::Delete { key } | Op::Cas { key, .. } => key,
        }
    }

    /// Whether it only reads.
    pub fn is_read(&self) -> bool {
        matches!(self, Op::Get { .. })
    }
}

impl fmt::Display for Op {
    /// As the log table shows it: short.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::Set { key, value } => write!(f, "{key}←{value}"),
            Op::Get { key } => write!(f, "{key}?"),
            Op::Delete { key } => write!(f, "{key}←∅"),
            Op::Cas { key, old, new } => write!(f, "{key}:{old}→{new}"),
        }
    }
}

/// What became of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Done.
    Ok,
    /// A read found this value.
    Value(String),
    /// A read found no such key.
    Nothing,
    /// A cas did not match.
    Failed,
    /// The session has expired: whether the command was applied is not known any more.
    Expired,
    /// The server does not lead, and nobody followed the hint.
    NotLeader,
    /// No answer came in time.
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
