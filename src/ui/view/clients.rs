//! The clients and their operations.

use crate::check::{Evidence, Violation};
use crate::raft::{Answer, ClientId, Op, ServerId};
use crate::sim::{Client, Micros, Operation, World};

/// The newest operations of a client are listed, older ones are not.
const LISTED_MAX: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationOutcome {
    Pending,
    /// With what a read returned.
    Done(String),
    /// With the reason.
    Failed(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationModel {
    pub serial: u64,
    /// As the language writes it.
    pub command: String,
    pub outcome: OperationOutcome,
    /// No order of the operations explains the answer: it breaks linearizability.
    pub fits_no_order: bool,
    /// The number of times that it was sent.
    pub attempts: u32,
    /// The number of redirects by servers that did not lead.
    pub redirects: u32,
    /// The server that it was sent to last.
    pub target: Option<ServerId>,
    /// The time of the first attempt.
    pub invoked_us: Micros,
    /// From the first attempt to the answer.
    pub took_us: Option<Micros>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientModel {
    pub id: ClientId,
    /// The last known leader.
    pub leader: Option<ServerId>,
    /// The newest first.
    pub operations: Vec<OperationModel>,
    /// The number of operations without an answer.
    pub pending: usize,
}

impl ClientModel {
    /// The server that its oldest open operation waits for, or else the leader that it knows; and
    /// whether it waits.
    pub fn talks_to(&self) -> Option<(ServerId, bool)> {
        let open = |operation: &&OperationModel| operation.outcome == OperationOutcome::Pending;
        match self.operations.iter().rev().find(open).and_then(|operation| operation.target) {
            Some(server) => Some((server, true)),
            None => self.leader.map(|leader| (leader, false)),
        }
    }
}

pub(super) fn models(world: &World, violations: &[Violation]) -> Vec<ClientModel> {
    let unexplained: Vec<(ClientId, u64)> = violations.iter().filter_map(unexplained).collect();
    world.clients().iter().map(|one| client(one, &unexplained)).collect()
}

/// The client and the serial number of the operation whose answer fits no order.
fn unexplained(violation: &Violation) -> Option<(ClientId, u64)> {
    match &violation.evidence {
        Evidence::NoOrder(found) => Some((found.operation.client, found.operation.serial)),
        _ => None,
    }
}

fn client(client: &Client, unexplained: &[(ClientId, u64)]) -> ClientModel {
    let operations = client.operations();
    ClientModel {
        id: client.id(),
        leader: client.leader(),
        operations: operations
            .iter()
            .rev()
            .take(LISTED_MAX)
            .map(|operation| {
                let fits_no_order = unexplained.contains(&(client.id(), operation.serial()));
                operation_model(operation, fits_no_order)
            })
            .collect(),
        pending: operations.iter().filter(|operation| operation.answered.is_none()).count(),
    }
}

pub(super) fn operation_model(operation: &Operation, fits_no_order: bool) -> OperationModel {
    let answered = operation.answered.as_ref();
    OperationModel {
        serial: operation.serial(),
        command: command(operation.op()),
        outcome: outcome(answered.map(|(_, answer)| answer)),
        fits_no_order,
        attempts: operation.attempts,
        redirects: operation.redirects,
        target: operation.target,
        invoked_us: operation.invoked_us,
        took_us: answered.map(|(at_us, _)| at_us.saturating_sub(operation.invoked_us)),
    }
}

fn outcome(answer: Option<&Answer>) -> OperationOutcome {
    match answer {
        None => OperationOutcome::Pending,
        Some(Answer::Ok) => OperationOutcome::Done("ok".into()),
        Some(Answer::Value(value)) => OperationOutcome::Done(format!("returned {value}")),
        Some(Answer::Nothing) => OperationOutcome::Done("no such key".into()),
        Some(Answer::Expired) => OperationOutcome::Failed("session expired".into()),
        Some(Answer::Failed) => OperationOutcome::Failed("did not match".into()),
        Some(Answer::NotLeader) => OperationOutcome::Failed("not the leader".into()),
        Some(Answer::Timeout) => OperationOutcome::Failed("no answer in time".into()),
    }
}

fn command(op: &Op) -> String {
    match op {
        Op::Set { key, value } => format!("set {key} {value}"),
        Op::Get { key } => format!("get {key}"),
        Op::Delete { key } => format!("delete {key}"),
        Op::Cas { key, old, new } => format!("cas {key} {old} {new}"),
    }
}
