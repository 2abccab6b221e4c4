//! Commands, operations and answers in a trace.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::raft::{Answer, ClientCommand, Command, Op};

/// What a log entry holds. Two entries are the same if these are equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TraceCommand {
    /// As this program writes it.
    Typed(TypedCommand),
    /// As any other program writes it.
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TypedCommand {
    Noop,
    Client {
        client: String,
        serial: u64,
        op: TraceOp,
    },
    Configuration {
        voters: Vec<String>,
        /// In joint consensus, the voters before the change.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        old_voters: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        learners: Vec<String>,
    },
}

/// An operation on the key-value store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TraceOp {
    Set { key: String, value: String },
    Get { key: String },
    Delete { key: String },
    Cas { key: String, old: String, new: String },
}

/// The kind of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceAnswerKind {
    Ok,
    /// A read, with the value that it returned.
    Value,
    None,
    Failed,
    Expired,
    NotLeader,
    Timeout,
}

// By hand: the messages of an untagged enum do not say what is wrong.
impl<'de> Deserialize<'de> for TraceCommand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TraceCommand, D::Error> {
        struct AnyCommand;
        impl<'de> Visitor<'de> for AnyCommand {
            type Value = TraceCommand;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a command: an object with `kind`, or a string")
            }

            fn visit_str<E>(self, text: &str) -> Result<TraceCommand, E> {
                Ok(TraceCommand::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TraceCommand, A::Error> {
                let typed = TypedCommand::deserialize(MapAccessDeserializer::new(map))?;
                Ok(TraceCommand::Typed(typed))
            }
        }
        deserializer.deserialize_any(AnyCommand)
    }
}

impl From<&Command> for TraceCommand {
    fn from(command: &Command) -> TraceCommand {
        TraceCommand::Typed(match command {
            Command::Noop => TypedCommand::Noop,
            Command::Client(command) => TypedCommand::from(command.as_ref()),
            Command::Configuration(configuration) => TypedCommand::Configuration {
                voters: names(configuration.voters),
                old_voters: names(configuration.old_voters),
                learners: names(configuration.learners),
            },
        })
    }
}

impl From<&ClientCommand> for TypedCommand {
    fn from(command: &ClientCommand) -> TypedCommand {
        TypedCommand::Client {
            client: command.client.to_string(),
            serial: command.serial,
            op: TraceOp::from(&command.op),
        }
    }
}

/// Items as texts, in order.
pub(super) fn names(items: crate::raft::ServerSet) -> Vec<String> {
    items.iter().map(|item| item.to_string()).collect()
}

impl From<&Op> for TraceOp {
    fn from(op: &Op) -> TraceOp {
        match op.clone() {
            Op::Set { key, value } => TraceOp::Set { key, value },
            Op::Get { key } => TraceOp::Get { key },
            Op::Delete { key } => TraceOp::Delete { key },
            Op::Cas { key, old, new } => TraceOp::Cas { key, old, new },
        }
    }
}

impl From<&TraceOp> for Op {
    fn from(op: &TraceOp) -> Op {
        match op.clone() {
            TraceOp::Set { key, value } => Op::Set { key, value },
            TraceOp::Get { key } => Op::Get { key },
            TraceOp::Delete { key } => Op::Delete { key },
            TraceOp::Cas { key, old, new } => Op::Cas { key, old, new },
        }
    }
}

impl TraceAnswerKind {
    /// The kind of an answer, and the value that it carries.
    pub fn split(answer: &Answer) -> (TraceAnswerKind, Option<String>) {
        match answer {
            Answer::Ok => (TraceAnswerKind::Ok, None),
            Answer::Value(value) => (TraceAnswerKind::Value, Some(value.clone())),
            Answer::Nothing => (TraceAnswerKind::None, None),
            Answer::Failed => (TraceAnswerKind::Failed, None),
            Answer::Expired => (TraceAnswerKind::Expired, None),
            Answer::NotLeader => (TraceAnswerKind::NotLeader, None),
            Answer::Timeout => (TraceAnswerKind::Timeout, None),
        }
    }

    /// The reverse of `split`; `None` if the value is missing or does not belong there.
    pub fn with(self, value: Option<String>) -> Option<Answer> {
        match (self, value) {
            (TraceAnswerKind::Value, Some(value)) => Some(Answer::Value(value)),
            (TraceAnswerKind::Value, None) | (_, Some(_)) => None,
            (TraceAnswerKind::Ok, None) => Some(Answer::Ok),
            (TraceAnswerKind::None, None) => Some(Answer::Nothing),
            (TraceAnswerKind::Failed, None) => Some(Answer::Failed),
            (TraceAnswerKind::Expired, None) => Some(Answer::Expired),
            (TraceAnswerKind::NotLeader, None) => Some(Answer::NotLeader),
            (TraceAnswerKind::Timeout, None) => Some(Answer::Timeout),
        }
    }
}
