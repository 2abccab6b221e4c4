//! A session: what a person builds. It is a script on its way with the person's actions, so it is a
//! script again, and the person can go to any moment of it, act there, and come back.
//!
//! - `timeline`: a run that can go anywhere in its time. `checkpoints`: the copies that make it
//!   quick. `seek`: to any moment. `jump`: to where something happens.
//! - `version`: the script that was opened, with recorded actions. `edit`: lines edited, removed,
//!   undone. `lines`: how far each line has come.
//! - `explanations`: why properties were violated. `follow_up`: which event set a value.
//! - `story`: a narrated run, from step to step.
//! - `challenge`: a script for others that starts at the present moment.
//! - `branches`: the versions that were left. `differences`: how two runs differ at one moment.

mod branches;
mod challenge;
mod checkpoints;
mod differences;
mod edit;
mod explanations;
mod follow_up;
mod jump;
mod lines;
mod seek;
mod story;
mod timeline;
mod variant;
mod version;

use std::sync::Arc;

use crate::check::{Cluster, Explanation};
use crate::diagram::Diagram;
use crate::script::lang::parse::{ParseError, parse};
use crate::script::run::{Budget, Failure, Halt, Report, Run};
use crate::sim::{Act, ActError, Journal, Micros, World};

use story::Reader;
use variant::VariantRun;
use version::{Base, Version};

pub use challenge::ChallengeTerms;
pub use differences::{Aspect, Difference, differences};
pub use jump::JumpTarget;
pub use lines::{LineState, TextLine};
pub use timeline::Timeline;
pub use version::Branch;

/// How many changes can be undone.
const UNDO_MAX: usize = 100;

/// A script on its way, with a person's actions, changes and branches.
#[derive(Debug)]
pub struct Session {
    base: Arc<Base>,
    timeline: Timeline,
    /// The name of this branch.
    name: String,
    /// The other branches, oldest first.
    branches: Vec<Branch>,
    /// Counts branches, for their names.
    branched: u32,
    undo: Vec<Version>,
    redo: Vec<Version>,
    /// The furthest moment that was reached, unless the run has gone further since.
    end_us: Micros,
    /// Counts the changes of the script.
    revision: u64,
    /// The line of the newest `stop` that was reached, and after how many steps.
    stopped: Option<(u32, u64)>,
    /// One for each violation so far.
    explanations: Vec<Arc<Explanation>>,
    /// The run of the branch that follows this one.
    variant: Option<VariantRun>,
    /// What the reader of a narrated run chose and asked for.
    reader: Reader,
}

impl Session {
    /// Opens a script at time 0.
    ///
    /// # Errors
    /// If it does not parse.
    pub fn open(text: &str) -> Result<Session, Vec<ParseError>> {
        let script = parse(text)?;
        let reader = Reader::of(&script);
        Ok(Session {
            base: Arc::new(Base::new(text, &script)),
            timeline: Timeline::new(script),
            name: "main".to_owned(),
            branches: Vec::new(),
            branched: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            end_us: 0,
            revision: 0,
            stopped: None,
            explanations: Vec::new(),
            variant: None,
            reader,
        })
    }

    /// The run at the present moment.
    pub fn run(&self) -> &Run {
        self.timeline.run()
    }

    /// The cluster at the present moment.
    pub fn cluster(&self) -> &Cluster {
        self.run().cluster()
    }

    /// The world at the present moment.
    pub fn world(&self) -> &World {
        self.run().world()
    }

    /// The newest events up to the present moment, with their reasons.
    pub fn journal(&self) -> &Journal {
        self.timeline.journal()
    }

    /// The whole run as a space-time diagram, from its start to the furthest moment that was
    /// reached: it may be ahead of the present.
    pub fn diagram(&self) -> &Diagram {
        &self.timeline.diagram
    }

    /// When something happens next, as [`Run::next_due_us`].
    pub fn next_due_us(&self) -> Option<Micros> {
        self.run().next_due_us()
    }

    /// The recorded actions up to the present moment, a line each.
    pub fn done_actions(&self) -> Vec<String> {
        let done = &self.run().actions()[..self.actions_done()];
        done.iter().map(ToString::to_string).collect()
    }

    /// How many recorded actions are done.
    pub fn actions_done(&self) -> usize {
        self.run().actions_done()
    }

