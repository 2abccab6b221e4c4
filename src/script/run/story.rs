//! The step at which the reader of a narrated run stands.
//!
//! A step is a `say` or an `ask`, with the goals, hints and permissions right below it. Which step
//! it is follows from the state of the run alone, so it goes with every journey through time. A
//! reader who acts before the flow is over leaves the story: time waits at no further step, because
//! the texts may no longer be true.

use crate::script::lang::ast::{Narration, Script, Statement, Target};

use super::narration::Shown;
use super::{Flow, Narrated, Position, Run};

impl Narration {
    /// Whether the reader decides when to go on.
    pub fn is_step(&self) -> bool {
        matches!(self, Narration::Say(_) | Narration::Ask { .. })
    }

    /// Whether it is shown together with the step right above it.
    pub(super) fn belongs_to_step(&self) -> bool {
        !matches!(self, Narration::Point(_) | Narration::Chapter(_)) && !self.is_step()
    }
}

impl Script {
    /// The narration in its flow, with the lines.
    pub fn narrations(&self) -> impl Iterator<Item = (u32, &Narration)> {
        let flow = self.statements().take_while(|(_, statement)| **statement != Statement::ByHand);
        flow.filter_map(|(line, statement)| match statement {
            Statement::Narration(narration) => Some((line, narration)),
            _ => None,
        })
    }

    /// The steps and chapters of its flow, with their lines.
    pub fn story(&self) -> impl Iterator<Item = (u32, &Narration)> {
        let is_place = |narration: &Narration| matches!(narration, Narration::Chapter(_));
        let narrations = self.narrations();
        narrations.filter(move |(_, narration)| narration.is_step() || is_place(narration))
    }

    /// Whether time waits for the reader somewhere.
    pub fn has_steps(&self) -> bool {
        self.story().any(|(_, narration)| narration.is_step())
    }
}

impl Run {
    /// The statements right below a step belong to it.
    pub(super) fn extend_step(&mut self, steps: u64, position: Position) {
        let newest = self.narrated.iter().rposition(|shown| self.is_step(shown));
        if let Some(newest) = newest
            && self.narrated[newest].position.steps == steps
        {
            self.narrated[newest].position = position;
        }
    }

    fn is_step(&self, shown: &Shown) -> bool {
        self.narrated_as(shown).is_some_and(|narrated| narrated.narration.is_step())
    }

    fn steps_shown(&self) -> impl DoubleEndedIterator<Item = &Shown> {
        self.narrated.iter().filter(|shown| self.is_step(shown))
    }

    /// The steps before the reader left the story.
    fn story_steps(&self) -> impl DoubleEndedIterator<Item = &Shown> {
        self.steps_shown().filter(|shown| shown.actions_done == 0)
    }

    /// The number of steps that the reader has seen, without those after leaving the story.
    pub fn step_number(&self) -> usize {
        self.story_steps().count()
    }

    /// The newest step of the story.
    pub fn story_step(&self) -> Option<Narrated<'_>> {
        self.narrated_as(self.story_steps().next_back()?)
    }

    /// The step before that one.
    pub fn step_before(&self) -> Option<Narrated<'_>> {
        self.narrated_as(self.story_steps().rev().nth(1)?)
    }

    /// The newest chapter of the story.
    pub fn story_chapter(&self) -> Option<Narrated<'_>> {
        let shown = self.narrated.iter().rev().filter(|shown| shown.actions_done == 0);
        let mut shown = shown.filter_map(|shown| self.narrated_as(shown));
        shown.find(|narrated| matches!(narrated.narration, Narration::Chapter(_)))
    }

    /// Where the reader looks at the newest step but `back` of the story.
    pub(in crate::script) fn step_position(&self, back: usize) -> Option<Position> {
        Some(self.story_steps().rev().nth(back)?.position)
    }

    /// Where the reader looks at the first step of this moment.
    pub(in crate::script) fn first_step_now(&self) -> Option<Position> {
        let now_us = self.world().now_us();
        Some(self.story_steps().find(|shown| shown.time_us == now_us)?.position)
    }

    /// Whether that line has been shown.
    pub(in crate::script) fn has_shown(&self, line: u32) -> bool {
        self.narrated().any(|narrated| narrated.line == line)
    }

    /// Whether it stands at a step: nothing has happened since.
    pub fn is_at_step(&self) -> bool {
        let newest = self.steps_shown().next_back();
        newest.is_some_and(|shown| shown.position.steps == self.steps && !self.is_next_of_step())
    }

    /// Whether time waits until the reader goes on.
    pub(super) fn waits_for_reader(&self) -> bool {
        !self.has_left_story() && self.is_at_step()
    }

    /// Whether the next statement belongs to the newest step.
    fn is_next_of_step(&self) -> bool {
        let next = self.script.lines.get(self.next).and_then(|line| line.statement.as_ref());
        match next {
            Some(Statement::Narration(narration)) => narration.belongs_to_step(),
            _ => false,
        }
    }

    /// Whether the flow of the script has come to its end.
    pub fn is_flow_over(&self) -> bool {
        matches!(self.flow, Flow::Over | Flow::Stuck)
    }

    /// Whether the reader acted before the flow was over: the texts may no longer be true.
    pub fn has_left_story(&self) -> bool {
        let actions = if self.is_flow_over() { self.over_actions } else { self.actions_done };
        actions > 0
    }

    /// The places to look at: those that were named since the step before.
    pub fn points(&self) -> Vec<Target> {
        if self.has_left_story() {
            return Vec::new();
        }
        // While time waits, the newest step is the present one.
        let seen = if self.is_at_step() { 1 } else { 0 };
        let mut steps = self.narrated.iter().enumerate().filter(|(_, shown)| self.is_step(shown));
        let first = steps.by_ref().map(|(at, _)| at + 1).rev().nth(seen).unwrap_or(0);
        let shown = self.narrated[first..].iter().filter_map(|shown| self.narrated_as(shown));
        let points = shown.filter_map(|narrated| match narrated.narration {
            Narration::Point(target) => Some(*target),
            _ => None,
        });
        points.collect()
    }
}
