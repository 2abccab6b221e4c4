//! A schedule that does harm, as a script that replays it.
//!
//! Actions are recorded with the names of their servers (`World::named`): `leader` or `others`
//! could mean other servers once the lines around are removed. Actions that change nothing are left
//! out.

use crate::script::{Condition, Halt, Line, Run, ScheduledAction, Script, Statement, parse};
use crate::sim::{Act, EventId, MS, Micros, Recorder, Setup};

use super::harm::{Harm, Symptom};
use super::liveness::{judge, verdict_due_us};
use super::schedule::Schedule;

/// The times at which recordings of liveness end are multiples of this.
const END_UNIT_US: Micros = 100 * MS;

/// A cluster, and the actions on it until it does harm.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub setup: Setup,
    /// Sorted by time. They name servers and clients: no `leader`, no `others`.
    pub acts: Vec<(Micros, Act)>,
    /// When the harm is found, in microseconds.
    pub until_us: Micros,
    pub symptom: Symptom,
    /// Whether the script advances by `run` from action to action, instead of `at` for each. Only
    /// with `run` do events that an action makes due at once happen before the next action at the
    /// same time.
    pub in_steps: bool,
}

pub(super) struct Replay {
    /// The harm, if it has the recording's symptom. A violation must be the first one.
    pub harm: Option<Harm>,
    pub events: EventId,
}

/// Runs a schedule and records it up to the harm that it does. `None` if it does none, or if no
/// script replays it.
pub fn record(schedule: &Schedule) -> Option<(Recording, Harm)> {
    let mut acts = Vec::new();
    let report = schedule.run_observed(&mut |world, act| {
        if let Ok(Some(act)) = world.named(act) {
            acts.push((world.now_us(), act));
        }
    });
    let harm = report.harm?;
    acts.retain(|(time_us, _)| *time_us <= harm.time_us);
    let mut recording = Recording {
        setup: schedule.setup.clone(),
        acts,
        until_us: harm.time_us,
        symptom: harm.symptom,
        in_steps: false,
    };
    if !recording.holds() {
        recording.in_steps = true;
    }
    recording.holds().then_some((recording, harm))
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
        push(Statement::Expect(Condition { clauses: vec![self.symptom.clause()] }));
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

    /// Runs the script up to its harm. It is printed and parsed first, so that what is found can be
    /// written down.
    pub(super) fn replay(&self) -> Replay {
        let nothing = Replay { harm: None, events: 0 };
        let Ok(script) = parse(&self.script(&[]).to_string()) else { return nothing };
        let mut run = Run::new(script, &mut Recorder::off());
        let harm = match self.symptom {
            Symptom::Violates(_) => self.first_violation(&mut run),
            Symptom::NoLeader | Symptom::Unanswered => self.verdict_on_liveness(&mut run),
        };
        let harm = harm.filter(|harm| harm.symptom == self.symptom && run.failures().is_empty());
        Replay { harm, events: run.world().event() }
    }

    fn first_violation(&self, run: &mut Run) -> Option<Harm> {
        // A property may already be violated at time 0.
        let violated = !run.cluster().violations().is_empty()
            || run.run_until(self.until_us, &mut Recorder::off()) == Halt::Violation;
        run.cluster().violations().first().filter(|_| violated).map(Harm::from)
    }

    /// Leaves the cluster alone after the last action.
    fn verdict_on_liveness(&self, run: &mut Run) -> Option<Harm> {
        let recorder = &mut Recorder::off();
        let alone_from_us = self.acts.last().map_or(0, |(time_us, _)| *time_us);
        let mut reach = |run: &mut Run, time_us| run.run_until(time_us, recorder) == Halt::Reached;
        if !reach(run, alone_from_us) {
            return None;
        }
        let due_us = verdict_due_us(run.world())?.next_multiple_of(END_UNIT_US);
        reach(run, due_us).then(|| judge(run.world(), alone_from_us))?
    }
}
