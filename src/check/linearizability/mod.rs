//! Linearizability of the clients' history: is there an order in which each operation happens at one
//! instant between its call and its answer, and that explains every answer?
//!
//! The history is judged as it grows, so that a violation is found at the answer that makes it one.
//! Keys are independent, so each is judged alone (Herlihy and Wing's locality), and of each only what may
//! still matter is kept: the operations under way and the [places](placing) they may have come to. A read
//! may tell of a moment between its call and its answer; the answers in between are then gone through again.

mod placing;
mod unplaced;

use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::Operation;

use placing::{Call, End, GivenUp, Place, Step, places_after};
use unplaced::{named, unplaced};

/// How much an answer may cost, in places compared, before its key is given up: what the answers before it left
/// over, up to a limit. So a burst is judged, and a page that judges for hours stays quick.
const WORK_MAX: usize = 10_000_000;
/// What each answer may cost in the long run.
const WORK_AN_ANSWER: usize = 50_000;
/// How many answers an operation that looks may be overtaken by, on its key.
const STEPS_MAX: usize = 2_000;

/// What the history is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is such an order.
    Linearizable,
    /// There is none.
    Not {
        /// Which operation has no place in any order, and why.
        text: String,
    },
    /// It is not known: judging it would have taken too long.
    Undecided {
        /// From which operation on.
        from: String,
    },
}

/// The clients' history so far, and its verdict.
#[derive(Clone, Debug)]
pub struct History {
    /// In order of their names.
    keys: Vec<Key>,
    broken: Option<String>,
    undecided: Option<String>,
    /// What the next answer may cost.
    work: usize,
    /// What all answers so far have cost.
    spent: u64,
}

impl Default for History {
    fn default() -> History {
        History { keys: Vec::new(), broken: None, undecided: None, work: WORK_MAX, spent: 0 }
    }
}

/// What is kept of the operations on one key.
#[derive(Clone, Debug)]
struct Key {
    name: String,
    /// The operations that may still matter, in order of their invocations.
    calls: Vec<Call>,
    /// What the orders up to the newest answer can have come to.
    places: Vec<Place>,
    /// The answers since the oldest operation was invoked that may look back.
    steps: Vec<Step>,
    /// Steps up to that answer were given up.
    horizon: u64,
    given_up: bool,
}

impl History {
    /// What the history so far is.
    pub fn verdict(&self) -> Verdict {
        match (&self.broken, &self.undecided) {
            (Some(text), _) => Verdict::Not { text: text.clone() },
            (None, Some(from)) => Verdict::Undecided { from: from.clone() },
            (None, None) => Verdict::Linearizable,
        }
    }

    /// A client has begun an operation.
    pub fn invoked(&mut self, operation: &Operation) {
        if self.broken.is_some() {
            return;
        }
        let key = self.key(&operation.command);
        if !key.given_up {
            key.calls.push(Call {
                id: operation.invoke_order,
                command: operation.command.clone(),
                invoked_us: operation.invoked_us,
                end: End::Open,
            });
        }
    }

    /// A client has an answer. Where it makes the history one that no order explains, that is told, once.
    pub fn answered(&mut self, operation: &Operation) -> Option<String> {
        let Some((time_us, answer)) = &operation.answered else { return None };
        if self.broken.is_some() {
            return None;
        }
        let mut work = WORK_MAX.min(self.work + WORK_AN_ANSWER);
        let key = self.key(&operation.command);
        let at = key.calls.binary_search_by(|call| call.id.cmp(&operation.invoke_order)).ok()?;
        let (before, calls) = (work, key.calls.len());
        let placed = key.answered(at, answer, operation.answer_order, &mut work);
        match placed {
            Ok(true) => key.forget(),
            Ok(false) => {
                self.broken = Some(unplaced(&key.calls, at, *time_us, key.seen_since(at)));
                self.keys.clear();
            }
            Err(GivenUp) => {
                key.give_up();
                self.undecided.get_or_insert_with(|| named(&operation.command));
            }
        }
        self.work = work;
        self.spent += (before - work + calls) as u64;
        self.broken.clone()
    }

    /// How much has been gone through so far.
    pub(super) fn spent(&self) -> u64 {
        self.spent
    }

    /// Roughly how many bytes a copy of it takes.
    pub(super) fn weight(&self) -> usize {
        let kept = |key: &Key| {
            let places = key.steps.iter().map(|step| step.before.len()).sum::<usize>();
            64 + (key.calls.len() + key.places.len() + places + key.steps.len()) * 64
        };
        self.keys.iter().map(kept).sum()
    }

