//! A session: a script on its way, and what a person does while it runs. It is a script again, and its
//! time is a place: one can go to any moment of it, act there, and come back to what was.
//!
//! - `text`: the script that a session is; lines edited, removed, undone. `lines`: how far each has come.
//! - `travel`: to a moment, an event further or back. `jump`: to where something happens.
//! - `branches`: what else became of it. `differ`: in what two of them differ.

mod branches;
mod differ;
mod jump;
mod lines;
mod text;
mod travel;

use std::sync::Arc;

use crate::check::Cluster;
use crate::sim::{Act, ActError, Journal, Micros, Recorder, World};

use super::by_hand::Hand;
use super::lang::parse::{ParseError, parse};
use super::limits::{STEPS_MAX, WORK_MAX};
use super::runner::{Failure, Halt, Report, Runner};

pub use branches::Branch;
pub use differ::{Aspect, Difference, differences};
pub use jump::Sight;
pub use lines::{LineState, TextLine};
use text::Base;

/// As many steps and as much work at a time may keep a page from showing the next picture.
const STEPS_A_LOOK: u64 = 100_000;
const WORK_A_LOOK: u64 = 2_000_000;
/// As many changes can be undone.
const UNDO_MAX: usize = 100;

/// What was done by hand, in order.
type Hands = Arc<Vec<Arc<Hand>>>;

/// What makes a run what it is.
#[derive(Clone, Debug)]
struct Version {
    base: Arc<Base>,
    hands: Hands,
}

/// A script on its way, with what a person does.
#[derive(Debug)]
pub struct Session {
    base: Arc<Base>,
    runner: Runner,
    recorder: Recorder,
    name: String,
    others: Vec<Branch>,
    /// Counts branches, for their names.
    branched: u32,
    before: Vec<Version>,
    after: Vec<Version>,
    /// The furthest moment that was seen.
    end_us: Micros,
    /// Counts what has changed the script.
    revision: u64,
    /// The line of the `stop` that was reached last, after how many steps.
    stopped: Option<(u32, u64)>,
}

impl Session {
    /// Opens a script; it stands at time 0.
    ///
    /// # Errors
    /// Where it does not parse.
    pub fn open(text: &str) -> Result<Session, Vec<ParseError>> {
        let script = parse(text)?;
        let base = Arc::new(Base::new(text, &script));
        let mut recorder = Recorder::on();
        let mut runner = Runner::new(script, &mut recorder);
        runner.begin_marks();
        Ok(Session {
            base,
            end_us: 0,
            runner,
            recorder,
            name: "main".to_owned(),
            others: Vec::new(),
            branched: 0,
            before: Vec::new(),
            after: Vec::new(),
            revision: 0,
            stopped: None,
        })
    }

    /// The run, to look at.
    pub fn run(&self) -> &Runner {
        &self.runner
    }

    /// The cluster.
    pub fn cluster(&self) -> &Cluster {
        self.runner.cluster()
    }

    /// When something happens next, as [`Runner::next_due_us`].
    pub fn next_due_us(&self) -> Option<Micros> {
        self.runner.next_due_us()
    }

    /// What was done by hand up to this moment, a line each.
    pub fn acts(&self) -> Vec<String> {
        let done = &self.runner.hands[..self.runner.hands_done];
        done.iter().map(ToString::to_string).collect()
    }

    /// How many things were done by hand up to this moment.
    pub fn hands_done(&self) -> usize {
        self.runner.hands_done
    }

    /// How many things are done by hand in this run, those to come with them.
    pub fn hands(&self) -> usize {
        self.runner.hands.len()
    }

    /// The world in it.
    pub fn world(&self) -> &World {
        self.runner.world()
    }

    /// The newest events up to this moment, with their reasons.
    pub fn journal(&self) -> &Journal {
        self.recorder.journal()
    }

    /// The furthest moment that was seen of this run, in microseconds.
    pub fn end_us(&self) -> Micros {
        self.end_us.max(self.world().now_us())
    }

