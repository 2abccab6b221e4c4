//! Clients: who they are and what they asked.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::raft::{Answer, ClientCommand, ClientId, Op, ServerId};

use crate::sim::time::Micros;

/// How many operations a client remembers. Those that wait for an answer are always remembered.
const OPERATIONS_MAX: usize = 1000;

/// A client of the cluster, with one session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    id: ClientId,
    pub(in crate::sim) leader: Option<ServerId>,
    next_serial: u64,
    answered_below: u64,
    /// Shared with copies of the client until they change.
    operations: VecDeque<Arc<Operation>>,
}

/// One command of a client, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    /// The command, the same in every attempt.
    pub command: Arc<ClientCommand>,
    /// When the client first sent it, in microseconds.
    pub invoked_us: Micros,
    /// When it was answered, in microseconds, and how.
    pub answered: Option<(Micros, Answer)>,
    /// How often it was sent.
    pub attempts: u32,
    /// How often a server sent the client elsewhere.
    pub redirects: u32,
    /// Where it was sent last.
    pub target: Option<ServerId>,
    /// Where it was sent last without a hint at a leader.
    pub guessed: Option<ServerId>,
    /// The number of its answer among all answers of all clients; orders answers within a moment.
    pub answer_order: u64,
    /// The number of its invocation among all of all clients.
    pub invoke_order: u64,
}

impl Operation {
    /// The client's number of it, from 1 on.
    pub fn serial(&self) -> u64 {
        self.command.serial
    }

    /// What it asks.
    pub fn op(&self) -> &Op {
        &self.command.op
    }
}

impl Client {
    pub(in crate::sim) fn new(id: ClientId) -> Client {
        let operations = VecDeque::new();
        Client { id, leader: None, next_serial: 1, answered_below: 1, operations }
    }

    /// Its name.
    pub fn id(&self) -> ClientId {
        self.id
    }

    /// Where it last found a leader.
    pub fn leader(&self) -> Option<ServerId> {
        self.leader
    }

    /// What it asked, oldest first; only the newest are kept.
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

    /// How many of its operations wait for an answer.
    pub fn open(&self) -> usize {
        self.operations.iter().filter(|operation| operation.answered.is_none()).count()
    }

    /// The operation of that number, if it is remembered.
    pub fn operation(&self, serial: u64) -> Option<&Operation> {
        self.operations.get(self.place(serial)?).map(Arc::as_ref)
    }

    pub(in crate::sim) fn operation_mut(&mut self, serial: u64) -> Option<&mut Operation> {
        let place = self.place(serial)?;
        self.operations.get_mut(place).map(Arc::make_mut)
    }

    /// The operations are numbered without gaps.
    fn place(&self, serial: u64) -> Option<usize> {
        Some(serial.checked_sub(self.operations.front()?.serial())? as usize)
    }

    /// Begins an operation, and returns its number.
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
        self.operations.push_back(Arc::new(Operation {
            command: Arc::new(command),
            invoked_us: now_us,
            answered: None,
            attempts: 0,
            redirects: 0,
            target: None,
            guessed: None,
            answer_order: 0,
            invoke_order: order,
        }));
        serial
    }

    /// Notes an answer. False: it had one already.
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
