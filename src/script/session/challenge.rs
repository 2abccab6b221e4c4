//! A challenge that starts at the present moment: a script whose flow leads to the same state, with
//! a text, goals, and what the reader may do.

use std::fmt::Write;
use std::sync::Arc;

use crate::script::lang::ast::{Narration, ScheduledAction, Script, Statement};
use crate::script::lang::parse::{ParseError, TEXT_MAX, parse, parse_statement};
use crate::script::run::{Budget, Run};
use crate::sim::{Act, Micros, Recorder};

use super::Session;

/// Why no flow leads to a moment.
const NO_FLOW: &str = "a challenge cannot start here: this moment, or an action before it, lies \
                       between two events of the same instant. Go on to the next event, or undo \
                       that action";

/// What a challenge asks of its reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChallengeTerms {
    pub title: String,
    /// What the reader reads first, in markdown.
    pub task: String,
    /// Each condition with its description.
    pub goals: Vec<(String, String)>,
    /// The statements that the reader may use; without any, all.
    pub allowed: Vec<String>,
    /// How often the reader may use a statement.
    pub budgets: Vec<(String, u32)>,
    pub hints: Vec<String>,
}

impl Session {
    /// The script of a challenge that starts at this moment of this run.
    ///
    /// # Errors
    /// If a goal is no condition of this cluster, if all goals hold already, or if no flow leads to
    /// this moment.
    pub fn challenge(&self, terms: &ChallengeTerms) -> Result<String, String> {
        let mut ending = vec![Narration::Say(terms.task.clone())];
        for (condition, description) in &terms.goals {
            ending.push(self.goal(condition, description)?);
        }
        if terms.goals.is_empty() {
            return Err("a challenge needs a goal".to_owned());
        }
        if !terms.allowed.is_empty() {
            ending.push(Narration::Allow(terms.allowed.clone()));
        }
        let budgets = terms.budgets.iter();
        ending.extend(budgets.map(|(verb, count)| Narration::Budget(verb.clone(), *count)));
        ending.extend(terms.hints.iter().map(|hint| Narration::Hint(hint.clone())));

        let mut text = format!("{}\n", Narration::Title(terms.title.clone()));
        text += &self.flow_to_here()?;
        for narration in ending {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{narration}");
        }
        if text.len() > TEXT_MAX {
            return Err("a challenge cannot start here: this run has too many actions".to_owned());
        }
        let run = run_of(&text)?;
        match run.is_won() {
            Some(true) => {
                Err("every goal holds already: choose a goal that is still to be reached"
                    .to_owned())
            }
            _ => Ok(text),
        }
    }

    fn goal(&self, condition: &str, description: &str) -> Result<Narration, String> {
        let (servers, clients) = (self.world().servers().len(), self.world().clients().len());
        let quoted = Narration::Hint(description.to_owned()).to_string();
        let quoted = quoted.trim_start_matches("hint ");
        match parse_statement(&format!("goal {condition} {quoted}"), servers, clients) {
            Ok(Some(Statement::Narration(goal @ Narration::Goal(..)))) => Ok(goal),
            Err(error) => Err(format!("`{condition}` is no condition: {}", error.message())),
            _ => Err(format!("`{condition}` is no condition")),
        }
    }

    /// A script without narration that ends in the state of this moment.
    fn flow_to_here(&self) -> Result<String, String> {
        let flows = [self.kept_flow(), Some(self.replayed_flow())];
        let mut flows = flows.into_iter().flatten();
        flows.find(|flow| self.leads_here(flow)).ok_or_else(|| NO_FLOW.to_owned())
    }

    fn leads_here(&self, text: &str) -> bool {
        let world = self.world();
        run_of(text).is_ok_and(|run| {
            run.world().now_us() == world.now_us() && run.world().hash() == world.hash()
        })
    }

