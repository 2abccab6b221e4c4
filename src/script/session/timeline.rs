//! A run that keeps what it needs to go anywhere in its time, and that records a person's actions.
//!
//! An action is recorded with its moment and, if the moment is not over, after how many of its
//! steps. So the recorded line replays exactly, even in the middle of a `run`. An action that fails
//! changes nothing, not even the number of the next event.

use crate::diagram::Diagram;
use crate::raft::ServerId;
use crate::script::lang::ast::{ScheduledAction, Script, Statement};
use crate::script::run::{Budget, Halt, Limits, RecordedAction, Run};
use crate::sim::{Act, ActError, Duration, Journal, Micros, Recorder};

use super::checkpoints::Checkpoints;

/// A run with its checkpoints, its recorded actions and the journal of its newest events.
#[derive(Debug)]
pub struct Timeline {
    pub(super) run: Run,
    pub(super) checkpoints: Checkpoints,
    pub(super) recorder: Recorder,
    /// The whole run, as far as it was reached.
    pub(super) diagram: Diagram,
    /// Counts the actions that a person did here; replayed ones do not count.
    recorded: u64,
    /// The server that console commands go to.
    connected: Option<ServerId>,
}

impl Timeline {
    /// The script at time 0.
    pub fn new(script: Script) -> Timeline {
        let mut recorder = Recorder::observing();
        let run = Run::new(script, &mut recorder);
        let checkpoints = Checkpoints::new(&run);
        let mut diagram = Diagram::default();
        diagram.update(run.cluster(), &mut recorder);
        Timeline { run, checkpoints, recorder, diagram, recorded: 0, connected: None }
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
        self.take_in();
        stepped
    }

    /// Goes on to that moment, as [`Run::run_until`]; `None` if the budget is used up first.
    pub fn run_until(&mut self, time_us: Micros, budget: Budget) -> Option<Halt> {
        self.run_until_within(time_us, self.run.limits(budget))
    }

    /// After every step, or some: takes in what happened.
    fn take_in(&mut self) {
        self.diagram.update(self.run.cluster(), &mut self.recorder);
        self.checkpoints.add_if_due(&self.run);
    }

    /// Goes on to the end, as [`Run::finish`].
    ///
    /// # Errors
    /// If the budget is used up first; it then stands as far as it came.
    pub fn finish(&mut self, budget: Budget) -> Result<(), String> {
        let limits = self.run.limits(budget);
        while !self.run.finished() {
            if !self.may_go_on(limits) {
                return Err(self.too_far(limits, Micros::MAX));
            }
            self.run.finish_limited(self.until_checkpoint(limits), &mut self.recorder);
            self.take_in();
        }
        Ok(())
    }

    /// Does a person's act now, and records it.
    ///
    /// # Errors
    /// If it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act) -> Result<(), ActError> {
        let (moment, event) = (self.run.action_moment(), self.run.world().event());
        self.run.act(act, &mut self.recorder)?;
        self.diagram.truncate(event);
        self.record(moment, ScheduledAction::Act(act.clone()));
        Ok(())
    }

    /// Does a person's statement now, if it takes no time, and records it.
    pub(in crate::script) fn begin(&mut self, statement: Statement) -> Result<(), String> {
        let (moment, event) = (self.run.action_moment(), self.run.world().event());
        let line = self.run.next_action_line();
        self.run.do_at_once(&statement, line, &mut self.recorder)?;
        self.diagram.truncate(event);
        self.record(moment, statement.into_action());
        Ok(())
    }

    fn record(&mut self, (time_us, after): (Micros, Option<u32>), action: ScheduledAction) {
        self.checkpoints.truncate(self.run.position().steps);
        self.recorder.diverge();
        let line = self.run.next_action_line();
        self.run.add_action(RecordedAction { line, time_us, after, action });
        self.recorded += 1;
        self.take_in();
    }

    /// Goes on step by step until the condition holds; `None` if it does not up to that moment.
    ///
    /// # Errors
    /// If too much would have to happen first.
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
            self.take_in();
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

    pub(super) fn run_until_within(&mut self, time_us: Micros, limits: Limits) -> Option<Halt> {
        while self.may_go_on(limits) {
            let limits = self.until_checkpoint(limits);
            let halt = self.run.run_until_within(time_us, limits, &mut self.recorder);
            self.take_in();
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

    /// Says which limit kept it from that moment.
    pub(super) fn too_far(&self, limits: Limits, time_us: Micros) -> String {
        self.full().unwrap_or_else(|| too_far(&self.run, limits, time_us))
    }

    /// Why it does not go on any more: it has grown too large.
    pub fn full(&self) -> Option<String> {
        let now = Duration(self.run.world().now_us());
        let is_full = self.checkpoints.is_full();
        is_full.then(|| format!("expected a cluster of at most 256 MB, but at {now} it is larger"))
    }

    /// Counts the actions that a person did here; replayed ones do not count.
    pub(super) fn recorded(&self) -> u64 {
        self.recorded
    }

    /// The most steps that a seek may have to do again.
    pub(super) fn widest_gap(&self) -> u64 {
        self.checkpoints.widest_gap(self.run.position().steps)
    }

    /// How many checkpoints there are, and roughly how many bytes they take.
    pub(super) fn checkpoint_sizes(&self) -> (usize, usize) {
        (self.checkpoints.count(), self.checkpoints.bytes())
    }
}

/// Says which limit kept a run from that moment.
pub(super) fn too_far(run: &Run, limits: Limits, time_us: Micros) -> String {
    let now = Duration(run.world().now_us());
    let until = match time_us {
        Micros::MAX => "the end".to_owned(),
        time_us => Duration(time_us).to_string(),
    };
    let Budget { steps, work } = Budget::CALL;
    match run.work_is_within(limits) {
        true => format!(
            "expected less than {steps} events before {until}, but the run stopped at {now}"
        ),
        false => format!(
            "expected less than {work} entries, conditions and operations to check before {until}, \
             but the run stopped at {now}"
        ),
    }
}
