//! What comes next in a run, and how far to go.

use std::sync::Arc;

use crate::diagram::Diagram;
use crate::script::lang::ast::ScheduledAction;
use crate::sim::{Micros, Recorder};

use super::limits::{Budget, Limits, STEPS_PER_MOMENT_MAX};
use super::{Flow, Goal, Halt, Report, Run};

impl Run {
    /// Does one thing: the next statement, event or recorded action. False: nothing is left to do.
    pub fn step(&mut self, recorder: &mut Recorder) -> bool {
        let stepped = self.step_within(Micros::MAX, recorder);
        // A person who goes step by step has halted at the `stop` already.
        self.clear_breakpoint();
        stepped
    }

    /// Goes on to that moment, or to a `stop` or a violation if that comes first. Everything that
    /// is due at the moment has happened then.
    pub fn run_until(&mut self, time_us: Micros, recorder: &mut Recorder) -> Halt {
        let limits = self.limits(Budget::UNLIMITED);
        self.run_until_within(time_us, limits, recorder).unwrap_or(Halt::Reached)
    }

    /// As [`Run::run_until`]; `None` if a limit is reached first.
    pub(in crate::script) fn run_until_within(
        &mut self,
        time_us: Micros,
        limits: Limits,
        recorder: &mut Recorder,
    ) -> Option<Halt> {
        let known = self.cluster.violations().len();
        while self.is_within(limits) {
            self.run_events(time_us, limits, recorder);
            if self.cluster.violations().len() > known {
                return Some(Halt::Violation);
            }
            if !self.is_within(limits) {
                break;
            }
            let stepped = self.step_within(time_us, recorder);
            if let Some(line) = self.take_breakpoint() {
                return Some(Halt::Breakpoint { line });
            }
            if self.cluster.violations().len() > known {
                return Some(Halt::Violation);
            }
            if limits.halts_at_steps && stepped && self.waits_for_reader() {
                return Some(Halt::Step);
            }
            if !stepped {
                if self.flow != Flow::Stuck {
                    self.cluster.advance_clock(time_us);
                }
                return Some(Halt::Reached);
            }
        }
        None
    }

    /// As [`Run::run_until`], one step at most; `None` if it did one.
    pub(in crate::script) fn step_until(
        &mut self,
        time_us: Micros,
        recorder: &mut Recorder,
    ) -> Option<Halt> {
        let limits = Limits { steps: self.steps + 1, work: u64::MAX, halts_at_steps: false };
        self.run_until_within(time_us, limits, recorder)
    }

    /// Goes on to the end of the script and of the recorded actions; neither a `stop` nor a
    /// violation halts it.
    pub fn finish(&mut self, recorder: &mut Recorder) -> Report {
        self.finish_within(Budget::UNLIMITED, recorder);
        self.report()
    }

    /// As [`Run::finish`], and takes what happens into the diagram. The recorder must be
    /// [observing](Recorder::observing), and the same since the run's start.
    pub fn finish_with_diagram(
        &mut self,
        recorder: &mut Recorder,
        diagram: &mut Diagram,
    ) -> Report {
        diagram.update(&self.cluster, recorder);
        while !self.finished() {
            self.finish_within(Budget { steps: 256, ..Budget::UNLIMITED }, recorder);
            diagram.update(&self.cluster, recorder);
        }
        self.report()
    }

    /// As [`Run::finish`], as far as the budget lasts; [`Run::finished`] says whether it did.
    pub fn finish_within(&mut self, budget: Budget, recorder: &mut Recorder) {
        self.finish_limited(self.limits(budget), recorder);
    }

    pub(in crate::script) fn finish_limited(&mut self, limits: Limits, recorder: &mut Recorder) {
        while !self.finished() && self.is_within(limits) {
            self.run_events(Micros::MAX, limits, recorder);
            self.step_within(Micros::MAX, recorder);
        }
        self.clear_breakpoint();
    }

    /// When something happens next, in microseconds; `None` if nothing ever will.
    pub fn next_due_us(&self) -> Option<Micros> {
        let (event_us, task_us) = (self.world().next_event_us(), self.next_task_us());
        let action_us = self.next_action().map(|(time_us, _)| time_us);
        let due_us = [event_us, task_us, action_us].into_iter().flatten().min();
        match self.flow {
            Flow::Ready => Some(self.world().now_us()),
            Flow::Run(until_us) | Flow::Wait(_, until_us) => {
                Some(due_us.map_or(until_us, |due_us| due_us.min(until_us)))
            }
            Flow::Over => due_us,
            Flow::Stuck => None,
        }
    }

