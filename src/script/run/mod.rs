//! A script on its way through a cluster: at any pace, a step at a time or to its end, always with
//! the same outcome.
//!
//! Three things make time pass: the cluster's own events, the tasks that the script has put off
//! ([`agenda`]), and its next statement. Within a moment the events come first, then the tasks of
//! that moment, then the statement after a `run` that ends there, then recorded [`actions`].
//! So `at 5s crash s1` does what `run 5s` and `crash s1` do.
//!
//! - `advance`: what comes next, and how far to go.
//! - `flow`: statements, and the script's end. `tasks`: what it has put off.
//! - `narration`: what the reader has been shown, and whether predictions came true. `story`: the
//!   step at which the reader stands. `permissions`: what a challenge allows its reader to do.
//! - `goals`: which goals are won, also by answers and claims.
//! - `explain`: why a property was violated, from a run that records everything.
//! - `standing`: what the script has set up and stays.
//! - `limits`: how much one call may do.

mod actions;
mod advance;
mod agenda;
mod explain;
mod flow;
mod goals;
mod limits;
mod narration;
mod permissions;
mod standing;
mod story;
mod tasks;

use std::sync::Arc;

use crate::check::{Cluster, Property};
use crate::script::lang::ast::{Script, Statement};
use crate::sim::{Micros, Recorder, World};

use agenda::{Agenda, Trigger};

pub use actions::RecordedAction;
pub(super) use actions::{Actions, recorded_actions};
pub(super) use explain::REPLAY_MAX;
pub(super) use flow::not_done;
pub use goals::{GoalOutcome, GoalTerms, Possibility, ReaderAnswers};
pub use limits::Budget;
pub(super) use limits::Limits;
use narration::Shown;
pub use narration::{Narrated, Prediction};
pub use permissions::{Breach, Forbidden, Permissions};

/// A script on its way through a cluster. It is state and nothing else: a clone goes on just like
/// the original.
#[derive(Clone, Debug)]
pub struct Run {
    script: Arc<Script>,
    cluster: Cluster,
    /// If the next line is among the script's lines.
    next: usize,
    /// The number of the line that is being done; 0 before the first.
    line: u32,
    flow: Flow,
    agenda: Agenda,
    triggers: Vec<Trigger>,
    failures: Vec<Failure>,
    /// The narrations so far.
    narrated: Vec<Shown>,
    /// The place of the `ask` whose conditions are still to be judged.
    asked: Option<usize>,
    predictions: Vec<Prediction>,
    expectations: u32,
    /// The line of the `stop` that was reached and not yet reported.
    breakpoint: Option<u32>,
    /// For each violation the line that was being done when it was found.
    violation_lines: Vec<u32>,
    /// The moment of the newest step, and how many steps it has had so far.
    moment_us: Micros,
    steps_in_moment: u64,
    /// When the flow came to its end.
    over_us: Micros,
    /// How many recorded actions were done when the flow came to its end.
    over_actions: usize,
    /// All actions to replay; the first `actions_done` of them are done.
    actions: Actions,
    actions_done: usize,
    /// Counts statements, events and recorded actions, so that every state of a run has a number.
    steps: u64,
    /// Counts the work of looking at conditions.
    condition_work: u64,
}

/// What the script itself is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flow {
    /// The next statement can be done.
    Ready,
    /// A `run` lasts until that moment.
    Run(Micros),
    /// Time passes until the goal is reached; at that moment it is too late.
    Wait(Goal, Micros),
    /// The script has come to its end.
    Over,
    /// The script has failed since time would never pass.
    Stuck,
}

/// What the script waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goal {
    /// `settle`: nothing is in flight or due.
    Quiet,
    /// `wait`: the condition in that line of the script holds.
    Condition(usize),
}

/// An expectation that did not hold, or a statement that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line of the script; 0 for a line that was typed and is in no script.
    pub line: u32,
    /// `expected ..., but ...`
    pub text: String,
    /// The property that was violated, if that is the failure.
    pub property: Option<Property>,
}

/// Why a run came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// It reached the moment, or the end of the script.
    Reached,
    /// A `stop`; line 0 was typed.
    Breakpoint { line: u32 },
    /// A property has been violated.
    Violation,
    /// A `say` or an `ask`: the reader decides when to go on.
    Step,
}

/// The outcome of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether nothing failed.
    pub ok: bool,
    /// In the order in which they were found.
    pub failures: Vec<Failure>,
    /// How many expectations were checked, including those of `wait`.
    pub expectations: u32,
}

/// A state of a run: after that many steps, at that moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Position {
    pub steps: u64,
    pub time_us: Micros,
}

