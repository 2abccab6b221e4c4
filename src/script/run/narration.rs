//! What the reader has been shown so far, whether predictions came true, and which goals are won.
//!
//! An `ask` may give each choice the condition under which it is the right one. The conditions are
//! judged where the next `say`, `ask` or `chapter` stands, or at the script's end: there the answer
//! is revealed. If the simulation does not confirm the answer, the script fails.

use crate::script::condition::Condition;
use crate::script::lang::ast::{Narration, Statement};
use crate::sim::Micros;

use super::Run;

/// A text that the reader has been shown.
#[derive(Clone, Copy, Debug)]
pub struct Narrated<'a> {
    pub line: u32,
    /// In microseconds.
    pub time_us: Micros,
    pub narration: &'a Narration,
}

/// What became of an `ask` whose choices have conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The line of the `ask`.
    pub line: u32,
    /// The numbers of the choices whose conditions held, from 1.
    pub came_true: Vec<u32>,
    /// Whether that is the answer, and no other choice.
    pub confirmed: bool,
}

/// A goal, and whether it holds now.
#[derive(Clone, Copy, Debug)]
pub struct GoalOutcome<'a> {
    pub line: u32,
    pub condition: &'a Condition,
    pub text: &'a str,
    pub won: bool,
}

impl Run {
    /// The narrations so far.
    pub fn narrated(&self) -> impl Iterator<Item = Narrated<'_>> {
        self.narrated.iter().filter_map(|&(at, time_us)| {
            let line = &self.script.lines[at];
            match &line.statement {
                Some(Statement::Narration(narration)) => {
                    Some(Narrated { line: line.number, time_us, narration })
                }
                _ => None,
            }
        })
    }

    /// The narrations so far, with their lines.
    pub fn narration(&self) -> impl Iterator<Item = (u32, &Narration)> {
        self.narrated().map(|narrated| (narrated.line, narrated.narration))
    }

    /// The predictions that have been judged so far.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// The goals that the script has set so far.
    pub fn goals(&self) -> impl Iterator<Item = GoalOutcome<'_>> {
        self.narrated().filter_map(|Narrated { line, narration, .. }| match narration {
            Narration::Goal(condition, text) => {
                let won = condition.holds(&self.cluster);
                Some(GoalOutcome { line, condition, text, won })
            }
            _ => None,
        })
    }

    /// Shows a text to the reader.
    pub(super) fn narrate(&mut self, at: usize, narration: &Narration) {
        if matches!(narration, Narration::Say(_) | Narration::Ask { .. } | Narration::Chapter(_)) {
            self.judge_prediction();
        }
        if let Narration::Ask { choices, .. } = narration {
            self.asked = choices[0].condition.as_ref().map(|_| at);
        }
        self.narrated.push((at, self.world().now_us()));
    }

    /// Judges the choices of the newest `ask`. Exactly the answer must have come true.
    pub(super) fn judge_prediction(&mut self) {
        let Some(line) = self.asked.take().map(|at| &self.script.lines[at]) else { return };
        let Some(Statement::Narration(Narration::Ask { choices, answer, .. })) = &line.statement
        else {
            return;
        };
        let (line, answer) = (line.number, *answer);
        let mut came_true = Vec::new();
        let mut wrong = Vec::new();
        for (number, choice) in (1..).zip(choices) {
            let Some(condition) = &choice.condition else { continue };
            match (condition.holds(&self.cluster), number == answer) {
                (true, is_answer) => {
                    came_true.push(number);
                    if !is_answer {
                        wrong.push(format!(
                            "expected only choice {answer} to come true, but {condition}, which \
                             is choice {number}"
                        ));
                    }
                }
                (false, true) => {
                    let found = condition.found(&self.cluster);
                    wrong.push(format!("expected choice {answer}, {condition}, but {found}"));
                }
                (false, false) => {}
            }
        }
        self.predictions.push(Prediction { line, came_true, confirmed: wrong.is_empty() });
        self.expectations += 1;
        wrong.into_iter().for_each(|text| self.fail(line, text));
    }
}
