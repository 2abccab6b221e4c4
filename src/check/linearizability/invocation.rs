//! One operation of a client, as the history sees it.

use std::sync::Arc;

use crate::check::evidence::AnsweredOperation;
use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::{EventId, Micros};

/// An operation from its invocation on.
#[derive(Clone, Debug)]
pub(super) struct Invocation {
    /// Its number in the one count of all invocations and responses.
    pub id: u64,
    pub command: Arc<ClientCommand>,
    pub invoked_us: Micros,
    /// The event in which it was invoked.
    pub event: EventId,
    pub response: Response,
}

#[derive(Clone, Debug)]
pub(super) enum Response {
    Pending,
    /// The client gave up. The operation may take effect at any later point, or never.
    Unknown,
    Answered {
        /// Its number in the one count of all invocations and responses.
        order: u64,
        answer: Answer,
    },
}

/// The value that an operation leaves in its key, if it writes one.
pub(super) fn value_written(op: &Op) -> Option<&str> {
    match op {
        Op::Set { value, .. } | Op::Cas { new: value, .. } => Some(value),
        Op::Get { .. } | Op::Delete { .. } => None,
    }
}

impl Invocation {
    pub fn op(&self) -> &Op {
        &self.command.op
    }

    /// The operation with its events, if it is answered in that one.
    pub fn answered_in(&self, event: EventId) -> AnsweredOperation {
        let ClientCommand { client, serial, .. } = *self.command;
        AnsweredOperation { client, serial, invoked: self.event, answered: event }
    }

    pub fn answer(&self) -> Option<&Answer> {
        match &self.response {
            Response::Answered { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// Whether it certainly changed nothing: a read, or a cas that failed.
    pub fn changed_nothing(&self) -> bool {
        self.op().is_read() || self.answer() == Some(&Answer::Failed)
    }

    /// Whether its effect does not depend on the value before: a set or a delete.
    pub fn is_blind(&self) -> bool {
        matches!(self.op(), Op::Set { .. } | Op::Delete { .. })
    }

    /// Whether its response may show a value that was overwritten in the meantime.
    pub fn may_need_replay(&self) -> bool {
        matches!(self.response, Response::Pending) && !self.is_blind()
    }

    /// Whether it may take effect just before the response of that number.
    pub fn is_in_flight(&self, now: u64) -> bool {
        self.id < now
            && match self.response {
                // What a read saw is not known yet; its response replays the ones since.
                Response::Pending => !self.op().is_read(),
                Response::Unknown => true,
                Response::Answered { order, .. } => order >= now,
            }
    }

    /// The value that the key held when it took effect, or right after.
    pub fn value_shown(&self) -> Option<&str> {
        match self.answer() {
            Some(Answer::Value(value)) => Some(value),
            _ => value_written(self.op()),
        }
    }

    /// Whether it can take effect while the key holds that value, and give the answer that it gave.
    pub fn fits(&self, value: Option<&str>) -> bool {
        match (self.op(), self.answer()) {
            (Op::Get { .. }, Some(Answer::Value(seen))) => value == Some(seen),
            (Op::Get { .. }, Some(Answer::Nothing)) => value.is_none(),
            (Op::Get { .. }, _) => false,
            (Op::Cas { old, .. }, Some(Answer::Failed)) => value != Some(old),
            (Op::Cas { old, .. }, _) => value == Some(old),
            _ => true,
        }
    }
}
