//! Does the statements of a script, and judges at its end.

use std::sync::Arc;

use crate::check::Property;
use crate::sim::{Act, ActError, Duration, Micros, Recorder, Server};

use crate::script::condition::{Condition, Question, describe_violation};
use crate::script::lang::ast::{DEFAULT_WITHIN_US, Narration, ScheduledAction, Script, Statement};
use crate::script::lang::print::act_line;

use super::agenda::{Task, Trigger};
use super::limits::STEPS_PER_MOMENT_MAX;
use super::{Failure, Flow, Goal, Run};

impl Run {
    /// Moves on to the next statement, or to the end of the script.
    pub(super) fn next_statement(&mut self) {
        let rest = self.script.lines.iter().enumerate().skip(self.next);
        let rest = rest.take_while(|(_, line)| line.statement != Some(Statement::ByHand));
        let head_len = self.script.head_len;
        let mut to_do = rest.filter(|(at, line)| match &line.statement {
            Some(Statement::Narration(_)) => true,
            Some(_) => *at >= head_len,
            None => false,
        });
        match to_do.next() {
            Some((at, _)) => {
                self.next = at;
                self.flow = Flow::Ready;
            }
            None => {
                self.next = self.script.lines.len();
                self.judge_prediction();
                self.end_flow();
            }
        }
    }

