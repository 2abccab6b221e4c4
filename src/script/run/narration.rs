//! What the reader has been shown so far, and whether predictions came true.
//!
//! An `ask` may give each choice the condition under which it is the right one. The conditions are
//! judged where the next `say`, `ask` or `chapter` stands, or at the script's end: there the answer
//! is revealed. If the simulation does not confirm the answer, the script fails.

use crate::script::lang::ast::{Narration, Statement};
use crate::sim::Micros;

use super::{Position, Run};

/// A narration that has been shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Its place among the script's lines.
    pub at: usize,
    pub time_us: Micros,
    /// The state in which the reader looks at it.
    pub position: Position,
    /// How many recorded actions were done before.
    pub actions_done: usize,
}

/// A text that the reader has been shown.
#[derive(Clone, Copy, Debug)]
pub struct Narrated<'a> {
    pub line: u32,
    /// Simulated time in microseconds since the start.
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

impl Run {
    /// The narrations so far.
    pub fn narrated(&self) -> impl Iterator<Item = Narrated<'_>> {
        self.narrated.iter().filter_map(|shown| self.narrated_as(shown))
    }

    /// The narration itself.
    pub(super) fn narrated_as(&self, shown: &Shown) -> Option<Narrated<'_>> {
        let line = &self.script.lines[shown.at];
        match &line.statement {
            Some(Statement::Narration(narration)) => {
                Some(Narrated { line: line.number, time_us: shown.time_us, narration })
            }
            _ => None,
        }
    }

    /// The narrations so far, with their lines.
    pub fn narration(&self) -> impl Iterator<Item = (u32, &Narration)> {
        self.narrated().map(|narrated| (narrated.line, narrated.narration))
    }

    /// The predictions that have been judged so far.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// Shows a text to the reader.
    pub(super) fn narrate(&mut self, at: usize, narration: &Narration) {
        if matches!(narration, Narration::Say(_) | Narration::Ask { .. } | Narration::Chapter(_)) {
            self.judge_prediction();
        }
        if let Narration::Ask { choices, .. } = narration {
            self.asked = choices[0].condition.as_ref().map(|_| at);
        }
        let here = self.position();
        // The state after this statement.
        let position = Position { steps: here.steps + 1, ..here };
        if !narration.is_step() && narration.belongs_to_step() {
            self.extend_step(here.steps, position);
        }
        let (time_us, actions_done) = (here.time_us, self.actions_done);
        self.narrated.push(Shown { at, time_us, position, actions_done });
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
