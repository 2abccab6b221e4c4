//! The clients, and what became of each of their operations.

use crate::raft::{Answer, ClientId, Op, ServerId};
use crate::sim::{Client, Micros, World};

use super::LISTED_MAX;

/// What became of an operation so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// No answer yet.
    Pending,
    /// It did what it was for; a read with what it found.
    Done(String),
    /// It was answered, and did not do what it was for.
    Refused(String),
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationModel {
    /// The client's number of it.
    pub serial: u64,
    /// What it asks, as the language writes it.
    pub command: String,
    /// What became of it.
    pub fate: Fate,
    /// How often it was sent.
    pub attempts: u32,
    /// How often a server sent it elsewhere.
    pub redirects: u32,
    /// To which server it was sent last.
    pub target: Option<ServerId>,
    /// When it was first sent, in microseconds.
    pub invoked_us: Micros,
    /// How long it took, in microseconds.
    pub took_us: Option<Micros>,
}

/// A client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientModel {
    /// Which one.
    pub id: ClientId,
    /// Where it last found a leader.
    pub leader: Option<ServerId>,
    /// Its newest operations, the newest first.
    pub operations: Vec<OperationModel>,
    /// How many of all its operations that are kept are not answered.
    pub pending: usize,
}

pub(super) fn take(world: &World) -> Vec<ClientModel> {
    world.clients().iter().map(client).collect()
}

fn client(client: &Client) -> ClientModel {
    let operations = client.operations();
    ClientModel {
        id: client.id(),
        leader: client.leader(),
        operations: operations
            .iter()
            .rev()
            .take(LISTED_MAX)
            .map(|operation| OperationModel {
                serial: operation.serial(),
                command: command(operation.op()),
                fate: fate(operation.answered.as_ref().map(|(_, answer)| answer)),
                attempts: operation.attempts,
                redirects: operation.redirects,
                target: operation.target,
                invoked_us: operation.invoked_us,
                took_us: operation
                    .answered
                    .as_ref()
                    .map(|(at_us, _)| at_us.saturating_sub(operation.invoked_us)),
            })
            .collect(),
        pending: operations.iter().filter(|operation| operation.answered.is_none()).count(),
    }
}

fn fate(answer: Option<&Answer>) -> Fate {
    match answer {
        None => Fate::Pending,
        Some(Answer::Ok) => Fate::Done("ok".into()),
        Some(Answer::Value(value)) => Fate::Done(format!("found {value}")),
        Some(Answer::Nothing) => Fate::Done("no such key".into()),
        Some(Answer::Expired) => Fate::Refused("session expired".into()),
        Some(Answer::Failed) => Fate::Refused("did not match".into()),
        Some(Answer::NotLeader) => Fate::Refused("not the leader".into()),
        Some(Answer::Timeout) => Fate::Refused("no answer in time".into()),
    }
}

/// An operation as the language writes it.
fn command(op: &Op) -> String {
    match op {
        Op::Set { key, value } => format!("set {key} {value}"),
        Op::Get { key } => format!("get {key}"),
        Op::Delete { key } => format!("delete {key}"),
        Op::Cas { key, old, new } => format!("cas {key} {old} {new}"),
    }
}
