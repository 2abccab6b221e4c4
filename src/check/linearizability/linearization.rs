//! Which orders of the operations on one key explain the responses so far.
//!
//! A [`Linearization`] is the state that one such order leads to: the value of the key, and which
//! operations in flight have taken effect. Each response takes the linearizations before it to
//! those after it in which the answered operation has taken effect with the answer that it gave
//! (just-in-time linearization, after Lowe). Three rules keep their number small:
//!
//! - A set or delete takes effect only at its own response, or at the response of an operation that
//!   saw its value. Until then it may as well take effect later, or just before another write that
//!   overwrote it, and so may the operations that saw it.
//! - An operation that changed nothing takes effect as soon as the value fits: waiting gains
//!   nothing.
//! - Of two linearizations with the same value, one is dropped if everything that can follow it can
//!   also follow the other.

use std::sync::Arc;

use crate::raft::ClientCommand;

use super::invocation::{Invocation, Response, value_written};

/// The state that one order of operations leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Linearization {
    /// The operation that wrote the key last.
    writer: Option<Arc<ClientCommand>>,
    /// The response just before which the last set or delete took effect. Earlier writes may still
    /// be inserted right before that one, since it overwrites them.
    overwritten: u64,
    /// The operations in flight that have taken effect, sorted.
    taken_effect: Vec<u64>,
}

/// A response that may have to be replayed.
#[derive(Clone, Debug)]
pub(super) struct PastResponse {
    pub order: u64,
    /// The operation that was answered.
    pub target: u64,
    pub before: Vec<Linearization>,
}

/// The search would cost more than its budget.
#[derive(Debug)]
pub(super) struct OutOfWork;

impl Linearization {
    /// The operation that wrote the key last.
    pub fn writer(&self) -> Option<&Arc<ClientCommand>> {
        self.writer.as_ref()
    }

    /// The value of the key.
    pub fn value(&self) -> Option<&str> {
        self.writer.as_ref().and_then(|writer| value_written(&writer.op))
    }

    /// Whether that operation has taken effect.
    pub fn includes(&self, invocation: &Invocation) -> bool {
        self.includes_id(invocation.id)
    }

    fn includes_id(&self, id: u64) -> bool {
        self.taken_effect.binary_search(&id).is_ok()
    }

    fn include(&mut self, id: u64) {
        if let Err(at) = self.taken_effect.binary_search(&id) {
            self.taken_effect.insert(at, id);
        }
    }

    /// Drops an operation that has taken effect in every order, so that it distinguishes none.
    pub fn forget(&mut self, id: u64) {
        if let Ok(at) = self.taken_effect.binary_search(&id) {
            self.taken_effect.remove(at);
        }
    }

    /// The state after that write.
    fn after(&self, write: &Invocation, now: u64) -> Linearization {
        let mut next = self.clone();
        next.writer = Some(Arc::clone(&write.command));
        next.include(write.id);
        if write.is_blind() {
            next.overwritten = now;
        }
        next
    }
}

/// The search from the linearizations before one response to those after it.
struct Extension<'a> {
    /// The operations that may take effect now, in the order of their invocations.
    in_flight: Vec<&'a Invocation>,
    /// Those among them whose answer depends on the value of the key.
    readers: Vec<&'a Invocation>,
}

/// The linearizations after the response number `now`, which answers `target`. Empty if no order
/// explains it. `budget` counts down the comparisons left.
pub(super) fn linearizations_after(
    invocations: &[Invocation],
    before: &[Linearization],
    target: u64,
    now: u64,
    budget: &mut usize,
) -> Result<Vec<Linearization>, OutOfWork> {
    // Even an operation that does not matter costs a look.
    *budget = budget.checked_sub(invocations.len() / 16).ok_or(OutOfWork)?;
    let in_flight: Vec<&Invocation> =
        invocations.iter().filter(|invocation| invocation.is_in_flight(now)).collect();
    let readers = in_flight.iter().copied().filter(|invocation| !invocation.is_blind()).collect();
    let extension = Extension { in_flight, readers };
    let mut after = Vec::new();
    let Some(target) = extension.find(target) else { return Ok(after) };
    let others = extension.relevant_writes(target);
    let mut tried = Vec::new();
    // The newest first, since it may make an older one redundant.
    for linearization in before.iter().rev() {
        extension.add(&mut tried, linearization.clone(), budget)?;
    }
    let mut next = 0;
    while let Some(linearization) = tried.get(next).cloned() {
        next += 1;
        if linearization.includes(target) {
            extension.add(&mut after, linearization, budget)?;
            continue;
        }
        extension.add_target(&mut after, &linearization, target, now, budget)?;
        for write in &others {
            if linearization.includes(write) {
                continue;
            }
            if target.changed_nothing()
                && write.is_blind()
                && target.fits(value_written(write.op()))
            {
                extension.add(&mut after, linearization.after(write, now), budget)?;
                if linearization.overwritten > write.id.max(target.id) {
                    let inserted = extension.insert_overwritten(&linearization, write);
                    extension.add(&mut after, inserted, budget)?;
                }
            }
            if extension.is_worth_trying(&linearization, write) {
                extension.add(&mut tried, linearization.after(write, now), budget)?;
            }
        }
    }
    after.iter_mut().for_each(|linearization| linearization.forget(target.id));
    Ok(after)
}

