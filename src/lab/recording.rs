//! A schedule that violates a property, as a script that replays the violation.
//!
//! Actions are recorded with the names of their servers (`World::named`): `leader` or `others`
//! could mean other servers once the lines around are removed. Actions that change nothing are left
//! out.

use crate::check::{Property, Violation};
use crate::script::{
    Clause, Condition, Halt, Line, Question, Run, ScheduledAction, Script, Statement, parse,
};
use crate::sim::{Act, EventId, Micros, Recorder, Setup};

use super::schedule::Schedule;

/// A cluster, and the actions on it until a property is violated.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub setup: Setup,
    /// Sorted by time. They name servers and clients: no `leader`, no `others`.
    pub acts: Vec<(Micros, Act)>,
    /// The time of the violation, in microseconds.
    pub until_us: Micros,
    pub property: Property,
    /// Whether the script advances by `run` from action to action, instead of `at` for each. Only
    /// with `run` do events that an action makes due at once happen before the next action at the
    /// same time.
    pub in_steps: bool,
}

pub(super) struct Replay {
    /// The violation, if the recording's property was the first to be violated.
    pub violation: Option<Violation>,
    pub events: EventId,
}

/// Runs a schedule and records it up to its first violation. `None` if there is none, or if no
/// script replays it.
pub fn record(schedule: &Schedule) -> Option<(Recording, Violation)> {
    let mut acts = Vec::new();
    let report = schedule.run_observed(&mut |world, act| {
        if let Ok(Some(act)) = world.named(act) {
            acts.push((world.now_us(), act));
        }
    });
    let violation = report.violations.into_iter().next()?;
    acts.retain(|(time_us, _)| *time_us <= violation.time_us);
    let mut recording = Recording {
        setup: schedule.setup.clone(),
        acts,
        until_us: violation.time_us,
        property: violation.property,
        in_steps: false,
    };
    if !recording.holds() {
        recording.in_steps = true;
    }
    recording.holds().then_some((recording, violation))
}

impl Recording {
    /// The script, with these comments at the top.
    pub fn script(&self, comments: &[String]) -> Script {
        let mut lines = Vec::new();
        for comment in comments {
            let comment = Some(format!(" {comment}").into());
            lines.push(Line { number: lines.len() as u32 + 1, statement: None, comment });
        }
        let mut push = |statement: Statement| {
            let number = lines.len() as u32 + 1;
            lines.push(Line { number, statement: Some(statement), comment: None });
            number as usize
        };
        let head = self.head();
        let mut head_len = comments.len();
        head.into_iter().for_each(|statement| head_len = push(statement));
        self.body().into_iter().for_each(|statement| {
            push(statement);
        });
        let clause = Clause { negated: false, question: Question::Violated(self.property) };
        push(Statement::Expect(Condition { clauses: vec![clause] }));
        Script { lines, head_len }
    }

    fn head(&self) -> Vec<Statement> {
        let Setup { settings, given, joining, learners } = &self.setup;
        let settings = settings.differences().into_iter();
        let mut head: Vec<Statement> =
            settings.map(|(setting, _)| Statement::Set(setting)).collect();
        head.extend(given.iter().map(|given| Statement::Given(Box::new(given.clone()))));
        if !joining.is_empty() {
            head.push(Statement::Joining(*joining));
        }
        if !learners.is_empty() {
            head.push(Statement::Learners(*learners));
        }
        head
    }

    fn body(&self) -> Vec<Statement> {
        let mut body = Vec::new();
        let mut now_us = 0;
        for (time_us, act) in &self.acts {
            if self.in_steps {
                body.push(Statement::Run(time_us - now_us));
                now_us = *time_us;
                body.push(match act {
                    Act::Set(setting) => Statement::Set(setting.clone()),
                    act => Statement::Act(act.clone()),
                });
            } else {
                let action = ScheduledAction::Act(act.clone());
                body.push(Statement::At { time_us: *time_us, after: None, action });
            }
        }
        body.push(Statement::Run(self.until_us.saturating_sub(now_us)));
        body
    }

    /// Whether the script passes.
    pub(super) fn holds(&self) -> bool {
        let text = self.script(&[]).to_string();
        parse(&text).is_ok_and(|script| {
            let recorder = &mut Recorder::off();
            Run::new(script, recorder).finish(recorder).ok
        })
    }

    /// Runs the script up to its first violation. It is printed and parsed first, so that what is
    /// found can be written down.
    pub(super) fn replay(&self) -> Replay {
        let nothing = Replay { violation: None, events: 0 };
        let Ok(script) = parse(&self.script(&[]).to_string()) else { return nothing };
        let recorder = &mut Recorder::off();
        let mut run = Run::new(script, recorder);
        // A property may already be violated at time 0.
        let violated = !run.cluster().violations().is_empty()
            || run.run_until(self.until_us, recorder) == Halt::Violation;
        let first = run.cluster().violations().first();
        let violation = first
            .filter(|first| violated && first.property == self.property)
            .filter(|_| run.failures().is_empty())
            .cloned();
        Replay { violation, events: run.world().event() }
    }
}