    /// Nothing is told to the history from now on.
    pub(super) fn close(&mut self) {
        self.undecided.get_or_insert_with(|| "the moment when checks were off".to_owned());
    }

    fn key(&mut self, command: &ClientCommand) -> &mut Key {
        let name = command.op.key();
        let at = match self.keys.binary_search_by(|key| key.name.as_str().cmp(name)) {
            Ok(at) => at,
            Err(at) => {
                self.keys.insert(at, Key::new(name));
                at
            }
        };
        &mut self.keys[at]
    }
}

impl Key {
    fn new(name: &str) -> Key {
        Key {
            name: name.to_owned(),
            calls: Vec::new(),
            places: vec![Place::default()],
            steps: Vec::new(),
            horizon: 0,
            given_up: false,
        }
    }

    /// Takes an answer in. False: no order explains it.
    fn answered(
        &mut self,
        at: usize,
        answer: &Answer,
        order: u64,
        work: &mut usize,
    ) -> Result<bool, GivenUp> {
        let id = self.calls[at].id;
        // A copy of a command that a server refused may still be under way.
        if matches!(answer, Answer::Timeout | Answer::NotLeader | Answer::Expired) {
            match self.calls[at].op().is_read() {
                true => drop(self.calls.remove(at)),
                false => self.calls[at].end = End::Lost,
            }
            return Ok(true);
        }
        self.calls[at].end = End::Answered { order, answer: answer.clone() };
        if self.calls[at].only_looked() {
            self.look_back(id, work)?;
        }
        let after = places_after(&self.calls, &self.places, id, order, work)?;
        let before = std::mem::replace(&mut self.places, after);
        self.steps.push(Step { order, target: id, before });
        Ok(!self.places.is_empty())
    }

    /// Goes again through the answers since the operation was invoked, now that it is known what it saw.
    fn look_back(&mut self, id: u64, work: &mut usize) -> Result<(), GivenUp> {
        if id < self.horizon {
            return Err(GivenUp);
        }
        let first = self.first_that_matters(id);
        let Some(step) = self.steps.get(first) else { return Ok(()) };
        let mut places = step.before.clone();
        for step in &mut self.steps[first..] {
            let after = places_after(&self.calls, &places, step.target, step.order, work)?;
            step.before = std::mem::replace(&mut places, after);
        }
        self.places = places;
        Ok(())
    }

    /// Where sets and deletes are the only writes, who looked matters only from where his value was there.
    fn first_that_matters(&self, id: u64) -> usize {
        let first = self.first_step_after(id);
        let Ok(at) = self.calls.binary_search_by(|call| call.id.cmp(&id)) else { return first };
        if self.calls.iter().any(|call| matches!(call.op(), Op::Cas { .. })) {
            return first;
        }
        let looker = &self.calls[at];
        let matters = |step: &Step| {
            let target = self.calls.binary_search_by(|call| call.id.cmp(&step.target));
            step.before.iter().any(|place| looker.fits(place.held()))
                || target.is_ok_and(|target| looker.fits(self.calls[target].shows()))
        };
        self.steps[first..].iter().position(matters).map_or(self.steps.len(), |skip| first + skip)
    }

    fn first_step_after(&self, id: u64) -> usize {
        self.steps.partition_point(|step| step.order < id)
    }

    /// The answers since that operation was invoked, its own among them.
    fn seen_since(&self, at: usize) -> &[Step] {
        &self.steps[self.first_step_after(self.calls[at].id)..]
    }

    /// Forgets what cannot matter any more.
    fn forget(&mut self) {
        let looks_back = |call: &&Call| call.may_look_back() && call.id > self.horizon;
        let oldest = self.calls.iter().find(looks_back);
        let mut needless = oldest.map_or(self.steps.len(), |call| self.first_step_after(call.id));
        if self.steps.len() - needless > STEPS_MAX {
            needless = self.steps.len() - STEPS_MAX / 2;
            self.horizon = self.steps[needless - 1].order;
        }
        self.steps.drain(..needless);
        let since = self.steps.first().map_or(u64::MAX, |step| step.order);
        let (places, settled) = (&mut self.places, self.steps.is_empty());
        self.calls.retain(|call| match call.end {
            End::Open => true,
            End::Answered { order, .. } => order >= since,
            // What has happened in every order is known after all.
            End::Lost => {
                let happened = settled && places.iter().all(|place| place.has(call));
                if happened {
                    places.iter_mut().for_each(|place| place.forget(call.id));
                }
                !happened
            }
        });
    }

    fn give_up(&mut self) {
        *self = Key { given_up: true, ..Key::new(&self.name) };
    }
}