    /// Moves the clock to that moment, or to the next event if that is earlier.
    pub(in crate::script) fn advance_clock(&mut self, time_us: Micros) {
        self.cluster.advance_clock(time_us);
    }

    /// The present moment, and after how many of its steps an action would come that is done now;
    /// `None` is after all of them. See [`super::actions`].
    pub(in crate::script) fn action_moment(&self) -> (Micros, Option<u32>) {
        let after = (!self.is_at_rest()).then(|| u32::try_from(self.steps_now()).ok()).flatten();
        (self.world().now_us(), after)
    }

    /// The line number of an action that is recorded now.
    pub(in crate::script) fn next_action_line(&self) -> u32 {
        let last = self.actions[..self.actions_done].last();
        match (last, self.script.lines.last()) {
            (Some(action), _) => action.line + 1,
            (None, Some(line)) => line.number + 2,
            (None, None) => 2,
        }
    }

    /// Handles events up to that moment for as long as the script has no say. Most steps of a long
    /// run are of this kind, so they skip everything but the cluster.
    fn run_events(&mut self, limit_us: Micros, limits: Limits, recorder: &mut Recorder) {
        let mut limit_us = match self.flow {
            Flow::Run(until_us) => limit_us.min(until_us),
            Flow::Over => limit_us,
            _ => return,
        };
        if let Some((action_us, _)) = self.next_action() {
            let Some(before_us) = action_us.checked_sub(1) else { return };
            limit_us = limit_us.min(before_us);
        }
        if self.agenda.first_us().is_some() || !self.triggers.is_empty() {
            return;
        }
        let known = self.violation_lines.len();
        while self.steps_in_moment < STEPS_PER_MOMENT_MAX
            && self.is_within(limits)
            && let Some(next_us) = self.world().next_event_us()
            && next_us <= limit_us
        {
            self.cluster.step(recorder);
            self.count_step(next_us);
            if self.cluster.violations().len() != known {
                return self.note_violations();
            }
        }
    }

    fn count_step(&mut self, now_us: Micros) {
        if now_us != self.moment_us {
            self.moment_us = now_us;
            self.steps_in_moment = 0;
        }
        self.steps_in_moment += 1;
        self.steps += 1;
    }

    /// How many steps this moment has had so far; recorded actions do not count.
    fn steps_now(&self) -> u64 {
        if self.moment_us == self.world().now_us() { self.steps_in_moment } else { 0 }
    }

    /// Does one thing up to that moment. False: nothing is left to do up to there.
    pub(in crate::script) fn step_within(
        &mut self,
        limit_us: Micros,
        recorder: &mut Recorder,
    ) -> bool {
        let now_us = self.world().now_us();
        match self.next_action() {
            Some((action_us, after)) if action_us <= limit_us => {
                let is_now = after.is_some_and(|after| self.steps_now() >= u64::from(after));
                if action_us < now_us || action_us == now_us && is_now {
                    self.replay_action(recorder);
                    true
                } else {
                    self.step_or_replay(action_us, recorder)
                }
            }
            _ => self.step_script(limit_us, recorder),
        }
    }

    /// Does one thing before the next recorded action, or else that action.
    fn step_or_replay(&mut self, action_us: Micros, recorder: &mut Recorder) -> bool {
        if self.step_script(action_us, recorder) {
            return true;
        }
        if self.flow != Flow::Stuck {
            self.cluster.advance_clock(action_us);
        }
        let is_now = self.world().now_us() == action_us;
        if is_now {
            self.replay_action(recorder);
        }
        is_now
    }

    /// The moment of the next recorded action, and after how many steps of it.
    fn next_action(&self) -> Option<(Micros, Option<u32>)> {
        self.actions.get(self.actions_done).map(|action| (action.time_us, action.after))
    }

    fn replay_action(&mut self, recorder: &mut Recorder) {
        let recorded = Arc::clone(&self.actions[self.actions_done]);
        self.actions_done += 1;
        self.steps += 1;
        let done = match &recorded.action {
            ScheduledAction::Act(act) => self.act_or_fail(act, recorder),
            ScheduledAction::Begin(statement) => {
                self.do_at_once(statement, recorded.line, recorder)
            }
            ScheduledAction::Stop => {
                self.breakpoint = Some(recorded.line);
                Ok(())
            }
        };
        if let Err(text) = done {
            self.fail(recorded.line, text);
        }
        if self.finished() {
            self.judge();
        }
    }

