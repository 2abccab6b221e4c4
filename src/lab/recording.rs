//! A course of events as a script that replays it.

use crate::check::{Property, Violation};
use crate::script::{
    Action, Clause, Condition, Halt, Line, Question, Runner, Script, Statement, parse,
};
use crate::sim::{Act, EventId, Micros, Recorder, Setup};

use super::chaos::Chaos;

/// A cluster, and what is done to it until a property is violated.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The cluster.
    pub setup: Setup,
    /// What is done to it, in order of time, with everybody by name.
    pub acts: Vec<(Micros, Act)>,
    /// When the property is violated, in microseconds.
    pub until_us: Micros,
    /// Which one.
    pub property: Property,
    /// Whether time is told from act to act, by `run`, and not from the start, by `at`: events that an act
    /// makes due at once happen before the next act of the same moment only so.
    pub in_steps: bool,
}

/// What came of replaying a recording.
pub(super) struct Replay {
    /// How the property was violated, if it was the first that was.
    pub violation: Option<Violation>,
    /// How many events happened.
    pub events: EventId,
}

/// Runs a schedule, and records it up to its first violation. `None` where there is none, or where no script
/// would come to it again.
pub fn record(chaos: &Chaos) -> Option<(Recording, Violation)> {
    let mut acts = Vec::new();
    let course = chaos.run_heard(&mut |world, act| {
        if let Ok(Some(act)) = world.named(act) {
            acts.push((world.now_us(), act));
        }
    });
    let violation = course.violations.into_iter().next()?;
    acts.retain(|(time_us, _)| *time_us <= violation.time_us);
    let mut recording = Recording {
        setup: chaos.setup.clone(),
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
    /// The script, with these lines of comment at its top.
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
                let action = Action::Act(act.clone());
                body.push(Statement::At { time_us: *time_us, after: None, action });
            }
        }
        body.push(Statement::Run(self.until_us.saturating_sub(now_us)));
        body
    }

    /// Whether the script comes to its end as it says.
    pub(super) fn holds(&self) -> bool {
        let text = self.script(&[]).to_string();
        parse(&text).is_ok_and(|script| {
            let recorder = &mut Recorder::off();
            Runner::new(script, recorder).run_to_end(recorder).ok
        })
    }

    /// Runs the script as far as its first violation. It is written and read first: what cannot be said
    /// in the language cannot be replayed.
    pub(super) fn replay(&self) -> Replay {
        let nothing = Replay { violation: None, events: 0 };
        let Ok(script) = parse(&self.script(&[]).to_string()) else { return nothing };
        let recorder = &mut Recorder::off();
        let mut runner = Runner::new(script, recorder);
        // At time 0 a violation may be there already.
        let violated = !runner.cluster().violations().is_empty()
            || runner.run_until(self.until_us, recorder) == Halt::Violation;
        let first = runner.cluster().violations().first();
        let violation = first
            .filter(|first| violated && first.property == self.property)
            .filter(|_| runner.failures().is_empty())
            .cloned();
        Replay { violation, events: runner.world().event() }
    }
}
