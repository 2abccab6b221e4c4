//! How the operations on one key can be put in an order, up to an answer.
//!
//! A [`Place`] is what one such order comes to: what the key then holds, and which operations that are
//! still under way have happened. Each answer takes the places before it to those after it in which the
//! answered operation has happened, and rightly (just-in-time linearization, after Lowe). What keeps the
//! places few:
//!
//! - A set or delete is put in an order only where it answers itself, or where somebody answers who saw its
//!   value. Until then it may as well happen later, or just before another write that covered it, and so may
//!   those who saw it.
//! - What only looked happens as soon as what is there fits: nothing could be lost by that.
//! - Of two places with the same value the one counts that has used up less and can cover more.

use std::sync::Arc;

use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::Micros;

/// One operation.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// When it was invoked, in the one count of all invocations and answers.
    pub id: u64,
    pub command: Arc<ClientCommand>,
    pub invoked_us: Micros,
    pub end: End,
}

/// What became of an operation.
#[derive(Clone, Debug)]
pub(super) enum End {
    Open,
    /// Nobody will ever know whether and when it happened.
    Lost,
    Answered {
        order: u64,
        answer: Answer,
    },
}

/// What one order of operations comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// What wrote the key last; nothing where nothing did.
    writer: Option<Arc<ClientCommand>>,
    /// When the last set or delete happened: just before the answer of that number.
    covered: u64,
    /// Those that have happened of the operations that are still under way, in order of their numbers.
    happened: Vec<u64>,
}

/// An answer that may have to be gone through again.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub order: u64,
    pub target: u64,
    /// The places before it.
    pub before: Vec<Place>,
}

/// Too much was tried.
#[derive(Debug)]
pub(super) struct GivenUp;

/// What an operation leaves in the key where it writes.
pub(super) fn written(op: &Op) -> Option<&str> {
    match op {
        Op::Set { value, .. } | Op::Cas { new: value, .. } => Some(value),
        Op::Get { .. } | Op::Delete { .. } => None,
    }
}

impl Call {
    pub fn op(&self) -> &Op {
        &self.command.op
    }

    pub fn answer(&self) -> Option<&Answer> {
        match &self.end {
            End::Answered { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// Whether it certainly changed nothing.
    pub fn only_looked(&self) -> bool {
        self.op().is_read() || self.answer() == Some(&Answer::Failed)
    }

    /// Whether what it does depends on nothing: a set or a delete.
    pub fn is_blind(&self) -> bool {
        matches!(self.op(), Op::Set { .. } | Op::Delete { .. })
    }

    /// Whether its answer, when it comes, may tell of a moment that is past.
    pub fn may_look_back(&self) -> bool {
        matches!(self.end, End::Open) && !self.is_blind()
    }

    /// Whether it may happen just before the answer of that number.
    pub fn is_under_way(&self, now: u64) -> bool {
        self.id < now
            && match self.end {
                // What it saw is not known yet; when it is, the answers since are gone through again.
                End::Open => !self.op().is_read(),
                End::Lost => true,
                End::Answered { order, .. } => order >= now,
            }
    }

    /// What the key held when it happened, or right after.
    pub fn shows(&self) -> Option<&str> {
        match self.answer() {
            Some(Answer::Value(value)) => Some(value),
            _ => written(self.op()),
        }
    }

    /// Whether it can have happened with that in the key.
    pub fn fits(&self, held: Option<&str>) -> bool {
        match (self.op(), self.answer()) {
            (Op::Get { .. }, Some(Answer::Value(value))) => held == Some(value),
            (Op::Get { .. }, Some(Answer::Nothing)) => held.is_none(),
            (Op::Get { .. }, _) => false,
            (Op::Cas { old, .. }, Some(Answer::Failed)) => held != Some(old),
            (Op::Cas { old, .. }, _) => held == Some(old),
            _ => true,
        }
    }
}

impl Place {
    /// What the key holds.
    pub fn held(&self) -> Option<&str> {
        self.writer.as_ref().and_then(|writer| written(&writer.op))
    }

    pub fn has(&self, call: &Call) -> bool {
        self.has_id(call.id)
    }

    fn has_id(&self, id: u64) -> bool {
        self.happened.binary_search(&id).is_ok()
    }

    fn note(&mut self, id: u64) {
        if let Err(at) = self.happened.binary_search(&id) {
            self.happened.insert(at, id);
        }
    }

    /// It has answered in every order now, and need not be told apart any more.
    pub fn forget(&mut self, id: u64) {
        if let Ok(at) = self.happened.binary_search(&id) {
            self.happened.remove(at);
        }
    }

    /// The place after a write.
    fn after(&self, call: &Call, now: u64) -> Place {
        let mut next = self.clone();
        next.writer = Some(Arc::clone(&call.command));
        next.note(call.id);
        if call.is_blind() {
            next.covered = now;
        }
        next
    }
}

/// The search from the places before one answer to those after it.
struct Search<'a> {
    /// The operations that may happen, in order of their numbers.
    calls: Vec<&'a Call>,
    /// Those among them for which it matters what the key holds.
    lookers: Vec<&'a Call>,
}

/// The places after the answer of that number, which is the answer of `target`. None is left where no
/// order explains it. `work` counts down what may be tried.
pub(super) fn places_after(
    calls: &[Call],
    before: &[Place],
    target: u64,
    now: u64,
    work: &mut usize,
) -> Result<Vec<Place>, GivenUp> {
    // Every call is looked at, if only to see that it does not matter.
    *work = work.checked_sub(calls.len() / 16).ok_or(GivenUp)?;
    let calls: Vec<&Call> = calls.iter().filter(|call| call.is_under_way(now)).collect();
    let lookers = calls.iter().copied().filter(|call| !call.is_blind()).collect();
    let search = Search { calls, lookers };
    let mut after = Vec::new();
    let Some(target) = search.call(target) else { return Ok(after) };
    let others = search.that_may_matter(target);
    let mut tried = Vec::new();
    // The newest first, since it may make an older one needless.
    for place in before.iter().rev() {
        search.add(&mut tried, place.clone(), work)?;
    }
    let mut next = 0;
    while let Some(place) = tried.get(next).cloned() {
        next += 1;
        if place.has(target) {
            search.add(&mut after, place, work)?;
            continue;
        }
        if !target.only_looked() && target.fits(place.held()) {
            search.add(&mut after, place.after(target, now), work)?;
        }
        if target.is_blind() && place.covered > target.id {
            let covered = search.covering(&place, target);
            // Where nothing else changes, they differ as those before did.
            match covered.happened.len() - place.happened.len() {
                1 => after.push(covered),
                _ => search.add(&mut after, covered, work)?,
            }
        }
        for call in &others {
            if place.has(call) {
                continue;
            }
            if target.only_looked() && call.is_blind() && target.fits(written(call.op())) {
                search.add(&mut after, place.after(call, now), work)?;
                if place.covered > call.id.max(target.id) {
                    search.add(&mut after, search.covering(&place, call), work)?;
                }
            }
            if search.may_matter(&place, call) {
                search.add(&mut tried, place.after(call, now), work)?;
            }
        }
    }
    after.iter_mut().for_each(|place| place.forget(target.id));
    Ok(after)
}

impl<'a> Search<'a> {
    fn call(&self, id: u64) -> Option<&'a Call> {
        let at = self.calls.binary_search_by(|call| call.id.cmp(&id)).ok()?;
        Some(self.calls[at])
    }

    /// The writes for which it can matter whether they happen before the target.
    fn that_may_matter(&self, target: &Call) -> Vec<&'a Call> {
        let swaps = self.lookers.iter().any(|looker| !looker.only_looked());
        let matters = |call: &&Call| {
            call.id != target.id
                && !call.only_looked()
                && (swaps || target.only_looked() && target.fits(written(call.op())))
        };
        self.calls.iter().copied().filter(matters).collect()
    }