    /// Does one thing of the script or the cluster up to that moment.
    fn step_script(&mut self, limit_us: Micros, recorder: &mut Recorder) -> bool {
        let stepped = self.step_uncounted(limit_us, recorder);
        if stepped {
            self.count_step(self.world().now_us());
        }
        stepped
    }

    fn step_uncounted(&mut self, limit_us: Micros, recorder: &mut Recorder) -> bool {
        let flow = self.flow;
        let (goal, until_us) = match flow {
            Flow::Ready if self.world().now_us() > limit_us => return false,
            Flow::Ready => {
                self.do_statement(recorder);
                return true;
            }
            Flow::Run(until_us) => (None, until_us),
            Flow::Wait(goal, _) if self.finds_reached(goal) => {
                self.next_statement();
                return true;
            }
            Flow::Wait(goal, until_us) => (Some(goal), until_us),
            Flow::Over => return self.step_cluster_or_tasks(limit_us, recorder),
            Flow::Stuck => return false,
        };
        let stepped = self.step_cluster_or_tasks(limit_us.min(until_us), recorder);
        if stepped || until_us > limit_us {
            return stepped;
        }
        self.cluster.advance_clock(until_us);
        match goal {
            Some(goal) if !self.finds_reached(goal) => self.give_up(goal),
            _ => self.next_statement(),
        }
        true
    }

    /// The next event or the tasks of the next moment, whichever is due first.
    fn step_cluster_or_tasks(&mut self, limit_us: Micros, recorder: &mut Recorder) -> bool {
        let event_us = self.world().next_event_us();
        let task_us = self.next_task_us();
        match (event_us, task_us) {
            (Some(event_us), task_us)
                if event_us <= limit_us && task_us.is_none_or(|task_us| event_us <= task_us) =>
            {
                self.cluster.step(recorder);
            }
            (_, Some(task_us)) if task_us <= limit_us => {
                self.cluster.advance_clock(task_us);
                self.do_tasks(recorder);
            }
            _ => return false,
        }
        self.react(recorder);
        true
    }

    /// Notes violations and does triggered tasks, after anything has happened.
    fn react(&mut self, recorder: &mut Recorder) {
        self.note_violations();
        if self.steps_now() > STEPS_PER_MOMENT_MAX {
            self.get_stuck();
        } else if !self.triggers.is_empty() {
            self.run_triggers(recorder);
        }
    }

    /// When the next task is due, or a condition on the time may come to hold.
    fn next_task_us(&self) -> Option<Micros> {
        let task_us = self.agenda.first_us();
        let alarm_us = self.next_alarm_us();
        match (task_us, alarm_us) {
            (Some(task_us), Some(alarm_us)) => Some(task_us.min(alarm_us)),
            (task_us, alarm_us) => task_us.or(alarm_us),
        }
    }

    fn next_alarm_us(&self) -> Option<Micros> {
        let now_us = self.world().now_us();
        let alarms = self.triggers.iter().map(|trigger| &trigger.condition).chain(self.awaited());
        alarms.filter_map(|condition| condition.next_alarm_us(now_us)).min()
    }

    /// Whether nothing more happens at this moment unless a person acts.
    fn is_at_rest(&self) -> bool {
        let now_us = self.world().now_us();
        let is_due = |time_us: Option<Micros>| time_us.is_some_and(|time_us| time_us <= now_us);
        let is_flow_due = match self.flow {
            Flow::Ready => true,
            Flow::Run(until_us) => until_us <= now_us,
            Flow::Wait(goal, until_us) => until_us <= now_us || self.is_reached(goal),
            Flow::Over => false,
            Flow::Stuck => return true,
        };
        !is_flow_due && !is_due(self.world().next_event_us()) && !is_due(self.next_task_us())
    }

    /// As [`Run::is_reached`], and counts the work of finding out.
    fn finds_reached(&mut self, goal: Goal) -> bool {
        self.condition_work += match goal {
            Goal::Quiet => 8 + self.world().due_len() as u64 / 8,
            Goal::Condition(_) => self.awaited().map_or(0, |awaited| awaited.work(&self.cluster)),
        };
        self.is_reached(goal)
    }
}
