//! The session line by line: what is done, and what is still to come.

use std::sync::Arc;

use crate::script::lang::ast::Statement;
use crate::script::run::Run;
use crate::sim::Micros;

use super::{Session, Version};

/// A line of the text that a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    pub text: String,
    part: ScriptPart,
}

/// The part of a script that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ScriptPart {
    /// The same as the line before it: it is blank, or a comment.
    AsBefore,
    /// The head, which is done before time 0.
    Head,
    /// The flow, with the moment that the line names.
    Flow(Option<Micros>),
    /// Below `by-hand`: the nth recorded action, from 0 on.
    Recorded(usize),
}

/// How far the run has come with a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineState {
    #[default]
    Done,
    /// Time passes for it.
    Now,
    /// It is still to come, or never will because the script has failed.
    Ahead,
}

impl TextLine {
    /// Whether it is a person's action.
    pub fn is_recorded(&self) -> bool {
        matches!(self.part, ScriptPart::Recorded(_))
    }
}

impl Session {
    /// Counts the changes of the script that the session is.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether a person has changed the script since it was opened, or acted.
    pub fn is_touched(&self) -> bool {
        self.revision > 0
    }

    /// The lines of [`Session::text`].
    pub fn lines(&self) -> Vec<TextLine> {
        let text = self.text();
        let mut parts = vec![ScriptPart::AsBefore; text.lines().count()];
        let script = self.run().script();
        let head = script.lines[..script.head_len].last().map_or(0, |line| line.number);
        for (number, statement) in script.statements() {
            let at_us = match statement {
                Statement::ByHand => break,
                Statement::At { time_us, .. } => Some(*time_us),
                _ => None,
            };
            if let Some(part) = parts.get_mut(number as usize - 1) {
                *part = if number <= head { ScriptPart::Head } else { ScriptPart::Flow(at_us) };
            }
        }
        for (action, number) in self.action_lines().into_iter().enumerate() {
            if let Some(part) = parts.get_mut(number as usize - 1) {
                *part = ScriptPart::Recorded(action);
            }
        }
        let lines = text.lines().zip(parts);
        lines.map(|(text, part)| TextLine { text: text.to_owned(), part }).collect()
    }

    /// How far the run has come with each of these lines.
    pub fn states(&self, lines: &[TextLine]) -> Vec<LineState> {
        let (run, now_us) = (self.run(), self.world().now_us());
        let mut before = LineState::Done;
        let state = |(at, line): (usize, &TextLine)| {
            before = match line.part {
                ScriptPart::AsBefore if before == LineState::Now => LineState::Ahead,
                ScriptPart::AsBefore => before,
                ScriptPart::Head => LineState::Done,
                ScriptPart::Flow(at_us) if at_us.is_some_and(|at_us| at_us > now_us) => {
                    LineState::Ahead
                }
                ScriptPart::Flow(_) => flow_state(run, at as u32 + 1),
                ScriptPart::Recorded(action) if action < run.actions_done() => LineState::Done,
                ScriptPart::Recorded(_) => LineState::Ahead,
            };
            before
        };
        lines.iter().enumerate().map(state).collect()
    }

    /// The line of the text that a failure or a `stop` of the run names. Recorded actions have
    /// numbers of their own in a run.
    pub fn line_in_text(&self, line: u32) -> u32 {
        let action = self.run().actions().iter().position(|action| action.line == line);
        action.and_then(|action| self.action_lines().get(action).copied()).unwrap_or(line)
    }

    /// The line of the `stop` at which the session stands.
    pub fn stopped_by(&self) -> Option<u32> {
        let (line, steps) = self.stopped?;
        (steps == self.run().position().steps).then(|| self.line_in_text(line))
    }

    /// The change that [`Session::undo`] undoes.
    pub fn undo_title(&self) -> Option<String> {
        self.undo.last().map(|was| title(was, &self.version()))
    }

    /// The change that [`Session::redo`] redoes.
    pub fn redo_title(&self) -> Option<String> {
        self.redo.last().map(|next| title(&self.version(), next))
    }
}

fn flow_state(run: &Run, number: u32) -> LineState {
    match number.cmp(&run.line()) {
        std::cmp::Ordering::Less => LineState::Done,
        std::cmp::Ordering::Equal if run.is_waiting() => LineState::Now,
        std::cmp::Ordering::Equal => LineState::Done,
        std::cmp::Ordering::Greater => LineState::Ahead,
    }
}

/// The change from one version to another, in words.
fn title(from: &Version, to: &Version) -> String {
    if let (Some((last, rest)), true) = (to.actions.split_last(), Arc::ptr_eq(&from.base, &to.base))
        && from.actions.starts_with(rest)
        && from.actions.get(rest.len()) != Some(last)
    {
        return last.to_string();
    }
    "the change to the script".to_owned()
}
