//! The clients' history as a whole, and its verdict.

use crate::check::evidence::Unexplained;
use crate::raft::ClientCommand;
use crate::sim::{EventId, Operation};

use super::explain::{describe, explain};
use super::invocation::{Invocation, Response};
use super::key::KeyHistory;
use super::linearization::OutOfWork;

/// The most work that one response may cost before its key is given up, in linearizations compared.
/// It is saved up: a response may spend what earlier ones left over. So a burst is judged, and a
/// page that judges for hours stays quick.
const WORK_MAX: usize = 10_000_000;
/// The work that each response adds to the budget.
const WORK_PER_RESPONSE: usize = 50_000;

/// What is known about the history so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    #[default]
    Linearizable,
    Violated {
        /// The operation that fits no order, and why.
        text: String,
    },
    /// Judging it would have taken too long.
    Undecided {
        /// The first operation that was not judged.
        from: String,
    },
}

/// The clients' history so far.
#[derive(Clone, Debug)]
pub struct History {
    /// Sorted by key.
    keys: Vec<KeyHistory>,
    violation: Option<String>,
    undecided_from: Option<String>,
    /// How much the next response may cost.
    budget: usize,
    /// How much all responses have cost.
    work: u64,
}

impl Default for History {
    fn default() -> History {
        History {
            keys: Vec::new(),
            violation: None,
            undecided_from: None,
            budget: WORK_MAX,
            work: 0,
        }
    }
}

impl History {
    pub fn verdict(&self) -> Verdict {
        match (&self.violation, &self.undecided_from) {
            (Some(text), _) => Verdict::Violated { text: text.clone() },
            (None, Some(from)) => Verdict::Undecided { from: from.clone() },
            (None, None) => Verdict::Linearizable,
        }
    }

    /// Adds an operation that a client began in that event.
    pub fn invoke(&mut self, operation: &Operation, event: EventId) {
        if self.violation.is_some() {
            return;
        }
        let key = self.key(&operation.command);
        if !key.given_up {
            key.invocations.push(Invocation {
                id: operation.invoke_order,
                command: operation.command.clone(),
                invoked_us: operation.invoked_us,
                event,
                response: Response::Pending,
            });
        }
    }

    /// Adds the response to an operation, which the client got in that event. Returns the first one
    /// that no order explains.
    pub fn respond(&mut self, operation: &Operation, event: EventId) -> Option<Box<Unexplained>> {
        let Some((time_us, answer)) = &operation.answered else { return None };
        if self.violation.is_some() {
            return None;
        }
        let mut budget = WORK_MAX.min(self.budget + WORK_PER_RESPONSE);
        let key = self.key(&operation.command);
        let at = key.find(operation.invoke_order)?;
        let (budget_before, invocations) = (budget, key.invocations.len());
        let mut unexplained = None;
        match key.respond(at, answer, (operation.answer_order, event), &mut budget) {
            Ok(true) => key.forget(),
            Ok(false) => {
                let text = explain(&key.invocations, at, *time_us, key.responses_since(at));
                unexplained = Some(Box::new(Unexplained {
                    key: key.name.clone(),
                    operation: key.invocations[at].answered_in(event),
                    is_read: key.invocations[at].op().is_read(),
                    write: key.newest_write(),
                    text: text.clone(),
                }));
                self.violation = Some(text);
                self.keys.clear();
            }
            Err(OutOfWork) => {
                key.give_up();
                self.undecided_from.get_or_insert_with(|| describe(&operation.command));
            }
        }
        self.budget = budget;
        self.work += (budget_before - budget + invocations) as u64;
        unexplained
    }

    /// How much all responses have cost so far.
    pub(in crate::check) fn work(&self) -> u64 {
        self.work
    }

    /// Roughly how many bytes a copy takes.
    pub(in crate::check) fn approximate_bytes(&self) -> usize {
        self.keys.iter().map(KeyHistory::approximate_bytes).sum()
    }

    /// Marks the history as incomplete: from now on nothing is added to it.
    pub(in crate::check) fn stop(&mut self) {
        self.undecided_from.get_or_insert_with(|| "the moment when checks were off".to_owned());
    }

    fn key(&mut self, command: &ClientCommand) -> &mut KeyHistory {
        let name = command.op.key();
        let at = match self.keys.binary_search_by(|key| key.name.as_str().cmp(name)) {
            Ok(at) => at,
            Err(at) => {
                self.keys.insert(at, KeyHistory::new(name));
                at
            }
        };
        &mut self.keys[at]
    }
}
