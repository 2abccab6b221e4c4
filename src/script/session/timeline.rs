//! A run that can go to any moment of its time, and a person's actions in it.
//!
//! To go back, or far ahead to where it has been before, it clones the newest checkpoint before that
//! moment and runs on from there. The run itself knows nothing of that.

use std::sync::Arc;

use crate::raft::ServerId;
use crate::script::lang::ast::{ScheduledAction, Script, Statement};
use crate::script::run::{Actions, Budget, Halt, Limits, Position, RecordedAction, Run};
use crate::sim::{Act, ActError, Duration, EventId, Journal, Micros, Recorder};

use super::checkpoints::{Checkpoints, STEPS_APART};

/// A run with its checkpoints, its recorded actions and the journal of its newest events.
#[derive(Debug)]
pub struct Timeline {
    run: Run,
    checkpoints: Checkpoints,
    recorder: Recorder,
    /// Counts the actions that a person did here; replayed ones do not count.
    recorded: u64,
    /// The server that console commands go to.
    connected: Option<ServerId>,
}

impl Timeline {
    /// The script at time 0.
    pub fn new(script: Script) -> Timeline {
        let mut recorder = Recorder::on();
        let run = Run::new(script, &mut recorder);
        let checkpoints = Checkpoints::new(&run);
        Timeline { run, checkpoints, recorder, recorded: 0, connected: None }
    }

    /// The run at the present moment.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The newest events up to the present moment, with their reasons.
    pub fn journal(&self) -> &Journal {
        self.recorder.journal()
    }

    /// Does one thing, as [`Run::step`].
    pub fn step(&mut self) -> bool {
        let stepped = self.run.step(&mut self.recorder);
        self.checkpoints.add_if_due(&self.run);
        stepped
    }

    /// Goes on to that moment, as [`Run::run_until`]; `None` where the budget is used up first.
    pub fn run_until(&mut self, time_us: Micros, budget: Budget) -> Option<Halt> {
        self.run_until_within(time_us, self.run.limits(budget))
    }

    /// Goes on to the end, as [`Run::finish`].
    ///
    /// # Errors
    /// Where the budget is used up first; it then stands as far as it came.
    pub fn finish(&mut self, budget: Budget) -> Result<(), String> {
        let limits = self.run.limits(budget);
        while !self.run.finished() {
            if !self.may_go_on(limits) {
                return Err(self.too_far(limits, Micros::MAX));
            }
            self.run.finish_limited(self.until_checkpoint(limits), &mut self.recorder);
            self.checkpoints.add_if_due(&self.run);
        }
        Ok(())
    }

    /// Goes to that moment, back or ahead, through stops and violations.
    ///
    /// # Errors
    /// Where too much would have to happen first; it then stands as far as it came.
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

