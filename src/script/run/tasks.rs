//! Does the tasks that a script has put off, to a moment or until a condition becomes true.

use crate::script::lang::ast::ScheduledAction;
use crate::sim::{Duration, Recorder};

use super::Run;
use super::agenda::Task;
use super::flow::not_done;

/// How many tasks triggers may do after one event: with more they trigger each other for ever.
const ACTIONS_PER_EVENT_MAX: usize = 1_000;

impl Run {
    /// Does the tasks that are due, and after each of them what it triggers.
    pub(super) fn do_tasks(&mut self, recorder: &mut Recorder) {
        let now_us = self.world().now_us();
        while self.agenda.first_us().is_some_and(|time_us| time_us <= now_us) {
            if let Some(task) = self.agenda.take() {
                self.do_task(&task, false, recorder);
                self.run_triggers(recorder);
            }
        }
    }

    /// Does a task. False: it could not be done, so the script has ended.
    fn do_task(&mut self, task: &Task, is_caused: bool, recorder: &mut Recorder) -> bool {
        let act = match &task.action {
            ScheduledAction::Act(act) => act,
            ScheduledAction::Stop => {
                self.breakpoint = Some(task.line);
                return true;
            }
            ScheduledAction::Begin(statement) => {
                let begun = self.do_at_once(statement, task.line, recorder);
                return self.succeeds(task, begun);
            }
        };
        let cause = is_caused.then(|| self.world().event());
        let done = self.cluster.act(act, cause, recorder);
        self.note_violations();
        self.succeeds(task, done.map_err(|error| not_done(act, error)))
    }

    /// Ends the script if the task could not be done.
    fn succeeds(&mut self, task: &Task, done: Result<(), String>) -> bool {
        if let Err(text) = done {
            self.fail(task.line, text);
            self.abort();
            return false;
        }
        true
    }

    /// Does the tasks of conditions that have become true, in the order in which they have. A task
    /// can make other conditions true. It can also make one false whose task is due: that task is
    /// not done, and its trigger waits until the condition becomes true again.
    pub(super) fn run_triggers(&mut self, recorder: &mut Recorder) {
        let mut actions = 0;
        self.collect_triggered();
        while let Some(task) = self.next_triggered() {
            actions += 1;
            if actions > ACTIONS_PER_EVENT_MAX {
                let text = format!(
                    "expected triggers to come to rest, but they did {ACTIONS_PER_EVENT_MAX} \
                     actions at {} without time passing",
                    Duration(self.world().now_us())
                );
                self.fail(task.line, text);
                return self.abort();
            }
            if !self.do_task(&task, true, recorder) {
                return;
            }
            self.collect_triggered();
        }
    }

    /// Notes the triggers whose conditions have become true since they were checked last.
    fn collect_triggered(&mut self) {
        let cluster = &self.cluster;
        let mut next_due =
            self.triggers.iter().filter_map(|trigger| trigger.due).max().map_or(0, |due| due + 1);
        for trigger in &mut self.triggers {
            self.condition_work += trigger.work(cluster);
            if trigger.rises(cluster) && trigger.due.is_none() {
                trigger.due = Some(next_due);
                next_due += 1;
            }
        }
    }

    /// The task of the trigger that has been due for longest and whose condition still holds.
    fn next_triggered(&mut self) -> Option<Task> {
        loop {
            let due = self.triggers.iter().enumerate().filter_map(|(at, it)| Some((it.due?, at)));
            let (_, at) = due.min()?;
            let trigger = &mut self.triggers[at];
            self.condition_work += trigger.work(&self.cluster);
            if !trigger.condition.holds(&self.cluster) {
                trigger.rearm();
            } else if trigger.again {
                trigger.due = None;
                return Some(trigger.task.clone());
            } else {
                return Some(self.triggers.remove(at).task);
            }
        }
    }
}