impl Run {
    /// The script at time 0: only its head is done.
    pub fn new(script: Script, recorder: &mut Recorder) -> Run {
        Run::with_seed(script, None, recorder)
    }

    /// As [`Run::new`], with another seed than the script's.
    pub fn with_seed(script: Script, seed: Option<u64>, recorder: &mut Recorder) -> Run {
        let mut setup = script.setup();
        setup.settings.seed = seed.unwrap_or(setup.settings.seed);
        let mut run = Run {
            cluster: Cluster::new(&setup, recorder),
            actions: Arc::new(recorded_actions(&script)),
            script: Arc::new(script),
            next: 0,
            line: 0,
            flow: Flow::Ready,
            agenda: Agenda::default(),
            triggers: Vec::new(),
            failures: Vec::new(),
            narrated: Vec::new(),
            asked: None,
            predictions: Vec::new(),
            expectations: 0,
            breakpoint: None,
            violation_lines: Vec::new(),
            moment_us: 0,
            steps_in_moment: 0,
            over_us: 0,
            over_actions: 0,
            actions_done: 0,
            steps: 0,
            condition_work: 0,
        };
        run.note_violations();
        run.next_statement();
        run
    }

    /// The cluster.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// The world in it.
    pub fn world(&self) -> &World {
        self.cluster.world()
    }

    /// The script.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The failures so far.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Whether the script has come to its end and all recorded actions are done. The cluster can
    /// still go on.
    pub fn finished(&self) -> bool {
        self.flow == Flow::Stuck
            || self.flow == Flow::Over && self.actions_done == self.actions.len()
    }

    /// The line of the statement that is being done or was done last; 0 before the first.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The outcome so far.
    pub fn report(&self) -> Report {
        Report {
            ok: self.failures.is_empty(),
            failures: self.failures.clone(),
            expectations: self.expectations,
        }
    }

    /// Checks the safety properties after every event, or not; set it before the first step.
    pub fn set_checking(&mut self, on: bool) {
        self.cluster.set_checking(on);
    }

    pub(super) fn position(&self) -> Position {
        Position { steps: self.steps, time_us: self.world().now_us() }
    }

    /// Whether time passes for the statement of [`Run::line`].
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.flow, Flow::Run(_) | Flow::Wait(..))
    }

    /// The statement that is done next, if no time passes before.
    pub(super) fn due_statement(&self) -> Option<&Statement> {
        let is_ready = self.flow == Flow::Ready;
        self.script.lines.get(self.next).filter(|_| is_ready)?.statement.as_ref()
    }

    pub(super) fn over_us(&self) -> Micros {
        self.over_us
    }

    pub(super) fn actions(&self) -> &Actions {
        &self.actions
    }

    pub(super) fn actions_done(&self) -> usize {
        self.actions_done
    }

    /// Replays these actions from now on. Those that are done already must be the first of them.
    pub(super) fn set_actions(&mut self, actions: Actions) {
        self.actions = actions;
    }

    /// Adds an action that has just been done, after `(time_us, after)`. The actions that were
    /// still to come belong to another run now, so they are dropped.
    pub(super) fn add_action(&mut self, action: RecordedAction) {
        let actions = Arc::make_mut(&mut self.actions);
        actions.truncate(self.actions_done);
        actions.push(Arc::new(action));
        self.actions_done += 1;
        self.steps += 1;
    }

    /// Forgets a `stop` that was reached and not yet reported.
    pub(super) fn clear_breakpoint(&mut self) {
        self.breakpoint = None;
    }

    /// Takes the line of a `stop` that was reached and not yet reported.
    pub(super) fn take_breakpoint(&mut self) -> Option<u32> {
        self.breakpoint.take()
    }

    /// Counts the work so far in addition to the steps.
    fn work(&self) -> u64 {
        self.cluster.work() + self.condition_work
    }

    /// What the counters must not reach when it may do that much from now on.
    pub(super) fn limits(&self, budget: Budget) -> Limits {
        Limits {
            steps: self.steps.saturating_add(budget.steps),
            work: self.work().saturating_add(budget.work),
            halts_at_steps: false,
        }
    }

    pub(super) fn is_within(&self, limits: Limits) -> bool {
        self.steps < limits.steps && self.work() < limits.work
    }

    pub(super) fn work_is_within(&self, limits: Limits) -> bool {
        self.work() < limits.work
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub(super) fn unshared_bytes(&self, base: &Run) -> usize {
        self.cluster.unshared_bytes(&base.cluster) + (self.agenda.len() + self.triggers.len()) * 256
    }
}
