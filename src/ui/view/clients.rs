//! The clients and their operations.

use crate::check::{Evidence, Violation};
use crate::raft::{Answer, ClientId, Op, ServerId};
use crate::sim::{Client, EventKind, Journal, Micros, Operation, World};

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
    /// As in a cell of the logs.
    pub short: String,
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
    /// Its oldest open operation was redirected: by this server to that one.
    pub redirect: Option<(ServerId, ServerId)>,
}

impl ClientModel {
    /// The oldest operation without an answer, as far as they are listed.
    fn open_operation(&self) -> Option<&OperationModel> {
        let mut oldest_first = self.operations.iter().rev();
        oldest_first.find(|operation| operation.outcome == OperationOutcome::Pending)
    }

    /// The command of its oldest open operation in short, and the server that was asked.
    pub fn waits_for(&self) -> Option<(String, Option<ServerId>)> {
        self.open_operation().map(|operation| (operation.short.clone(), operation.target))
    }

    /// The name of its button: `C1, believes S2 leads, waits for S3 to answer set x 3`.
    pub fn button_name(&self) -> String {
        let mut name = format!("{:#}", self.id);
        if let Some(leader) = self.leader {
            name.push_str(&format!(", believes {leader:#} leads"));
        }
        if let Some(operation) = self.open_operation() {
            let whom = operation.target.map_or("a server".to_owned(), |id| format!("{id:#}"));
            name.push_str(&format!(", waits for {whom} to answer {}", operation.command));
        }
        name
    }

    /// The server that its oldest open operation waits for, or else the leader that it knows; and
    /// whether it waits.
    pub fn talks_to(&self) -> Option<(ServerId, bool)> {
        match self.open_operation().and_then(|operation| operation.target) {
            Some(server) => Some((server, true)),
            None => self.leader.map(|leader| (leader, false)),
        }
    }
}

pub(super) fn models(
    world: &World,
    journal: &Journal,
    violations: &[Violation],
) -> Vec<ClientModel> {
    let unexplained: Vec<(ClientId, u64)> = violations.iter().filter_map(unexplained).collect();
    let clients = world.clients().iter();
    clients.map(|one| client(one, &unexplained, redirect(journal, one))).collect()
}

/// How many events are searched for the newest redirect.
const SEARCHED_MAX: usize = 400;

/// The server that redirected the oldest open operation last, and where it was sent to.
fn redirect(journal: &Journal, client: &Client) -> Option<(ServerId, ServerId)> {
    let mut operations = client.operations().iter();
    let open = operations.find(|operation| operation.answered.is_none())?;
    let to = open.target.filter(|_| open.redirects > 0)?;
    let mut recent = journal.events().rev().take(SEARCHED_MAX);
    let from = recent.find_map(|event| match &event.kind {
        EventKind::Delivered(note) if note.redirect && note.to == client.id().into() => {
            note.from.server()
        }
        _ => None,
    })?;
    (from != to).then_some((from, to))
}

/// The client and the serial number of the operation whose answer fits no order.
fn unexplained(violation: &Violation) -> Option<(ClientId, u64)> {
    match &violation.evidence {
        Evidence::NoOrder(found) => Some((found.operation.client, found.operation.serial)),
        _ => None,
    }
}

fn client(
    client: &Client,
    unexplained: &[(ClientId, u64)],
    redirect: Option<(ServerId, ServerId)>,
) -> ClientModel {
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
        redirect,
    }
}

pub(super) fn operation_model(operation: &Operation, fits_no_order: bool) -> OperationModel {
    let answered = operation.answered.as_ref();
    OperationModel {
        serial: operation.serial(),
        command: command(operation.op()),
        short: operation.op().to_string(),
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
