//! Runs a script: at any pace, a step at a time or to its end, always with the same outcome.
//!
//! Three things make the cluster go on: its own events, what the script has put off ([`Agenda`]), and the
//! script's next statement. Within a moment events come first, then what is put off to it, then the
//! statement after a `run` that ends there; so `at 5s crash s1` does what `run 5s` and `crash s1` do.

use std::sync::Arc;

use crate::check::Cluster;
use crate::raft::ServerId;
use crate::sim::{Act, ActError, Micros, Recorder, World};

use super::agenda::{Agenda, Watch};
use super::by_hand::{Hand, hands_of};
use super::lang::ast::{Action, Narration, Script, Statement};
use super::limits::STEPS_PER_MOMENT_MAX;
use super::marks::Marks;

/// A script on its way through a cluster.
#[derive(Clone, Debug)]
pub struct Runner {
    pub(super) script: Arc<Script>,
    pub(super) cluster: Cluster,
    /// The place of the line that comes next.
    pub(super) next: usize,
    /// The line that is being done; 0 before the first.
    pub(super) line: u32,
    pub(super) doing: Doing,
    pub(super) agenda: Agenda,
    pub(super) watches: Vec<Watch>,
    pub(super) failures: Vec<Failure>,
    pub(super) told: Vec<usize>,
    pub(super) expectations: u32,
    /// The `stop` that was reached and not yet reported.
    pub(super) breakpoint: Option<u32>,
    /// The lines at which violations came up, one each.
    pub(super) violation_lines: Vec<u32>,
    /// The moment, and how much has happened in it.
    pub(super) moment_us: Micros,
    pub(super) steps_in_moment: u64,
    /// Where the console's commands go.
    pub(super) connected: Option<ServerId>,
    /// When the flow came to its end.
    pub(super) over_us: Micros,
    /// What was done by hand, in order, and how much of it has been.
    pub(super) hands: Arc<Vec<Arc<Hand>>>,
    pub(super) hands_done: usize,
    /// Counts what was done by hand in this very run, not again.
    pub(super) hands_kept: u64,
    /// Counts everything that was done, so that every state of a run has a number.
    pub(super) steps: u64,
    /// Counts what was gone through beside it: the clauses of conditions, what they look at.
    pub(super) looked: u64,
    /// As far as all that may come; see [`Runner::work`].
    pub(super) work_max: u64,
    pub(super) marks: Marks,
}

/// What the flow is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Doing {
    /// The next statement can be done.
    Ready,
    /// Time advances to that moment.
    Run(Micros),
    /// Time advances until the goal is reached, or to that moment, which is a failure.
    Reach(Goal, Micros),
    /// The script has come to its end.
    Over,
    /// So much happened at one moment that nothing goes on.
    Stuck,
}

/// What time advances for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal {
    /// That the cluster is quiet.
    Quiet,
    /// That the condition of the `wait` at that place holds.
    Wait(usize),
}

/// Something that was expected and is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line of the script; 0 for what was typed and stands in no line.
    pub line: u32,
    /// `expected ..., but ...`
    pub text: String,
}

/// Why a run came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The moment was reached, or the end of the script.
    Reached,
    /// A `stop` of that line.
    Breakpoint {
        /// The line; 0 for what was typed.
        line: u32,
    },
    /// A property has been violated.
    Violation,
}

/// What a whole run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether nothing failed.
    pub ok: bool,
    /// What failed, in order.
    pub failures: Vec<Failure>,
    /// How many expectations were looked at, those of `wait` among them.
    pub expectations: u32,
}

/// What a step came to.
#[derive(PartialEq)]
pub(super) enum Step {
    Done,
    /// Nothing is left to do up to the limit.
    Nothing,
}

impl Runner {
    /// The script at time 0, nothing of it done but its head.
    pub fn new(script: Script, recorder: &mut Recorder) -> Runner {
        Runner::with_seed(script, None, recorder)
    }