    /// Goes on up to that moment, as [`Runner::run_until`]; less far where so much happens that it would take long.
    pub fn run_until(&mut self, time_us: Micros) -> Halt {
        self.run_limited(time_us, STEPS_MAX, WORK_MAX)
    }

    /// As [`Session::run_until`], and never long: for whoever looks again soon.
    pub fn play_until(&mut self, time_us: Micros) -> Halt {
        self.run_limited(time_us, STEPS_A_LOOK, WORK_A_LOOK)
    }

    fn run_limited(&mut self, time_us: Micros, steps: u64, work: u64) -> Halt {
        let steps_max = self.runner.steps.saturating_add(steps);
        let halt = self
            .runner
            .limited(work, |runner| runner.run_within(time_us, steps_max, &mut self.recorder));
        if let Some(Halt::Breakpoint { line }) = halt {
            self.stopped = Some((line, self.runner.steps));
        }
        self.note_end();
        halt.unwrap_or(Halt::Reached)
    }

    /// Why it does not go on any more: it has grown too large.
    pub fn full(&self) -> Option<String> {
        let now_us = self.world().now_us();
        self.runner.marks.is_full().then(|| self.runner.too_far(now_us))
    }

    /// Does one thing, as [`Runner::step_event`].
    pub fn step_event(&mut self) -> bool {
        let done = self.runner.step_event(&mut self.recorder);
        self.note_end();
        done
    }

    /// Runs the script's flow to its end, as on the command line; where that is too far, that is a failure, and it
    /// stands as far as it came.
    pub fn run_to_end(&mut self) -> Report {
        let line = self.runner.limited(WORK_MAX, |runner| {
            runner.run_on(STEPS_MAX, &mut self.recorder);
            (!runner.finished()).then(|| runner.too_far(Micros::MAX))
        });
        self.note_end();
        let mut report = self.runner.report();
        if let Some(text) = line {
            report.ok = false;
            report.failures.push(Failure { line: self.runner.line(), text });
        }
        report
    }

    /// Does a person's act, now. In the past that starts a branch.
    ///
    /// # Errors
    /// Where it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act) -> Result<(), ActError> {
        self.by_hand(|runner, recorder| runner.act(act, recorder))
    }

    /// Does a line now, as [`Runner::exec`].
    ///
    /// # Errors
    /// As [`Runner::exec`].
    pub fn exec(&mut self, line: &str) -> Result<String, String> {
        let answer = self.by_hand(|runner, recorder| {
            runner.limited(WORK_MAX, |runner| runner.exec(line, recorder))
        });
        self.note_end();
        answer
    }

    /// Lets a person do something, and sees to it that what it takes the place of is kept.
    fn by_hand<T>(&mut self, change: impl FnOnce(&mut Runner, &mut Recorder) -> T) -> T {
        let kept = self.runner.hands_kept;
        let (version, place) = (self.version(), self.place());
        let is_past = self.world().now_us() < self.end_us()
            || self.runner.hands_done < self.runner.hands.len();
        let result = change(&mut self.runner, &mut self.recorder);
        if self.runner.hands_kept != kept {
            self.recorder.diverge();
            if is_past {
                self.branch_off(version.clone(), place);
            }
            self.remember(version);
            self.revision += 1;
            self.end_us = self.world().now_us();
        }
        result
    }

    fn version(&self) -> Version {
        Version { base: Arc::clone(&self.base), hands: Arc::clone(&self.runner.hands) }
    }

    /// Keeps what can be gone back to by undoing.
    fn remember(&mut self, version: Version) {
        self.after.clear();
        if self.before.len() == UNDO_MAX {
            self.before.remove(0);
        }
        self.before.push(version);
    }

    fn note_end(&mut self) {
        self.end_us = self.end_us();
    }

    /// How many steps lie between two copies of the run at most: as many a seek may have to do again.
    pub fn steps_to_copies(&self) -> u64 {
        self.runner.widest_gap()
    }

    /// Roughly how many bytes the copies of the run take, and how many copies there are.
    pub fn weight(&self) -> (usize, usize) {
        self.runner.marks_kept()
    }
}
