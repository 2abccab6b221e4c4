//! Does the statements of a script, and what it has put off.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::check::Property;
use crate::sim::{Act, ActError, Duration, Micros, Recorder, Server};

use crate::script::condition::{Condition, Question, describe_violation};
use crate::script::lang::ast::{DEFAULT_WITHIN_US, ScheduledAction, Script, Statement};
use crate::script::lang::print::act_line;

use super::agenda::{Task, Watch};
use super::limits::STEPS_PER_MOMENT_MAX;
use super::{Failure, Flow, Goal, Run};

/// As many actions of triggers may follow one event: more, and they chase each other.
const ACTIONS_PER_EVENT_MAX: usize = 1_000;

impl Run {
    /// Takes the next statement up, or ends the script where there is none.
    pub(super) fn get_ready(&mut self) {
        let rest = self.script.lines.iter().enumerate().skip(self.next);
        let rest = rest.take_while(|(_, line)| line.statement != Some(Statement::ByHand));
        let head_len = self.script.head_len;
        let mut to_do = rest.filter(|(place, line)| match &line.statement {
            Some(Statement::Narration(_)) => true,
            Some(_) => *place >= head_len,
            None => false,
        });
        match to_do.next() {
            Some((place, _)) => {
                self.next = place;
                self.flow = Flow::Ready;
            }
            None => {
                self.next = self.script.lines.len();
                self.end_flow();
            }
        }
    }

    /// Does the next statement.
    pub(super) fn do_statement(&mut self, recorder: &mut Recorder) {
        let script = Arc::clone(&self.script);
        let place = self.next;
        let line = &script.lines[place];
        self.next += 1;
        self.line = line.number;
        let Some(statement) = &line.statement else { return self.get_ready() };
        let now_us = self.world().now_us();
        match statement {
            Statement::Run(time_us) => self.flow = Flow::Run(now_us.saturating_add(*time_us)),
            Statement::Settle { within } => {
                let until_us = now_us.saturating_add(within.unwrap_or(DEFAULT_WITHIN_US));
                self.flow = Flow::Wait(Goal::Quiet, until_us);
            }
            Statement::Wait { within, .. } => {
                self.expectations += 1;
                let until_us = now_us.saturating_add(within.unwrap_or(DEFAULT_WITHIN_US));
                self.flow = Flow::Wait(Goal::Condition(place), until_us);
            }
            Statement::Expect(condition) => {
                self.expectations += 1;
                if let Err(text) = self.expect(condition) {
                    self.fail(line.number, text);
                }
                self.get_ready();
            }
            Statement::Narration(_) => {
                self.narrated.push(place);
                self.get_ready();
            }
            statement => match self.do_at_once(statement, line.number, recorder) {
                Ok(()) if self.flow == Flow::Ready => self.get_ready(),
                Ok(()) => {}
                Err(text) => {
                    self.fail(line.number, text);
                    self.break_off();
                }
            },
        }
    }

