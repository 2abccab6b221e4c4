//! Goes to any moment of a run, and event by event in both directions.
//!
//! To go back, or far ahead to where the run has been before, it clones the newest checkpoint
//! before that moment and runs on from there. The journal stays: up to the checkpoint both have the
//! same past, and the recorder puts later events aside until they happen again.

use std::sync::Arc;

use crate::script::run::{Actions, Budget, Halt, Limits, Position, Run};
use crate::sim::{EventId, Micros, Recorder};

use super::checkpoints::STEPS_APART;
use super::timeline::{Timeline, too_far};

impl Timeline {
    /// Goes to that moment, back or ahead, through stops and violations.
    ///
    /// # Errors
    /// If too much would have to happen first; it then stands as far as it came.
    pub fn seek(&mut self, time_us: Micros) -> Result<(), String> {
        let is_before = |run: &Run| run.world().now_us() <= time_us;
        match time_us < self.run.world().now_us() {
            true => self.go_back(is_before),
            false => self.go_ahead(is_before),
        }
        let limits = self.run.limits(Budget::CALL);
        while let Some(halt) = self.run_until_within(time_us, limits) {
            if halt == Halt::Reached {
                return Ok(());
            }
        }
        Err(self.too_far(limits, time_us))
    }

    /// Goes to a state that this run goes through.
    pub(super) fn go_to(&mut self, position: Position) {
        let is_before = |run: &Run| {
            let here = run.position();
            here.steps <= position.steps && here.time_us <= position.time_us
        };
        match is_before(&self.run) {
            true => self.go_ahead(is_before),
            false => self.go_back(is_before),
        }
        let limits = Limits { steps: position.steps, work: u64::MAX, halts_at_steps: false };
        while let Some(halt) = self.run_until_within(position.time_us, limits) {
            if halt == Halt::Reached {
                break;
            }
        }
        self.run.advance_clock(position.time_us);
    }

    /// Goes to the event before this one, or to this one's own moment if time has passed since.
    /// False: there is nothing before.
    pub(super) fn previous_event(&mut self) -> bool {
        let here = self.run.position();
        let here_event = self.run.world().event();
        let mut bound = here.steps;
        let target = loop {
            let Some(mut scout) = self.scout_before(bound) else { return false };
            let (begin, first_event) = (scout.position().steps, scout.world().event());
            match last_event_before(&mut scout, here, here_event) {
                Some(found) => break found,
                None if begin == 0 && first_event == here_event && here.time_us == 0 => {
                    return false;
                }
                None if begin == 0 => break Position { steps: 0, time_us: 0 },
                None => bound = begin,
            }
        };
        self.go_to(target);
        true
    }

    /// A copy of the run as it was at the newest checkpoint before that many steps, to look at what
    /// came then.
    pub(super) fn scout_before(&self, steps: u64) -> Option<Run> {
        let mut scout = self.checkpoints.newest(|run| run.position().steps < steps)?.clone();
        scout.set_actions(Arc::clone(self.run.actions()));
        Some(scout)
    }

    /// A copy of the run with other actions, from before they make a difference and before that
    /// moment.
    pub(super) fn scout_with(&self, actions: &Actions, time_us: Micros) -> Option<Run> {
        let mut scout = self.checkpoints.newest_before(actions, time_us)?.clone();
        scout.set_actions(Arc::clone(actions));
        Some(scout)
    }

    /// Replays these actions instead of the ones so far, from a moment before they make a
    /// difference.
    pub(super) fn change_actions(&mut self, actions: Actions) {
        self.checkpoints.retain_before(&actions);
        self.run.set_actions(actions);
        self.go_back(|_| true);
        self.recorder.diverge();
        self.diagram.truncate(self.run.world().event());
    }

    /// Restores the newest checkpoint that fits.
    fn go_back(&mut self, fits: impl Fn(&Run) -> bool) {
        self.restore(fits, 0);
    }

    /// Restores the newest checkpoint that fits, if that saves steps.
    fn go_ahead(&mut self, fits: impl Fn(&Run) -> bool) {
        self.restore(fits, self.run.position().steps + STEPS_APART);
    }

    fn restore(&mut self, fits: impl Fn(&Run) -> bool, first: u64) {
        let newest = self.checkpoints.newest(fits);
        let Some(run) = newest.filter(|run| run.position().steps >= first) else { return };
        let mut run = run.clone();
        run.set_actions(Arc::clone(self.run.actions()));
        run.clear_breakpoint();
        self.run = run;
        self.checkpoints.forget_run_bytes();
        self.recorder.seek(self.run.world());
    }
}

/// Goes to that moment through stops and violations, without a timeline.
///
/// # Errors
/// Which limit keeps it from there.
pub(super) fn run_to(run: &mut Run, time_us: Micros) -> Result<(), String> {
    let limits = run.limits(Budget::CALL);
    while let Some(halt) = run.run_until_within(time_us, limits, &mut Recorder::off()) {
        if halt == Halt::Reached {
            return Ok(());
        }
    }
    Err(too_far(run, limits, time_us))
}

/// If the newest event before that position had just happened.
fn last_event_before(scout: &mut Run, here: Position, here_event: EventId) -> Option<Position> {
    let recorder = &mut Recorder::off();
    let mut newest: Option<Position> = None;
    let mut event = scout.world().event();
    while scout.position().steps < here.steps {
        if scout.step_until(here.time_us, recorder) == Some(Halt::Reached) {
            break;
        }
        if scout.world().event() != event {
            event = scout.world().event();
            let position = scout.position();
            if event < here_event || position.time_us < here.time_us {
                newest = Some(position);
            }
        }
    }
    newest
}