    /// The flow as it was written, and below it the actions done since; `None` if it is not over,
    /// or was acted upon.
    fn kept_flow(&self) -> Option<String> {
        let run = self.run();
        if !run.is_flow_over() || run.has_left_story() {
            return None;
        }
        let script = run.script();
        let mut flow = FlowText::begin(script);
        let rest = script.lines[script.head_len..].iter().filter_map(|it| it.statement.as_ref());
        for statement in rest.take_while(|statement| **statement != Statement::ByHand) {
            if !matches!(
                statement,
                Statement::Narration(_) | Statement::Expect(_) | Statement::Stop
            ) {
                flow.line(statement);
            }
        }
        flow.at_us = run.over_us();
        for action in &run.actions()[..run.actions_done()] {
            flow.action(action.time_us, &action.action);
        }
        Some(flow.end(self.world().now_us()))
    }

    /// What the script and the person did, each at its time.
    fn replayed_flow(&self) -> String {
        let (script, here) = (self.run().script(), self.run().position());
        let mut recorder = Recorder::off();
        let mut run = Run::new(script.clone(), &mut recorder);
        run.set_actions(Arc::clone(self.run().actions()));
        let mut flow = FlowText::begin(script);
        while run.position().steps < here.steps {
            let (due, done) = (run.due_statement().cloned(), run.actions_done());
            if !run.step_within(here.time_us, &mut recorder) {
                break;
            }
            let now_us = run.world().now_us();
            if run.actions_done() > done {
                flow.action(now_us, &run.actions()[done].action);
            } else if let Some(statement) = due.filter(takes_no_time) {
                flow.statement(now_us, &statement);
            }
        }
        flow.end(here.time_us)
    }
}

/// The run of a script at its end.
fn run_of(text: &str) -> Result<Run, String> {
    let script = parse(text).map_err(|errors| ParseError::all(&errors))?;
    let mut recorder = Recorder::off();
    let mut run = Run::new(script, &mut recorder);
    run.finish_within(Budget::CALL, &mut recorder);
    match run.finished() {
        true => Ok(run),
        false => Err("a challenge cannot start here: too much has happened before".to_owned()),
    }
}

/// Whether the statement does something, and at once.
fn takes_no_time(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::Set(_)
            | Statement::Act(_)
            | Statement::At { .. }
            | Statement::Every { .. }
            | Statement::When { .. }
    )
}

/// A flow that is being written.
struct FlowText {
    text: String,
    at_us: Micros,
    /// Whether anything stands below the head.
    has_begun: bool,
}

impl FlowText {
    /// The head of the script.
    fn begin(script: &Script) -> FlowText {
        let mut flow = FlowText { text: String::new(), at_us: 0, has_begun: false };
        let head = script.lines[..script.head_len].iter().filter_map(|it| it.statement.as_ref());
        head.filter(|it| !matches!(it, Statement::Narration(_))).for_each(|it| flow.write(it));
        flow
    }

    fn write(&mut self, statement: &Statement) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{statement}");
    }

    fn line(&mut self, statement: &Statement) {
        self.has_begun = true;
        self.write(statement);
    }

    fn statement(&mut self, time_us: Micros, statement: &Statement) {
        // A setting right below the head would be part of the head.
        if time_us > self.at_us || !self.has_begun {
            self.line(&Statement::Run(time_us.saturating_sub(self.at_us)));
            self.at_us = time_us;
        }
        self.line(statement);
    }

    fn action(&mut self, time_us: Micros, action: &ScheduledAction) {
        match action {
            ScheduledAction::Act(Act::Set(setting)) => {
                self.statement(time_us, &Statement::Set(setting.clone()));
            }
            ScheduledAction::Act(act) => self.statement(time_us, &Statement::Act(act.clone())),
            ScheduledAction::Begin(statement) => self.statement(time_us, statement),
            ScheduledAction::Stop => {}
        }
    }

    /// The text, up to that moment.
    fn end(mut self, time_us: Micros) -> String {
        if time_us > self.at_us {
            self.line(&Statement::Run(time_us - self.at_us));
        }
        self.text
    }
}
