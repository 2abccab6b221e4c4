//! A client's session (section 8): its operations and the leader that it knows.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::raft::{Answer, ClientCommand, ClientId, Op, ServerId};

use crate::sim::time::Micros;

/// The number of operations that a client remembers. Open ones are never forgotten.
const OPERATIONS_MAX: usize = 1000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    id: ClientId,
    pub(in crate::sim) leader: Option<ServerId>,
    next_serial: u64,
    answered_below: u64,
    /// Shared with clones of the client until they change.
    operations: VecDeque<Arc<Operation>>,
}

/// A command of a client and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    /// The same in every attempt, so that the session can tell a retry.
    pub command: Arc<ClientCommand>,
    pub invoked_us: Micros,
    /// The time of the response in microseconds, and the response.
    pub answered: Option<(Micros, Answer)>,
    /// How many times it was sent.
    pub attempts: u32,
    /// How many times a server redirected the client.
    pub redirects: u32,
    /// The last server that it was sent to.
    pub target: Option<ServerId>,
    /// The last server that it was sent to without knowing a leader.
    pub guessed: Option<ServerId>,
    /// Counts the responses and invocations of all clients. It orders those of one moment.
    pub answer_order: u64,
    /// As `answer_order`, for the invocation.
    pub invoke_order: u64,
}

impl Operation {
    /// A command that its client has just invoked, before the first attempt.
    pub fn new(command: ClientCommand, invoked_us: Micros, invoke_order: u64) -> Operation {
        Operation {
            command: Arc::new(command),
            invoked_us,
            answered: None,
            attempts: 0,
            redirects: 0,
            target: None,
            guessed: None,
            answer_order: 0,
            invoke_order,
        }
    }

    /// From 1 on, without gaps.
    pub fn serial(&self) -> u64 {
        self.command.serial
    }

    pub fn op(&self) -> &Op {
        &self.command.op
    }
}

impl Client {
    pub(in crate::sim) fn new(id: ClientId) -> Client {
        let operations = VecDeque::new();
        Client { id, leader: None, next_serial: 1, answered_below: 1, operations }
    }

    pub fn id(&self) -> ClientId {
        self.id
    }

    /// The leader that it knows.
    pub fn leader(&self) -> Option<ServerId> {
        self.leader
    }

    /// The newest operations, oldest first.
    pub fn operations(&self) -> &VecDeque<Arc<Operation>> {
        &self.operations
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub(in crate::sim) fn unshared_bytes(&self, base: &Client) -> usize {
        let known = base.operations.back().map_or(0, |newest| newest.serial());
        let news = self.next_serial.saturating_sub(known + 1) as usize;
        self.operations.len() * 8 + news.min(self.operations.len()) * 256
    }

    /// The number of operations without a response.
    pub fn open(&self) -> usize {
        self.operations.iter().filter(|operation| operation.answered.is_none()).count()
    }

    /// The operation with that serial number, if it is remembered.
    pub fn operation(&self, serial: u64) -> Option<&Operation> {
        self.operations.get(self.place(serial)?).map(Arc::as_ref)
    }

    pub(in crate::sim) fn operation_mut(&mut self, serial: u64) -> Option<&mut Operation> {
        let place = self.place(serial)?;
        self.operations.get_mut(place).map(Arc::make_mut)
    }

    /// Serial numbers have no gaps.
    fn place(&self, serial: u64) -> Option<usize> {
        Some(serial.checked_sub(self.operations.front()?.serial())? as usize)
    }

    /// Begins an operation, and returns its serial number.
    pub(in crate::sim) fn begin(&mut self, op: Op, now_us: Micros, order: u64) -> u64 {
        while self.operations.len() >= OPERATIONS_MAX
            && self.operations.front().is_some_and(|oldest| oldest.answered.is_some())
        {
            self.operations.pop_front();
        }
        let serial = self.next_serial;
        self.next_serial += 1;
        let command =
            ClientCommand { client: self.id, serial, answered_below: self.answered_below, op };
        self.operations.push_back(Arc::new(Operation::new(command, now_us, order)));
        serial
    }

    /// False: the operation already has its response.
    pub(in crate::sim) fn answer(
        &mut self,
        serial: u64,
        answer: Answer,
        now_us: Micros,
        order: u64,
    ) -> bool {
        match self.operation_mut(serial) {
            Some(operation) if operation.answered.is_none() => {
                operation.answered = Some((now_us, answer));
                operation.answer_order = order;
            }
            _ => return false,
        }
        while self
            .operation(self.answered_below)
            .is_some_and(|operation| operation.answered.is_some())
        {
            self.answered_below += 1;
        }
        true
    }
}
