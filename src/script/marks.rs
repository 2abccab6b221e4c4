//! Copies of a run on its way, so that any moment of its past is near one of them.
//!
//! They are dense where a run was just now and thinner before, but never further apart than a share of
//! the whole run, and all together they take a bounded number of bytes.

use std::sync::Arc;

use crate::sim::Micros;

use super::by_hand::Hand;
use super::runner::Runner;

/// How many steps the newest copies are apart.
const STEPS_APART: u64 = 512;
/// So many bytes of a copy are worth a step: a copy must cost little beside the steps that it saves.
const BYTES_A_STEP: usize = 32;
/// The most copies.
const COUNT_MAX: usize = 40;
/// The most bytes of all copies, beside what the run itself holds.
const BYTES_MAX: usize = 24 << 20;
/// The most bytes that a run may hold, roughly.
const ROOM_MAX: usize = 256 << 20;
/// No gap shall be wider than this part of the whole run.
const PARTS: u64 = 24;

/// The copies of a run, oldest first. Without [`Marks::begin`] there are none.
#[derive(Debug, Default)]
pub(super) struct Marks {
    kept: Vec<Mark>,
    /// The number of the step after which the next copy is made; 0: never.
    next: u64,
    /// How many bytes the run held when it was last looked at.
    room: usize,
}

/// A copy.
#[derive(Debug)]
struct Mark {
    runner: Runner,
    /// What it holds and the copy before it does not.
    bytes: usize,
}

impl Clone for Marks {
    /// A copy of a run has no copies of its own.
    fn clone(&self) -> Marks {
        Marks::default()
    }
}

impl Mark {
    fn time_us(&self) -> Micros {
        self.runner.world().now_us()
    }

    /// Whether a run in which these things are done by hand goes through this state.
    fn is_on_the_way(&self, was: &[Arc<Hand>], hands: &[Arc<Hand>]) -> bool {
        let done = self.runner.hands_done;
        // Nothing comes before the first step.
        if self.runner.steps == 0 {
            return true;
        }
        hands.get(..done).is_some_and(|hands| hands == &was[..done])
            && hands.get(done).is_none_or(|hand| hand.time_us > self.time_us())
    }
}

impl Marks {
    fn bytes(&self) -> usize {
        self.kept.iter().map(|mark| mark.bytes).sum()
    }

    /// Whether the run has grown so large that it shall not go on.
    pub fn is_full(&self) -> bool {
        self.room > ROOM_MAX
    }

    /// Takes out what is worth the least: where the gap would be small for its age.
    fn thin(&mut self) {
        while self.kept.len() > 2 && (self.kept.len() > COUNT_MAX || self.bytes() > BYTES_MAX) {
            let newest = self.kept[self.kept.len() - 1].runner.steps;
            let share = |place: &usize| {
                let steps = |place: usize| self.kept[place].runner.steps;
                let gap = steps(place + 1) - steps(place - 1);
                let room = newest - steps(*place) + newest / PARTS + 1;
                // In millionths; the numbers of steps are far below 2^44.
                gap * 1_000_000 / room
            };
            let Some(least) = (1..self.kept.len() - 1).min_by_key(share) else { return };
            self.kept.remove(least);
            let (before, after) = (&self.kept[least - 1], &self.kept[least]);
            self.kept[least].bytes = after.runner.unshared_bytes(&before.runner);
        }
    }
}

impl Runner {
    /// Makes copies from now on.
    pub(super) fn begin_marks(&mut self) {
        self.marks = Marks::default();
        self.mark();
    }

    pub(super) fn mark_if_due(&mut self) {
        if self.marks.next != 0 && self.steps >= self.marks.next {
            self.mark();
        }
    }

