//! Does the tasks that a script has put off, to a moment or until a condition becomes true.

use std::collections::VecDeque;

use crate::script::lang::ast::ScheduledAction;
use crate::sim::{Duration, Recorder};

use super::Run;
use super::agenda::Task;
use super::flow::not_done;

/// How many tasks triggers may do after one event: with more they trigger each other for ever.
const ACTIONS_PER_EVENT_MAX: usize = 1_000;

impl Run {
    /// Does the tasks that are due.
    pub(super) fn do_tasks(&mut self, recorder: &mut Recorder) {
        let now_us = self.world().now_us();
        while self.agenda.first_us().is_some_and(|time_us| time_us <= now_us) {
            if let Some(task) = self.agenda.take() {
                self.do_task(&task, false, recorder);
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
    /// can make other conditions true.
    pub(super) fn run_triggers(&mut self, recorder: &mut Recorder) {
        let mut actions = 0;
        let mut due = VecDeque::new();
        self.collect_triggered(&mut due);
        while let Some(task) = due.pop_front() {
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
            self.collect_triggered(&mut due);
        }
    }

    /// Collects the tasks of conditions that have become true since they were checked last.
    fn collect_triggered(&mut self, due: &mut VecDeque<Task>) {
        let cluster = &self.cluster;
        let condition_work = &mut self.condition_work;
        self.triggers.retain_mut(|trigger| {
            *condition_work += trigger.work(cluster);
            let rises = trigger.rises(cluster);
            if rises {
                due.push_back(trigger.task.clone());
            }
            trigger.again || !rises
        });
    }
}