    /// The place where the write, and all who saw it, happened just before the last one that covered it.
    fn covering(&self, place: &Place, write: &Call) -> Place {
        let mut next = place.clone();
        next.note(write.id);
        for looker in &self.lookers {
            if looker.only_looked() && looker.id < place.covered && looker.fits(written(write.op()))
            {
                next.note(looker.id);
            }
        }
        next
    }

    /// Whether it is worth trying that this one happens before the target, although the target is not one
    /// that saw it: where a cas then fits.
    fn may_matter(&self, place: &Place, call: &Call) -> bool {
        if !call.fits(place.held()) {
            return false;
        }
        // A cas that will answer cannot be covered: it has to find its place sooner or later.
        if !call.is_blind() && !matches!(call.end, End::Lost) {
            return true;
        }
        let held = written(call.op());
        let saw = |looker: &&Call| {
            looker.id != call.id
                && looker.fits(held)
                && !place.has(looker)
                && !(call.is_blind() && looker.only_looked())
        };
        self.lookers.iter().any(saw)
    }

    /// Adds a place, with all that only looks and now can, unless a known one is as good.
    fn add(
        &self,
        known: &mut Vec<Place>,
        mut place: Place,
        work: &mut usize,
    ) -> Result<(), GivenUp> {
        for looker in &self.lookers {
            if looker.only_looked() && looker.fits(place.held()) {
                place.note(looker.id);
            }
        }
        let as_good = known.iter().position(|other| self.is_as_good(other, &place));
        let compared = as_good.unwrap_or(known.len()) + self.lookers.len() / 8 + 1;
        *work = work.checked_sub(compared).ok_or(GivenUp)?;
        if as_good.is_none() {
            known.push(place);
        }
        Ok(())
    }

    /// Whether all that can follow on the second can follow on the first.
    fn is_as_good(&self, first: &Place, second: &Place) -> bool {
        let looked = |id: &u64| self.call(*id).is_some_and(Call::only_looked);
        // A write that happened there may be covered here when it answers, and what is lost need not happen.
        let spared = |id: &u64| {
            self.call(*id).is_some_and(|call| call.is_blind() || matches!(call.end, End::Lost))
        };
        first.covered >= second.covered
            && first.held() == second.held()
            && first.happened.iter().all(|id| second.has_id(*id) || looked(id))
            && second.happened.iter().all(|id| first.has_id(*id) || spared(id))
    }
}