    fn mark(&mut self) {
        let newest = self.marks.kept.last().map_or(self as &Runner, |mark| &mark.runner);
        let bytes = self.unshared_bytes(newest);
        let room = self.marks.kept.first().map_or(0, |first| self.unshared_bytes(&first.runner));
        let runner = self.copy();
        self.marks.room = room;
        self.marks.next = self.steps + STEPS_APART.max((bytes / BYTES_A_STEP) as u64);
        self.marks.kept.push(Mark { runner, bytes });
        self.marks.thin();
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    fn unshared_bytes(&self, base: &Runner) -> usize {
        self.cluster.unshared_bytes(&base.cluster) + (self.agenda.len() + self.watches.len()) * 256
    }

    /// A copy without the recorded actions and the other copies.
    pub(super) fn copy(&self) -> Runner {
        Runner {
            cluster: self.cluster.clone(),
            script: Arc::clone(&self.script),
            hands: Arc::default(),
            marks: Marks::default(),
            breakpoint: None,
            work_max: u64::MAX,
            agenda: self.agenda.clone(),
            watches: self.watches.clone(),
            failures: self.failures.clone(),
            told: self.told.clone(),
            violation_lines: self.violation_lines.clone(),
            ..*self
        }
    }

    /// Goes back to the newest copy for which `is_before` holds.
    pub(super) fn go_back(&mut self, is_before: impl Fn(&Runner) -> bool) {
        self.go_to_copy(is_before, 0);
    }

    /// Goes ahead to the newest copy for which `is_before` holds, where the run has been there before.
    pub(super) fn go_ahead(&mut self, is_before: impl Fn(&Runner) -> bool) {
        self.go_to_copy(is_before, self.steps + STEPS_APART);
    }

    /// The newest copy that fits, if it is no earlier than that step.
    fn go_to_copy(&mut self, is_before: impl Fn(&Runner) -> bool, first: u64) {
        let marks = &self.marks.kept;
        let fits = marks.iter().rposition(|mark| is_before(&mark.runner));
        let Some(place) = fits.filter(|place| marks[*place].runner.steps >= first) else {
            return;
        };
        let mut runner = marks[place].runner.clone();
        runner.hands = std::mem::take(&mut self.hands);
        runner.marks = std::mem::take(&mut self.marks);
        runner.connected = self.connected;
        runner.hands_kept = self.hands_kept;
        runner.marks.room = 0;
        *self = runner;
    }

    /// The newest copy for which `is_before` holds, to look at what came after it.
    pub(super) fn copy_before(&self, is_before: impl Fn(&Runner) -> bool) -> Option<Runner> {
        let mark = self.marks.kept.iter().rfind(|mark| is_before(&mark.runner))?;
        Some(Runner { hands: Arc::clone(&self.hands), ..mark.runner.clone() })
    }

    /// The newest copy up to that moment that a run goes through, too, in which these things are done by hand.
    pub(super) fn copy_on_the_way(
        &self,
        hands: &Arc<Vec<Arc<Hand>>>,
        time_us: Micros,
    ) -> Option<Runner> {
        let fits =
            |mark: &&Mark| mark.time_us() <= time_us && mark.is_on_the_way(&self.hands, hands);
        let mark = self.marks.kept.iter().rfind(fits)?;
        Some(Runner { hands: Arc::clone(hands), ..mark.runner.clone() })
    }

    /// Forgets the copies of a future that will not come.
    pub(super) fn forget_later_marks(&mut self) {
        if self.marks.next != 0 {
            let steps = self.steps;
            self.marks.kept.retain(|mark| mark.runner.steps <= steps);
            self.marks.next = steps + 1;
        }
    }

    /// Other things are done by hand from now on; copies that have seen the old ones are forgotten.
    pub(super) fn change_hands(&mut self, hands: Arc<Vec<Arc<Hand>>>) {
        let was = std::mem::replace(&mut self.hands, hands);
        let hands = &self.hands;
        self.marks.kept.retain(|mark| mark.is_on_the_way(&was, hands));
        let newest = self.marks.kept.last().map_or(0, |mark| mark.runner.steps);
        self.marks.next = newest + STEPS_APART;
    }

    /// How many steps lie between two copies, or after the last, at most.
    pub(super) fn widest_gap(&self) -> u64 {
        let steps = |mark: &Mark| mark.runner.steps;
        let kept = &self.marks.kept;
        let ends = kept.iter().skip(1).map(steps).chain([self.steps]);
        let gaps = kept.iter().map(steps).zip(ends).map(|(from, to)| to.saturating_sub(from));
        gaps.max().unwrap_or(self.steps)
    }

    /// How many copies there are, and roughly how many bytes they take.
    pub(super) fn marks_kept(&self) -> (usize, usize) {
        (self.marks.kept.len(), self.marks.bytes())
    }
}
