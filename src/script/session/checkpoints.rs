//! Copies of a run on its way, so that every moment of its past is near one of them.
//!
//! They are dense in the recent past and thinner before it, no gap is wider than a certain share of
//! the whole run, and all of them together take a bounded number of bytes. Clones share what they
//! have in common (logs and the lists of the checks are in shared chunks), so a checkpoint takes
//! only what has changed since the one before.

use std::sync::Arc;

use crate::script::run::{RecordedAction, Run};
use crate::sim::Micros;

/// How many steps the newest checkpoints are apart.
pub(super) const STEPS_APART: u64 = 512;
/// A checkpoint of this many bytes must save one step more: copying must cost little compared with
/// replaying.
const BYTES_PER_STEP: usize = 32;
const COUNT_MAX: usize = 40;
/// The most bytes of all checkpoints, in addition to the run itself.
const BYTES_MAX: usize = 24 << 20;
/// The most bytes that the run itself may take, roughly.
const RUN_BYTES_MAX: usize = 256 << 20;
/// No gap shall be wider than this part of the whole run.
const PARTS: u64 = 24;

/// The checkpoints of a run, oldest first; the first one is at time 0.
#[derive(Debug)]
pub(super) struct Checkpoints {
    list: Vec<Checkpoint>,
    /// The next checkpoint is due after that many steps of the run.
    next: u64,
    /// How many bytes the run took at the newest checkpoint.
    run_bytes: usize,
}

#[derive(Debug)]
struct Checkpoint {
    run: Run,
    /// The bytes that it does not share with the checkpoint before it.
    bytes: usize,
}

impl Checkpoint {
    fn steps(&self) -> u64 {
        self.run.position().steps
    }

    /// Whether a run with these actions goes through this state.
    fn precedes(&self, actions: &[Arc<RecordedAction>]) -> bool {
        let done = self.run.actions_done();
        // No action comes before the first step.
        if self.steps() == 0 {
            return true;
        }
        actions.get(..done).is_some_and(|actions| actions == &self.run.actions()[..done])
            && actions.get(done).is_none_or(|action| action.time_us > self.run.position().time_us)
    }
}

impl Checkpoints {
    /// The first checkpoint of a run.
    pub fn new(run: &Run) -> Checkpoints {
        let mut checkpoints = Checkpoints { list: Vec::new(), next: 0, run_bytes: 0 };
        checkpoints.add_if_due(run);
        checkpoints
    }

    /// After how many steps of the run the next checkpoint is due.
    pub fn next(&self) -> u64 {
        self.next
    }

    pub fn add_if_due(&mut self, run: &Run) {
        let steps = run.position().steps;
        if steps < self.next {
            return;
        }
        let newest = self.list.last().map_or(run, |checkpoint| &checkpoint.run);
        let bytes = run.unshared_bytes(newest);
        self.run_bytes = self.list.first().map_or(0, |first| run.unshared_bytes(&first.run));
        self.next = steps + STEPS_APART.max((bytes / BYTES_PER_STEP) as u64);
        self.list.push(Checkpoint { run: run.clone(), bytes });
        self.thin();
    }

    /// Whether the run has grown so large that it must not go on.
    pub fn is_full(&self) -> bool {
        self.run_bytes > RUN_BYTES_MAX
    }

    /// The run was restored from a checkpoint: its size is measured at the next one.
    pub fn forget_run_bytes(&mut self) {
        self.run_bytes = 0;
    }

    /// The newest checkpoint that fits.
    pub fn newest(&self, fits: impl Fn(&Run) -> bool) -> Option<&Run> {
        self.list.iter().map(|checkpoint| &checkpoint.run).rfind(|run| fits(run))
    }

    /// The oldest checkpoint that fits.
    pub fn oldest(&self, fits: impl Fn(&Run) -> bool) -> Option<&Run> {
        self.list.iter().map(|checkpoint| &checkpoint.run).find(|run| fits(run))
    }

    /// The newest checkpoint up to that moment that a run with these actions goes through, too.
    pub fn newest_before(&self, actions: &[Arc<RecordedAction>], time_us: Micros) -> Option<&Run> {
        let fits = |checkpoint: &&Checkpoint| {
            checkpoint.run.position().time_us <= time_us && checkpoint.precedes(actions)
        };
        self.list.iter().rfind(fits).map(|checkpoint| &checkpoint.run)
    }

    /// The run takes another course after that many steps: drops the checkpoints after them.
    pub fn truncate(&mut self, steps: u64) {
        self.list.retain(|checkpoint| checkpoint.steps() <= steps);
        self.next = steps + 1;
    }

    /// The run has these actions from now on: drops the checkpoints that it does not go through.
    pub fn retain_before(&mut self, actions: &[Arc<RecordedAction>]) {
        self.list.retain(|checkpoint| checkpoint.precedes(actions));
        let newest = self.list.last().map_or(0, Checkpoint::steps);
        self.next = newest + STEPS_APART;
    }

    /// How many steps lie between two checkpoints, or between the last one and `steps`, at most.
    pub fn widest_gap(&self, steps: u64) -> u64 {
        let ends = self.list.iter().skip(1).map(Checkpoint::steps).chain([steps]);
        let starts = self.list.iter().map(Checkpoint::steps);
        let gaps = starts.zip(ends).map(|(from, to)| to.saturating_sub(from));
        gaps.max().unwrap_or(steps)
    }

    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Roughly how many bytes all of them take in addition to the run.
    pub fn bytes(&self) -> usize {
        self.list.iter().map(|checkpoint| checkpoint.bytes).sum()
    }

    /// Drops the checkpoints that are worth the least: those whose gap would be small for its age.
    fn thin(&mut self) {
        while self.list.len() > 2 && (self.list.len() > COUNT_MAX || self.bytes() > BYTES_MAX) {
            let newest = self.list[self.list.len() - 1].steps();
            let share = |at: &usize| {
                let gap = self.list[at + 1].steps() - self.list[at - 1].steps();
                let allowed = newest - self.list[*at].steps() + newest / PARTS + 1;
                // In millionths; the numbers of steps are far below 2^44.
                gap * 1_000_000 / allowed
            };
            let Some(least) = (1..self.list.len() - 1).min_by_key(share) else { return };
            self.list.remove(least);
            let (before, after) = (&self.list[least - 1], &self.list[least]);
            self.list[least].bytes = after.run.unshared_bytes(&before.run);
        }
    }
}
