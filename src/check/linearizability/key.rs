//! The operations on one key.

use crate::check::evidence::AnsweredOperation;
use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::EventId;

use super::invocation::{Invocation, Response};
use super::linearization::{Linearization, OutOfWork, PastResponse, linearizations_after};

/// The most responses on a key that are kept for replay. An operation that is overtaken by more is
/// undecided.
const RESPONSES_MAX: usize = 2_000;

/// The number of answered writes that are kept without a look whether they still matter.
const WRITTEN_MAX: usize = 32;

/// What is kept of the operations on one key.
#[derive(Clone, Debug)]
pub(super) struct KeyHistory {
    pub name: String,
    /// The operations that may still matter, in the order of their invocations.
    pub invocations: Vec<Invocation>,
    /// Every state that an order of the operations up to the newest response can lead to.
    linearizations: Vec<Linearization>,
    /// The responses since the oldest pending operation that may have to be replayed for.
    responses: Vec<PastResponse>,
    /// Responses up to this one were dropped.
    horizon: u64,
    /// The answered writes that may be what the key holds, oldest first, and maybe some others.
    written: Vec<AnsweredOperation>,
    /// The length at which the others are dropped.
    written_max: usize,
    /// Judging this key would have taken too long: it is ignored.
    pub given_up: bool,
}

impl KeyHistory {
    pub fn new(name: &str) -> KeyHistory {
        KeyHistory {
            name: name.to_owned(),
            invocations: Vec::new(),
            linearizations: vec![Linearization::default()],
            responses: Vec::new(),
            horizon: 0,
            written: Vec::new(),
            written_max: WRITTEN_MAX,
            given_up: false,
        }
    }

    /// Where that invocation stands.
    pub fn find(&self, id: u64) -> Option<usize> {
        self.invocations.binary_search_by(|invocation| invocation.id.cmp(&id)).ok()
    }

    /// Adds a response to the invocation at `at`. False: no order explains it.
    pub fn respond(
        &mut self,
        at: usize,
        answer: &Answer,
        (order, event): (u64, EventId),
        budget: &mut usize,
    ) -> Result<bool, OutOfWork> {
        let id = self.invocations[at].id;
        // A copy of a command that one server refused may still reach another.
        if matches!(answer, Answer::Timeout | Answer::NotLeader | Answer::Expired) {
            match self.invocations[at].op().is_read() {
                true => drop(self.invocations.remove(at)),
                false => self.invocations[at].response = Response::Unknown,
            }
            return Ok(true);
        }
        self.invocations[at].response = Response::Answered { order, answer: answer.clone() };
        if self.invocations[at].changed_nothing() {
            self.replay_since(id, budget)?;
        }
        let after =
            linearizations_after(&self.invocations, &self.linearizations, id, order, budget)?;
        let before = std::mem::replace(&mut self.linearizations, after);
        self.responses.push(PastResponse { order, target: id, before });
        if !self.linearizations.is_empty() && !self.invocations[at].changed_nothing() {
            self.written.push(self.invocations[at].answered_in(event));
        }
        Ok(!self.linearizations.is_empty())
    }

    /// Replays the responses since the operation was invoked, now that its answer says what it saw.
    fn replay_since(&mut self, id: u64, budget: &mut usize) -> Result<(), OutOfWork> {
        if id < self.horizon {
            return Err(OutOfWork);
        }
        let first = self.first_relevant_response(id);
        let Some(response) = self.responses.get(first) else { return Ok(()) };
        let mut linearizations = response.before.clone();
        for response in &mut self.responses[first..] {
            let PastResponse { target, order, .. } = *response;
            let after =
                linearizations_after(&self.invocations, &linearizations, target, order, budget)?;
            response.before = std::mem::replace(&mut linearizations, after);
        }
        self.linearizations = linearizations;
        Ok(())
    }

    /// While sets and deletes are the only writes, an operation that changed nothing matters only
    /// from the response on at which the key could hold the value that it saw.
    fn first_relevant_response(&self, id: u64) -> usize {
        let first = self.first_response_after(id);
        let Some(at) = self.find(id) else { return first };
        if self.invocations.iter().any(|invocation| matches!(invocation.op(), Op::Cas { .. })) {
            return first;
        }
        let reader = &self.invocations[at];
        let is_relevant = |response: &PastResponse| {
            response.before.iter().any(|before| reader.fits(before.value()))
                || self
                    .find(response.target)
                    .is_some_and(|target| reader.fits(self.invocations[target].value_shown()))
        };
        let relevant = self.responses[first..].iter().position(is_relevant);
        relevant.map_or(self.responses.len(), |skipped| first + skipped)
    }

    fn first_response_after(&self, id: u64) -> usize {
        self.responses.partition_point(|response| response.order < id)
    }

    /// The responses since that operation was invoked, including its own.
    pub fn responses_since(&self, at: usize) -> &[PastResponse] {
        &self.responses[self.first_response_after(self.invocations[at].id)..]
    }

    /// The newest write that has taken effect before the newest response, if it is answered.
    pub fn newest_write(&self) -> Option<AnsweredOperation> {
        let writer = self.responses.last()?.before.last()?.writer()?;
        self.written.iter().find(|write| is_of(writer, write)).copied()
    }

    fn forget_writes(&mut self) {
        let before = self.responses.iter().flat_map(|response| &response.before);
        let writers: Vec<_> =
            before.chain(&self.linearizations).filter_map(Linearization::writer).collect();
        self.written.retain(|write| writers.iter().any(|writer| is_of(writer, write)));
        self.written_max = WRITTEN_MAX.max(2 * self.written.len());
    }

    /// Drops what cannot matter any more.
    pub fn forget(&mut self) {
        if self.written.len() >= self.written_max {
            self.forget_writes();
        }
        let needs_replay =
            |invocation: &&Invocation| invocation.may_need_replay() && invocation.id > self.horizon;
        let oldest = self.invocations.iter().find(needs_replay);
        let mut obsolete =
            oldest.map_or(self.responses.len(), |oldest| self.first_response_after(oldest.id));
        if self.responses.len() - obsolete > RESPONSES_MAX {
            obsolete = self.responses.len() - RESPONSES_MAX / 2;
            self.horizon = self.responses[obsolete - 1].order;
        }
        self.responses.drain(..obsolete);
        let since = self.responses.first().map_or(u64::MAX, |response| response.order);
        let (linearizations, settled) = (&mut self.linearizations, self.responses.is_empty());
        self.invocations.retain(|invocation| match invocation.response {
            Response::Pending => true,
            Response::Answered { order, .. } => order >= since,
            // If it took effect in every order, its outcome is known after all.
            Response::Unknown => {
                let took_effect = settled
                    && linearizations
                        .iter()
                        .all(|linearization| linearization.includes(invocation));
                if took_effect {
                    linearizations.iter_mut().for_each(|each| each.forget(invocation.id));
                }
                !took_effect
            }
        });
    }

    pub fn give_up(&mut self) {
        *self = KeyHistory { given_up: true, ..KeyHistory::new(&self.name) };
    }

    /// Roughly how many bytes a copy takes.
    pub fn approximate_bytes(&self) -> usize {
        let before = self.responses.iter().map(|response| response.before.len()).sum::<usize>();
        let items =
            self.invocations.len() + self.linearizations.len() + before + self.written.len();
        64 + (items + self.responses.len()) * 64
    }
}

fn is_of(command: &ClientCommand, operation: &AnsweredOperation) -> bool {
    (command.client, command.serial) == (operation.client, operation.serial)
}