    /// How many recorded actions there are, including those that are still to come.
    pub fn action_count(&self) -> usize {
        self.run().actions().len()
    }

    /// The furthest moment of this run that was reached, in microseconds.
    pub fn end_us(&self) -> Micros {
        self.end_us.max(self.world().now_us())
    }

    /// Does one thing, as [`Run::step`].
    pub fn step(&mut self) -> bool {
        let stepped = self.timeline.step();
        self.note_end();
        stepped
    }

    /// Goes on to that moment, as [`Run::run_until`]; less far if too much happens before it.
    pub fn run_until(&mut self, time_us: Micros) -> Halt {
        self.run_until_within(time_us, Budget::CALL)
    }

    /// As [`Session::run_until`]; less far if the budget is used up.
    pub fn run_until_within(&mut self, time_us: Micros, budget: Budget) -> Halt {
        let halt = self.timeline.run_until(time_us, budget);
        if let Some(Halt::Breakpoint { line }) = halt {
            self.stopped = Some((line, self.run().position().steps));
        }
        self.note_end();
        halt.unwrap_or(Halt::Reached)
    }

    /// Goes on to the script's end, as on the command line. If too much happens before it, that
    /// is a failure, and the session stands as far as it came.
    pub fn finish(&mut self) -> Report {
        let finished = self.timeline.finish(Budget::CALL);
        self.note_end();
        let mut report = self.run().report();
        if let Err(text) = finished {
            report.ok = false;
            report.failures.push(Failure { line: self.run().line(), text, property: None });
        }
        report
    }

    /// Goes to that moment, back or ahead: everything that is due then has happened.
    ///
    /// # Errors
    /// If too much would have to happen first; it then stands as far as it came.
    pub fn seek(&mut self, time_us: Micros) -> Result<(), String> {
        let reached = self.timeline.seek(time_us);
        self.note_end();
        reached
    }

    /// Goes back to the event before this one, or to this one's own moment if time has passed
    /// since. False: there is nothing before.
    pub fn previous_event(&mut self) -> bool {
        let moved = self.timeline.previous_event();
        self.explain_violations();
        moved
    }

    /// Why it does not go on any more: it has grown too large.
    pub fn full(&self) -> Option<String> {
        self.timeline.full()
    }

    /// Does a person's act now. In the past that starts a branch.
    ///
    /// # Errors
    /// If it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act) -> Result<(), ActError> {
        self.record(|timeline| timeline.act(act))
    }

    /// Does a console line now, as [`Timeline::exec`].
    ///
    /// # Errors
    /// As [`Timeline::exec`].
    pub fn exec(&mut self, line: &str) -> Result<String, String> {
        let answer = self.record(|timeline| timeline.exec(line));
        self.note_end();
        answer
    }

    /// Lets a person do something. If it is recorded, the version before it can be restored by
    /// undo, and it stays as a branch if it had gone further.
    fn record<T>(&mut self, action: impl FnOnce(&mut Timeline) -> T) -> T {
        let recorded = self.timeline.recorded();
        let (version, position) = (self.version(), self.run().position());
        let is_past =
            self.world().now_us() < self.end_us() || self.actions_done() < self.action_count();
        let diagram = is_past.then(|| self.timeline.diagram.clone());
        let result = action(&mut self.timeline);
        if self.timeline.recorded() != recorded {
            if let Some(diagram) = diagram {
                self.branch_off(version.clone(), position, diagram);
            }
            self.add_undo(version);
            self.revision += 1;
            self.end_us = self.world().now_us();
        }
        self.explain_violations();
        result
    }

    fn version(&self) -> Version {
        Version { base: Arc::clone(&self.base), actions: Arc::clone(self.run().actions()) }
    }

    fn add_undo(&mut self, version: Version) {
        self.redo.clear();
        if self.undo.len() == UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push(version);
    }

    fn note_end(&mut self) {
        self.end_us = self.end_us();
        self.explain_violations();
    }

    /// The most steps between two checkpoints: a seek may have to do that many again.
    pub fn steps_between_checkpoints(&self) -> u64 {
        self.timeline.widest_gap()
    }

    /// How many checkpoints there are, and roughly how many bytes they take.
    pub fn checkpoint_sizes(&self) -> (usize, usize) {
        self.timeline.checkpoint_sizes()
    }
}