    /// Does a statement that takes no time. The error says what was expected.
    pub(in crate::script) fn do_at_once(
        &mut self,
        statement: &Statement,
        line: u32,
        recorder: &mut Recorder,
    ) -> Result<(), String> {
        let now_us = self.world().now_us();
        let task = |action: &ScheduledAction| Task { line, action: action.clone() };
        match statement {
            Statement::Set(setting) => self.act_or_fail(&Act::Set(setting.clone()), recorder),
            Statement::Act(act) => self.act_or_fail(act, recorder),
            Statement::At { time_us, .. } if *time_us < now_us => Err(format!(
                "expected a time in the future, but {} is past: time is {}",
                Duration(*time_us),
                Duration(now_us)
            )),
            Statement::At { time_us, action, .. } => {
                self.agenda.at(*time_us, task(action));
                self.condition_work += self.agenda.len() as u64;
                Ok(())
            }
            Statement::Every { period_us, action, times } => {
                self.agenda.every(now_us, *period_us, task(action), *times);
                Ok(())
            }
            Statement::When { again, condition, action } => {
                self.watches.push(Watch::new(condition.clone(), task(action), *again));
                self.look_at_watches(recorder);
                Ok(())
            }
            Statement::Stop => {
                self.breakpoint = Some(line);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Does an act now, and what it triggers.
    pub(in crate::script) fn act(
        &mut self,
        act: &Act,
        recorder: &mut Recorder,
    ) -> Result<(), ActError> {
        self.cluster.act(act, None, recorder)?;
        self.note_violations();
        self.look_at_watches(recorder);
        Ok(())
    }

    /// As [`Run::act`]; the error says what was expected.
    pub(super) fn act_or_fail(&mut self, act: &Act, recorder: &mut Recorder) -> Result<(), String> {
        self.act(act, recorder).map_err(|error| not_done(act, error))
    }

    /// Whether a condition holds; the error says what was found.
    pub(in crate::script) fn expect(&self, condition: &Condition) -> Result<(), String> {
        match condition.holds(&self.cluster) {
            true => Ok(()),
            false => Err(condition.failure(&self.cluster)),
        }
    }

    /// Does what is put off to this moment.
    pub(super) fn do_tasks(&mut self, recorder: &mut Recorder) {
        let now_us = self.world().now_us();
        while self.agenda.first_us().is_some_and(|time_us| time_us <= now_us) {
            if let Some(task) = self.agenda.take() {
                self.do_task(&task, false, recorder);
            }
        }
    }

    /// Does a task. False: it could not be done, and the script has broken off.
    fn do_task(&mut self, task: &Task, is_caused: bool, recorder: &mut Recorder) -> bool {
        let act = match &task.action {
            ScheduledAction::Act(act) => act,
            ScheduledAction::Stop => {
                self.breakpoint = Some(task.line);
                return true;
            }
            ScheduledAction::Begin(statement) => {
                let begun = self.do_at_once(statement, task.line, recorder);
                return self.go_on_after(task, begun);
            }
        };
        let cause = is_caused.then(|| self.world().event());
        let done = self.cluster.act(act, cause, recorder);
        self.note_violations();
        self.go_on_after(task, done.map_err(|error| not_done(act, error)))
    }

    /// Goes on, or breaks off where a task could not be done.
    fn go_on_after(&mut self, task: &Task, done: Result<(), String>) -> bool {
        if let Err(text) = done {
            self.fail(task.line, text);
            self.break_off();
            return false;
        }
        true
    }

    /// Does what waits for conditions that have become true, in the order in which they have.
    pub(super) fn look_at_watches(&mut self, recorder: &mut Recorder) {
        let mut actions = 0;
        let mut due = VecDeque::new();
        self.note_risen(&mut due);
        while let Some(task) = due.pop_front() {
            actions += 1;
            if actions > ACTIONS_PER_EVENT_MAX {
                let text = format!(
                    "expected triggers to come to rest, but they did {ACTIONS_PER_EVENT_MAX} \
                     actions at {} without time passing",
                    Duration(self.world().now_us())
                );
                self.fail(task.line, text);
                return self.break_off();
            }
            if !self.do_task(&task, true, recorder) {
                return;
            }
            self.note_risen(&mut due);
        }
    }

    /// Notes which conditions have become true since they were looked at last.
    fn note_risen(&mut self, due: &mut VecDeque<Task>) {
        let cluster = &self.cluster;
        let condition_work = &mut self.condition_work;
        self.watches.retain_mut(|watch| {
            *condition_work += watch.work(cluster);
            let rises = watch.rises(cluster);
            if rises {
                due.push_back(watch.task.clone());
            }
            watch.again || !rises
        });
    }

    /// The condition that a `wait` waits for.
    pub(super) fn awaited(&self) -> Option<&Condition> {
        match self.flow {
            Flow::Wait(Goal::Condition(place), _) => awaited_at(&self.script, place),
            _ => None,
        }
    }

    pub(super) fn is_reached(&self, goal: Goal) -> bool {
        match goal {
            Goal::Quiet => self.is_settled(),
            Goal::Condition(place) => awaited_at(&self.script, place)
                .is_none_or(|condition| condition.holds(&self.cluster)),
        }
    }

    /// Whether nothing is under way, and nothing due at this moment.
    pub(in crate::script) fn is_settled(&self) -> bool {
        self.world().quiet() && self.agenda.first_us() != Some(self.world().now_us())
    }

    /// The goal was not reached in time: that ends the script.
    pub(super) fn give_up(&mut self, goal: Goal) {
        let text = match (goal, &self.script.lines[self.next - 1].statement) {
            (Goal::Condition(_), Some(Statement::Wait { condition, within })) => {
                self.late(condition, within.unwrap_or(DEFAULT_WITHIN_US))
            }
            (_, Some(Statement::Settle { within })) => {
                self.unrest(within.unwrap_or(DEFAULT_WITHIN_US))
            }
            _ => return self.get_ready(),
        };
        self.fail(self.line, text);
        self.break_off();
    }

    /// That a condition has not come to hold.
    pub(in crate::script) fn late(&self, condition: &Condition, within_us: Micros) -> String {
        let found = condition.found(&self.cluster);
        format!("expected {condition} within {}, but {found}", Duration(within_us))
    }

    /// That the cluster has not come to rest.
    pub(in crate::script) fn unrest(&self, within_us: Micros) -> String {
        let world = self.world();
        let in_flight = world.in_flight().count();
        let writes: usize = world.servers().iter().map(Server::writes_pending).sum();
        format!(
            "expected the cluster to settle within {}, but {in_flight} messages are in flight \
             and {writes} writes are pending",
            Duration(within_us)
        )
    }

    pub(super) fn fail(&mut self, line: u32, text: String) {
        self.failures.push(Failure { line, text });
    }

    /// Ends the script before its end: what was expected to follow makes no sense any more.
    fn break_off(&mut self) {
        self.agenda.clear();
        self.watches.clear();
        self.end_flow();
    }

    /// So much has happened without time passing that it never will.
    pub(super) fn get_stuck(&mut self) {
        let text = format!(
            "expected time to pass, but {STEPS_PER_MOMENT_MAX} events happened at {}; set \
             `latency`, `disk` or `client-timeout` above 0",
            Duration(self.world().now_us())
        );
        self.fail(self.line, text);
        self.break_off();
        self.flow = Flow::Stuck;
    }

    /// Notes which line was being done when a property was violated.
    pub(super) fn note_violations(&mut self) {
        let known = self.violation_lines.len();
        let found = self.cluster.violations().len();
        if found > known {
            self.violation_lines.resize(found, self.line);
        }
    }

    /// The end of the script: a violation that it does not name is a failure, unless one that it names
    /// came before. What breaks in the wake of an expected break is no news.
    fn end_flow(&mut self) {
        if matches!(self.flow, Flow::Over | Flow::Stuck) {
            return;
        }
        self.flow = Flow::Over;
        self.over_us = self.world().now_us();
        if self.finished() {
            self.judge();
        }
    }

    /// See [`Run::end_flow`]; once all is done, what was done by hand among it.
    pub(super) fn judge(&mut self) {
        let violations = self.cluster.violations().iter().zip(&self.violation_lines);
        let unnamed = violations
            .take_while(|(violation, _)| !is_named(&self.script, violation.property))
            .map(|(violation, line)| Failure {
                line: *line,
                text: format!("expected no violation, but {}", describe_violation(violation)),
            });
        self.failures.extend(unnamed.collect::<Vec<_>>());
    }
}

/// The condition of the `wait` at that place.
fn awaited_at(script: &Script, place: usize) -> Option<&Condition> {
    match &script.lines[place].statement {
        Some(Statement::Wait { condition, .. }) => Some(condition),
        _ => None,
    }
}

/// Whether the script expects that violation.
fn is_named(script: &Script, property: Property) -> bool {
    script.statements().any(|(_, statement)| match statement {
        Statement::Expect(condition) => condition
            .clauses
            .iter()
            .any(|clause| !clause.negated && clause.question == Question::Violated(property)),
        _ => false,
    })
}

/// That an act could not be done.
pub(in crate::script) fn not_done(act: &Act, error: impl std::fmt::Display) -> String {
    format!("expected to do `{}`, but {error}", act_line(act))
}