    /// As [`Runner::new`], with another seed than the script's.
    pub fn with_seed(script: Script, seed: Option<u64>, recorder: &mut Recorder) -> Runner {
        let mut setup = script.setup();
        setup.settings.seed = seed.unwrap_or(setup.settings.seed);
        let mut runner = Runner {
            cluster: Cluster::new(&setup, recorder),
            hands: Arc::new(hands_of(&script)),
            script: Arc::new(script),
            next: 0,
            line: 0,
            doing: Doing::Ready,
            agenda: Agenda::default(),
            watches: Vec::new(),
            failures: Vec::new(),
            told: Vec::new(),
            expectations: 0,
            breakpoint: None,
            violation_lines: Vec::new(),
            moment_us: 0,
            steps_in_moment: 0,
            connected: None,
            over_us: 0,
            hands_done: 0,
            hands_kept: 0,
            steps: 0,
            looked: 0,
            work_max: u64::MAX,
            marks: Marks::default(),
        };
        runner.note_violations();
        runner.get_ready();
        runner
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

    /// What has failed so far.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Whether the script has come to its end, with all that was done by hand. The cluster can go on after it.
    pub fn finished(&self) -> bool {
        self.doing == Doing::Stuck
            || self.doing == Doing::Over && self.hands_done == self.hands.len()
    }

    /// The line of the statement that is being done or was done last; 0 before the first.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What the script has said so far, with its lines.
    pub fn narration(&self) -> impl Iterator<Item = (u32, &Narration)> {
        self.told.iter().filter_map(|&place| {
            let line = &self.script.lines[place];
            match &line.statement {
                Some(Statement::Narration(narration)) => Some((line.number, narration)),
                _ => None,
            }
        })
    }

    /// Checks the safety properties after every event, or not; for a run's whole length.
    pub fn set_checking(&mut self, on: bool) {
        self.cluster.set_checking(on);
    }

    /// When something happens next, in microseconds; `None` where nothing ever will.
    pub fn next_due_us(&self) -> Option<Micros> {
        let (event_us, task_us) = (self.world().next_event_us(), self.next_task_us());
        let hand_us = self.hand_due().map(|(time_us, _)| time_us);
        let due_us = [event_us, task_us, hand_us].into_iter().flatten().min();
        match self.doing {
            Doing::Ready => Some(self.world().now_us()),
            Doing::Run(until_us) | Doing::Reach(_, until_us) => {
                Some(due_us.map_or(until_us, |due_us| due_us.min(until_us)))
            }
            Doing::Over => due_us,
            Doing::Stuck => None,
        }
    }

    /// Lets the script and the cluster go on up to that moment; less far where a `stop` or a
    /// violation comes first.
    pub fn run_until(&mut self, time_us: Micros, recorder: &mut Recorder) -> Halt {
        self.run_within(time_us, u64::MAX, recorder).unwrap_or(Halt::Reached)
    }

    /// As [`Runner::run_until`], but no more than so many steps in all; `None` where they are used up, or another limit
    /// is reached.
    pub(super) fn run_within(
        &mut self,
        time_us: Micros,
        steps_max: u64,
        recorder: &mut Recorder,
    ) -> Option<Halt> {
        let known = self.cluster.violations().len();
        while self.steps < steps_max && self.may_go_on() {
            self.rush(time_us, steps_max, recorder);
            if self.cluster.violations().len() > known {
                return Some(Halt::Violation);
            }
            if self.steps >= steps_max || !self.may_go_on() {
                break;
            }
            let step = self.step_within(time_us, recorder);
            if let Some(line) = self.breakpoint.take() {
                return Some(Halt::Breakpoint { line });
            }
            if self.cluster.violations().len() > known {
                return Some(Halt::Violation);
            }
            if step == Step::Nothing {
                if self.doing != Doing::Stuck {
                    self.cluster.advance_clock(time_us);
                }
                return Some(Halt::Reached);
            }
        }
        None
    }

    /// Moves the clock on, up to what happens next at most.
    pub(super) fn advance_clock(&mut self, time_us: Micros) {
        self.cluster.advance_clock(time_us);
    }

    /// Does one thing: the next statement, or the next event. False where nothing is left to do.
    pub fn step_event(&mut self, recorder: &mut Recorder) -> bool {
        let step = self.step_within(Micros::MAX, recorder);
        // Whoever goes step by step stands at a `stop` anyway.
        self.breakpoint = None;
        step == Step::Done
    }

    /// Runs the script to its end; `stop` does not stop it.
    pub fn run_to_end(&mut self, recorder: &mut Recorder) -> Report {
        self.run_on(u64::MAX, recorder);
        self.report()
    }

    /// Runs on towards the end, so many steps at most; `stop` does not stop it.
    pub fn run_on(&mut self, steps: u64, recorder: &mut Recorder) {
        let steps_max = self.steps.saturating_add(steps);
        while !self.finished() && self.steps < steps_max && self.may_go_on() {
            self.rush(Micros::MAX, steps_max, recorder);
            self.step_within(Micros::MAX, recorder);
        }
        self.breakpoint = None;
    }

    /// What has come of it so far.
    pub fn report(&self) -> Report {
        Report {
            ok: self.failures.is_empty(),
            failures: self.failures.clone(),
            expectations: self.expectations,
        }
    }

    /// Does a person's act, now, and keeps it as a line.
    ///
    /// # Errors
    /// Where it cannot be done; nothing has changed then.
    pub fn act(&mut self, act: &Act, recorder: &mut Recorder) -> Result<(), ActError> {
        let spot = self.spot();
        self.act_now(act, recorder)?;
        self.keep(spot, Action::Act(act.clone()));
        Ok(())
    }

    pub(super) fn act_now(&mut self, act: &Act, recorder: &mut Recorder) -> Result<(), ActError> {
        self.cluster.act(act, None, recorder)?;
        self.note_violations();
        self.look_at_watches(recorder);
        Ok(())
    }

    /// Lets events happen up to that moment as long as nothing else has a say: by far the most of a
    /// long run, and nothing but the cluster's own steps.
    fn rush(&mut self, limit_us: Micros, steps_max: u64, recorder: &mut Recorder) {
        let mut limit_us = match self.doing {
            Doing::Run(until_us) => limit_us.min(until_us),
            Doing::Over => limit_us,
            _ => return,
        };
        if let Some((hand_us, _)) = self.hand_due() {
            let Some(before_us) = hand_us.checked_sub(1) else { return };
            limit_us = limit_us.min(before_us);
        }
        if self.agenda.first_us().is_some() || !self.watches.is_empty() {
            return;
        }
        let known = self.violation_lines.len();
        while self.steps_in_moment < STEPS_PER_MOMENT_MAX
            && self.steps < steps_max
            && self.may_go_on()
            && let Some(next_us) = self.world().next_event_us()
            && next_us <= limit_us
        {
            self.cluster.step(recorder);
            self.count_step(next_us);
            if self.cluster.violations().len() != known {
                self.note_violations();
                return self.mark_if_due();
            }
            self.mark_if_due();
        }
    }

    /// Counts what happens, and what of it at one moment.
    fn count_step(&mut self, now_us: Micros) {
        if now_us != self.moment_us {
            self.moment_us = now_us;
            self.steps_in_moment = 0;
        }
        self.steps_in_moment += 1;
        self.steps += 1;
    }

    /// How much has happened at this moment, but for what was done by hand.
    pub(super) fn steps_now(&self) -> u64 {
        if self.moment_us == self.world().now_us() { self.steps_in_moment } else { 0 }
    }

    /// Does one thing up to that moment.
    pub(super) fn step_within(&mut self, limit_us: Micros, recorder: &mut Recorder) -> Step {
        let now_us = self.world().now_us();
        let step = match self.hand_due() {
            Some((hand_us, after)) if hand_us <= limit_us => {
                let is_now = after.is_some_and(|after| self.steps_now() >= u64::from(after));
                if hand_us < now_us || hand_us == now_us && is_now {
                    self.do_hand(recorder)
                } else {
                    self.go_on_or_do_hand(hand_us, recorder)
                }
            }
            _ => self.go_on(limit_us, recorder),
        };
        if step == Step::Done {
            self.mark_if_due();
        }
        step
    }

    /// Where nothing else is left to do before it, what was done by hand.
    fn go_on_or_do_hand(&mut self, hand_us: Micros, recorder: &mut Recorder) -> Step {
        if self.go_on(hand_us, recorder) == Step::Done {
            return Step::Done;
        }
        if self.doing != Doing::Stuck {
            self.cluster.advance_clock(hand_us);
        }
        if self.world().now_us() == hand_us { self.do_hand(recorder) } else { Step::Nothing }
    }

    /// Does one thing of the script or the cluster up to that moment.
    fn go_on(&mut self, limit_us: Micros, recorder: &mut Recorder) -> Step {
        let step = self.go_on_uncounted(limit_us, recorder);
        if step == Step::Done {
            self.count_step(self.world().now_us());
        }
        step
    }

    fn go_on_uncounted(&mut self, limit_us: Micros, recorder: &mut Recorder) -> Step {
        let doing = self.doing;
        let (goal, until_us) = match doing {
            Doing::Ready if self.world().now_us() > limit_us => return Step::Nothing,
            Doing::Ready => {
                self.do_statement(recorder);
                return Step::Done;
            }
            Doing::Run(until_us) => (None, until_us),
            Doing::Reach(goal, _) if self.looks_reached(goal) => {
                self.get_ready();
                return Step::Done;
            }
            Doing::Reach(goal, until_us) => (Some(goal), until_us),
            Doing::Over => return self.happen_next(limit_us, recorder),
            Doing::Stuck => return Step::Nothing,
        };
        let step = self.happen_next(limit_us.min(until_us), recorder);
        if step == Step::Done || until_us > limit_us {
            return step;
        }
        self.cluster.advance_clock(until_us);
        match goal {
            Some(goal) if !self.looks_reached(goal) => self.give_up(goal),
            _ => self.get_ready(),
        }
        Step::Done
    }

    /// The next event, or what is put off; whichever is due first, up to that moment.
    fn happen_next(&mut self, limit_us: Micros, recorder: &mut Recorder) -> Step {
        let event_us = self.world().next_event_us();
        let other_us = self.next_task_us();
        match (event_us, other_us) {
            (Some(event_us), other_us)
                if event_us <= limit_us && other_us.is_none_or(|other_us| event_us <= other_us) =>
            {
                self.cluster.step(recorder);
            }
            (_, Some(other_us)) if other_us <= limit_us => {
                self.cluster.advance_clock(other_us);
                self.do_tasks(recorder);
            }
            _ => return Step::Nothing,
        }
        self.look_after(recorder);
        Step::Done
    }

    /// When what is put off is due next, or a condition on the time may come to hold.
    fn next_task_us(&self) -> Option<Micros> {
        let task_us = self.agenda.first_us();
        let alarm_us = self.next_alarm_us();
        match (task_us, alarm_us) {
            (Some(task_us), Some(alarm_us)) => Some(task_us.min(alarm_us)),
            (task_us, alarm_us) => task_us.or(alarm_us),
        }
    }

    /// Whether nothing more happens at this moment unless somebody acts.
    pub(super) fn is_at_rest(&self) -> bool {
        let now_us = self.world().now_us();
        let is_due = |time_us: Option<Micros>| time_us.is_some_and(|time_us| time_us <= now_us);
        let is_flow_due = match self.doing {
            Doing::Ready => true,
            Doing::Run(until_us) => until_us <= now_us,
            Doing::Reach(goal, until_us) => until_us <= now_us || self.is_reached(goal),
            Doing::Over => false,
            Doing::Stuck => return true,
        };
        !is_flow_due && !is_due(self.world().next_event_us()) && !is_due(self.next_task_us())
    }

    fn next_alarm_us(&self) -> Option<Micros> {
        let now_us = self.world().now_us();
        let alarms = self.watches.iter().map(|watch| &watch.condition).chain(self.awaited());
        alarms.filter_map(|condition| condition.next_alarm_us(now_us)).min()
    }

    /// What has to be seen to after anything has happened.
    fn look_after(&mut self, recorder: &mut Recorder) {
        self.note_violations();
        if self.steps_now() > STEPS_PER_MOMENT_MAX {
            self.get_stuck();
        } else if !self.watches.is_empty() {
            self.look_at_watches(recorder);
        }
    }
}