    /// Does a person's act now, and records it.
    ///
    /// # Errors
    /// Where it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act) -> Result<(), ActError> {
        let moment = self.run.action_moment();
        self.run.act(act, &mut self.recorder)?;
        self.record(moment, ScheduledAction::Act(act.clone()));
        Ok(())
    }

    /// Does a person's statement now, if it takes no time, and records it.
    pub(in crate::script) fn begin(&mut self, statement: Statement) -> Result<(), String> {
        let moment = self.run.action_moment();
        let line = self.run.next_action_line();
        self.run.do_at_once(&statement, line, &mut self.recorder)?;
        self.record(moment, statement.into_action());
        Ok(())
    }

    fn record(&mut self, (time_us, after): (Micros, Option<u32>), action: ScheduledAction) {
        self.checkpoints.truncate(self.run.position().steps);
        self.recorder.diverge();
        let line = self.run.next_action_line();
        self.run.add_action(RecordedAction { line, time_us, after, action });
        self.recorded += 1;
        self.checkpoints.add_if_due(&self.run);
    }

    /// Goes on step by step until the condition holds; `None` where it does not up to that moment.
    ///
    /// # Errors
    /// Where too much would have to happen first.
    pub(in crate::script) fn run_until_holds(
        &mut self,
        until_us: Micros,
        holds: impl Fn(&Run) -> bool,
    ) -> Result<Option<Halt>, String> {
        let limits = self.run.limits(Budget::CALL);
        while !holds(&self.run) {
            if !self.may_go_on(limits) {
                return Err(self.too_far(limits, until_us));
            }
            let stepped = self.run.step_within(until_us, &mut self.recorder);
            self.checkpoints.add_if_due(&self.run);
            if let Some(line) = self.run.take_breakpoint() {
                return Ok(Some(Halt::Breakpoint { line }));
            }
            if !stepped {
                self.run.advance_clock(until_us);
                return Ok(holds(&self.run).then_some(Halt::Reached));
            }
        }
        Ok(Some(Halt::Reached))
    }

    pub(in crate::script) fn connected(&self) -> Option<ServerId> {
        self.connected
    }

    pub(in crate::script) fn connect(&mut self, server: ServerId) {
        self.connected = Some(server);
    }

    /// As [`Timeline::run_until`], with the error of a budget that is used up.
    pub(in crate::script) fn run_until_or_fail(
        &mut self,
        time_us: Micros,
        budget: Budget,
    ) -> Result<Halt, String> {
        let limits = self.run.limits(budget);
        self.run_until_within(time_us, limits).ok_or_else(|| self.too_far(limits, time_us))
    }

    fn run_until_within(&mut self, time_us: Micros, limits: Limits) -> Option<Halt> {
        while self.may_go_on(limits) {
            let limits = self.until_checkpoint(limits);
            let halt = self.run.run_until_within(time_us, limits, &mut self.recorder);
            self.checkpoints.add_if_due(&self.run);
            if halt.is_some() {
                return halt;
            }
        }
        None
    }

    fn may_go_on(&self, limits: Limits) -> bool {
        self.run.is_within(limits) && !self.checkpoints.is_full()
    }

    fn until_checkpoint(&self, limits: Limits) -> Limits {
        Limits { steps: limits.steps.min(self.checkpoints.next()), ..limits }
    }

    /// Which limit keeps it from that moment.
    fn too_far(&self, limits: Limits, time_us: Micros) -> String {
        self.full().unwrap_or_else(|| too_far(&self.run, limits, time_us))
    }

    /// Why it does not go on any more: it has grown too large.
    pub fn full(&self) -> Option<String> {
        let now = Duration(self.run.world().now_us());
        let is_full = self.checkpoints.is_full();
        is_full.then(|| format!("stopped at {now}: the cluster takes more than 256 MB"))
    }

    /// Counts the actions that a person did here; replayed ones do not count.
    pub(super) fn recorded(&self) -> u64 {
        self.recorded
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
        let limits = Limits { steps: position.steps, work: u64::MAX };
        while let Some(halt) = self.run_until_within(position.time_us, limits) {
            if halt == Halt::Reached {
                break;
            }
        }
        self.run.advance_clock(position.time_us);
    }

    /// Goes to the event before this one, or to this one's own moment if time has passed since. False:
    /// there is nothing before.
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

    /// A copy of the run with other actions, from before they make a difference and before that moment.
    pub(super) fn scout_with(&self, actions: &Actions, time_us: Micros) -> Option<Run> {
        let mut scout = self.checkpoints.newest_before(actions, time_us)?.clone();
        scout.set_actions(Arc::clone(actions));
        Some(scout)
    }

    /// Replays these actions instead of the ones so far, from a moment before they make a difference.
    pub(super) fn change_actions(&mut self, actions: Actions) {
        self.checkpoints.retain_before(&actions);
        self.run.set_actions(actions);
        self.go_back(|_| true);
        self.recorder.diverge();
    }

    /// The most steps that a seek may have to do again.
    pub(super) fn widest_gap(&self) -> u64 {
        self.checkpoints.widest_gap(self.run.position().steps)
    }

    /// How many checkpoints there are, and roughly how many bytes they take.
    pub(super) fn checkpoint_sizes(&self) -> (usize, usize) {
        (self.checkpoints.count(), self.checkpoints.bytes())
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
        self.recorder.seek(self.run.world().event());
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

fn too_far(run: &Run, limits: Limits, time_us: Micros) -> String {
    let now = Duration(run.world().now_us());
    let until = match time_us {
        Micros::MAX => "the end".to_owned(),
        time_us => Duration(time_us).to_string(),
    };
    let Budget { steps, work } = Budget::CALL;
    match run.work_is_within(limits) {
        true => format!("stopped at {now}: more than {steps} events before {until}"),
        false => format!(
            "stopped at {now}: more than {work} entries, conditions and operations to check \
             before {until}"
        ),
    }
}

/// Where the newest event before that position had just happened.
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