impl<'a> Extension<'a> {
    fn find(&self, id: u64) -> Option<&'a Invocation> {
        let at = self.in_flight.binary_search_by(|invocation| invocation.id.cmp(&id)).ok()?;
        Some(self.in_flight[at])
    }

    /// The writes for which it can matter whether they take effect before the target.
    fn relevant_writes(&self, target: &Invocation) -> Vec<&'a Invocation> {
        let any_cas = self.readers.iter().any(|reader| !reader.changed_nothing());
        let is_relevant = |write: &&Invocation| {
            write.id != target.id
                && !write.changed_nothing()
                && (any_cas || target.changed_nothing() && target.fits(value_written(write.op())))
        };
        self.in_flight.iter().copied().filter(is_relevant).collect()
    }

    /// Adds the linearizations in which the target takes effect now, or was overwritten.
    fn add_target(
        &self,
        after: &mut Vec<Linearization>,
        linearization: &Linearization,
        target: &Invocation,
        now: u64,
        budget: &mut usize,
    ) -> Result<(), OutOfWork> {
        if !target.changed_nothing() && target.fits(linearization.value()) {
            self.add(after, linearization.after(target, now), budget)?;
        }
        if target.is_blind() && linearization.overwritten > target.id {
            let inserted = self.insert_overwritten(linearization, target);
            // If nothing but the target was added, these differ as the ones before did.
            match inserted.taken_effect.len() - linearization.taken_effect.len() {
                1 => after.push(inserted),
                _ => self.add(after, inserted, budget)?,
            }
        }
        Ok(())
    }

    /// The linearization in which the write, and all operations that saw it, took effect just
    /// before the last write that overwrote it.
    fn insert_overwritten(
        &self,
        linearization: &Linearization,
        write: &Invocation,
    ) -> Linearization {
        let mut next = linearization.clone();
        next.include(write.id);
        for reader in &self.readers {
            if reader.changed_nothing()
                && reader.id < linearization.overwritten
                && reader.fits(value_written(write.op()))
            {
                next.include(reader.id);
            }
        }
        next
    }

    /// Whether it is worth trying that this write takes effect before the target although the
    /// target did not see it: a cas may fit after it.
    fn is_worth_trying(&self, linearization: &Linearization, write: &Invocation) -> bool {
        if !write.fits(linearization.value()) {
            return false;
        }
        // A cas that will be answered cannot be inserted later: it must take effect sooner or
        // later.
        if !write.is_blind() && !matches!(write.response, Response::Unknown) {
            return true;
        }
        let value = value_written(write.op());
        let saw_it = |reader: &&Invocation| {
            reader.id != write.id
                && reader.fits(value)
                && !linearization.includes(reader)
                && !(write.is_blind() && reader.changed_nothing())
        };
        self.readers.iter().any(saw_it)
    }

    /// Adds a linearization, extended by all operations that changed nothing and now fit, unless a
    /// known one is at least as good.
    fn add(
        &self,
        known: &mut Vec<Linearization>,
        mut linearization: Linearization,
        budget: &mut usize,
    ) -> Result<(), OutOfWork> {
        for reader in &self.readers {
            if reader.changed_nothing() && reader.fits(linearization.value()) {
                linearization.include(reader.id);
            }
        }
        let as_good = known.iter().position(|other| self.is_as_good(other, &linearization));
        let compared = as_good.unwrap_or(known.len()) + self.readers.len() / 8 + 1;
        *budget = budget.checked_sub(compared).ok_or(OutOfWork)?;
        if as_good.is_none() {
            known.push(linearization);
        }
        Ok(())
    }

    /// Whether everything that can follow the second can also follow the first.
    fn is_as_good(&self, first: &Linearization, second: &Linearization) -> bool {
        let changed_nothing = |id: &u64| self.find(*id).is_some_and(Invocation::changed_nothing);
        // A blind write that took effect only in the second can be inserted into the first at its
        // response, and one with an unknown outcome need never take effect.
        let is_optional = |id: &u64| {
            self.find(*id).is_some_and(|invocation| {
                invocation.is_blind() || matches!(invocation.response, Response::Unknown)
            })
        };
        first.overwritten >= second.overwritten
            && first.value() == second.value()
            && first.taken_effect.iter().all(|id| second.includes_id(*id) || changed_nothing(id))
            && second.taken_effect.iter().all(|id| first.includes_id(*id) || is_optional(id))
    }
}