    /// Does the next statement.
    pub(super) fn do_statement(&mut self, recorder: &mut Recorder) {
        let script = Arc::clone(&self.script);
        let at = self.next;
        let line = &script.lines[at];
        self.next += 1;
        self.line = line.number;
        let Some(statement) = &line.statement else { return self.next_statement() };
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
                self.flow = Flow::Wait(Goal::Condition(at), until_us);
            }
            Statement::Expect(condition) => {
                self.expectations += 1;
                if let Err(text) = self.expect(condition) {
                    self.fail(line.number, text);
                }
                self.next_statement();
            }
            Statement::Narration(narration) => {
                self.narrate(at, narration);
                self.next_statement();
            }
            statement => match self.do_at_once(statement, line.number, recorder) {
                Ok(()) if self.flow == Flow::Ready => self.next_statement(),
                Ok(()) => {}
                Err(text) => {
                    self.fail(line.number, text);
                    self.abort();
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
                self.triggers.push(Trigger::new(condition.clone(), task(action), *again));
                self.run_triggers(recorder);
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
        self.run_triggers(recorder);
        Ok(())
    }

    /// As [`Run::act`]; the error says what was expected.
    pub(super) fn act_or_fail(&mut self, act: &Act, recorder: &mut Recorder) -> Result<(), String> {
        self.act(act, recorder).map_err(|error| not_done(act, error))
    }

    /// Checks a condition; the error says what was found instead.
    pub(in crate::script) fn expect(&self, condition: &Condition) -> Result<(), String> {
        match condition.holds(&self.cluster) {
            true => Ok(()),
            false => Err(condition.failure(&self.cluster)),
        }
    }

    /// The condition that a `wait` waits for.
    pub(super) fn awaited(&self) -> Option<&Condition> {
        match self.flow {
            Flow::Wait(Goal::Condition(at), _) => awaited_at(&self.script, at),
            _ => None,
        }
    }

    pub(super) fn is_reached(&self, goal: Goal) -> bool {
        match goal {
            Goal::Quiet => self.is_settled(),
            Goal::Condition(at) => {
                awaited_at(&self.script, at).is_none_or(|condition| condition.holds(&self.cluster))
            }
        }
    }

    /// Whether nothing is in flight, and nothing is due at this moment.
    pub(in crate::script) fn is_settled(&self) -> bool {
        self.world().quiet() && self.agenda.first_us() != Some(self.world().now_us())
    }

    /// The goal was not reached in time: the script fails.
    pub(super) fn give_up(&mut self, goal: Goal) {
        let text = match (goal, &self.script.lines[self.next - 1].statement) {
            (Goal::Condition(_), Some(Statement::Wait { condition, within })) => {
                self.late(condition, within.unwrap_or(DEFAULT_WITHIN_US))
            }
            (_, Some(Statement::Settle { within })) => {
                self.unrest(within.unwrap_or(DEFAULT_WITHIN_US))
            }
            _ => return self.next_statement(),
        };
        self.fail(self.line, text);
        self.abort();
    }

    /// Says that a condition did not hold in time.
    pub(in crate::script) fn late(&self, condition: &Condition, within_us: Micros) -> String {
        let found = condition.found(&self.cluster);
        format!("expected {condition} within {}, but {found}", Duration(within_us))
    }

    /// Says that the cluster did not come to rest.
    pub(in crate::script) fn unrest(&self, within_us: Micros) -> String {
        let world = self.world();
        let in_flight = world.in_flight().count();
        let writes: usize = world.servers().iter().map(Server::writes_pending).sum();
        format!(
            "expected the cluster to settle within {}, but messages in flight: {in_flight}, \
             pending writes: {writes}",
            Duration(within_us)
        )
    }

    pub(super) fn fail(&mut self, line: u32, text: String) {
        self.failures.push(Failure { line, text, property: None });
    }

    /// Ends the script early: without this statement the rest of it makes no sense.
    pub(super) fn abort(&mut self) {
        self.agenda.clear();
        self.triggers.clear();
        self.asked = None;
        self.end_flow();
    }

    /// Fails the script: so much has happened at this moment that time would never pass.
    pub(super) fn get_stuck(&mut self) {
        let text = format!(
            "expected time to pass, but {STEPS_PER_MOMENT_MAX} events happened at {}; set \
             `latency`, `disk` or `client-timeout` above 0",
            Duration(self.world().now_us())
        );
        self.fail(self.line, text);
        self.abort();
        self.flow = Flow::Stuck;
    }

    /// Notes the line that was being done when a property was violated.
    pub(super) fn note_violations(&mut self) {
        let known = self.violation_lines.len();
        let found = self.cluster.violations().len();
        if found > known {
            self.violation_lines.resize(found, self.line);
        }
    }

    /// Ends the script, and judges it if no recorded action is left to do.
    fn end_flow(&mut self) {
        if matches!(self.flow, Flow::Over | Flow::Stuck) {
            return;
        }
        self.flow = Flow::Over;
        self.over_us = self.world().now_us();
        self.over_actions = self.actions_done;
        if self.finished() {
            self.judge();
        }
    }

    /// Fails the script for each violation that it does not expect, up to the first one that it
    /// does: an expected violation often causes others.
    pub(super) fn judge(&mut self) {
        let violations = self.cluster.violations().iter().zip(&self.violation_lines);
        let unnamed = violations
            .take_while(|(violation, _)| !is_named(&self.script, violation.property))
            .map(|(violation, line)| Failure {
                line: *line,
                text: format!("expected no violation, but {}", describe_violation(violation)),
                property: Some(violation.property),
            });
        self.failures.extend(unnamed.collect::<Vec<_>>());
    }
}

/// The condition of the `wait` in that line.
fn awaited_at(script: &Script, at: usize) -> Option<&Condition> {
    match &script.lines[at].statement {
        Some(Statement::Wait { condition, .. }) => Some(condition),
        _ => None,
    }
}

/// Whether the script expects that violation somewhere, or makes it a goal.
fn is_named(script: &Script, property: Property) -> bool {
    script.statements().any(|(_, statement)| match statement {
        Statement::Expect(condition) | Statement::Narration(Narration::Goal(condition, _)) => {
            condition
                .clauses
                .iter()
                .any(|clause| !clause.negated && clause.question == Question::Violated(property))
        }
        _ => false,
    })
}

/// Says that an act could not be done.
pub(in crate::script) fn not_done(act: &Act, error: impl std::fmt::Display) -> String {
    format!("expected to do `{}`, but {error}", act_line(act))
}
