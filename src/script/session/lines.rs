//! The session line by line: what of it is done, and what is still to come.

use std::sync::Arc;

use crate::script::lang::ast::Statement;
use crate::script::runner::{Doing, Runner};
use crate::sim::Micros;

use super::{Session, Version};

/// A line of the text that a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What stands there.
    pub text: String,
    place: LinePlace,
}

/// Where a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LinePlace {
    /// With the line before it: blank, or a comment.
    Before,
    /// In the head, which is done when the cluster is there.
    Head,
    /// In the flow; done at that moment where it says one.
    Flow(Option<Micros>),
    /// Below `by-hand`, as the so manieth thing that was done.
    Hand(usize),
}

/// How far a line has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineState {
    /// It is done.
    #[default]
    Done,
    /// It is being done: time passes for it.
    Now,
    /// It is still to come, or never will where the script has failed.
    Ahead,
}

impl TextLine {
    /// Whether a person did it.
    pub fn by_hand(&self) -> bool {
        matches!(self.place, LinePlace::Hand(_))
    }
}

impl Session {
    /// Counts up whenever the script that the session is becomes another.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether it is more than the script that it was opened with: somebody has done or changed something.
    pub fn is_touched(&self) -> bool {
        self.revision > 0
    }

    /// The lines of [`Session::text`].
    pub fn lines(&self) -> Vec<TextLine> {
        let text = self.text();
        let mut places = vec![LinePlace::Before; text.lines().count()];
        let script = self.runner.script();
        let head = script.lines[..script.head_len].last().map_or(0, |line| line.number);
        for (number, statement) in script.statements() {
            let at_us = match statement {
                Statement::ByHand => break,
                Statement::At { time_us, .. } => Some(*time_us),
                _ => None,
            };
            if let Some(place) = places.get_mut(number as usize - 1) {
                *place = if number <= head { LinePlace::Head } else { LinePlace::Flow(at_us) };
            }
        }
        for (hand, number) in self.hand_lines().into_iter().enumerate() {
            if let Some(place) = places.get_mut(number as usize - 1) {
                *place = LinePlace::Hand(hand);
            }
        }
        let lines = text.lines().zip(places);
        lines.map(|(text, place)| TextLine { text: text.to_owned(), place }).collect()
    }

    /// How far each of these lines has come.
    pub fn states(&self, lines: &[TextLine]) -> Vec<LineState> {
        let (runner, now_us) = (&self.runner, self.world().now_us());
        let mut before = LineState::Done;
        let state = |(place, line): (usize, &TextLine)| {
            before = match line.place {
                LinePlace::Before if before == LineState::Now => LineState::Ahead,
                LinePlace::Before => before,
                LinePlace::Head => LineState::Done,
                LinePlace::Flow(at_us) if at_us.is_some_and(|at_us| at_us > now_us) => {
                    LineState::Ahead
                }
                LinePlace::Flow(_) => flow_state(runner, place as u32 + 1),
                LinePlace::Hand(hand) if hand < runner.hands_done => LineState::Done,
                LinePlace::Hand(_) => LineState::Ahead,
            };
            before
        };
        lines.iter().enumerate().map(state).collect()
    }

    /// The line of the text that the runner calls so: what was done by hand has its own numbers there.
    pub fn line_in_text(&self, line: u32) -> u32 {
        let hand = self.runner.hands.iter().position(|hand| hand.line == line);
        hand.and_then(|hand| self.hand_lines().get(hand).copied()).unwrap_or(line)
    }

    /// The line at whose `stop` the session stands, if it does.
    pub fn stopped_by(&self) -> Option<u32> {
        let (line, steps) = self.stopped?;
        (steps == self.runner.steps).then(|| self.line_in_text(line))
    }

    /// What [`Session::undo`] takes back.
    pub fn undo_title(&self) -> Option<String> {
        self.before.last().map(|was| title(was, &self.version()))
    }

    /// What [`Session::redo`] does again.
    pub fn redo_title(&self) -> Option<String> {
        self.after.last().map(|next| title(&self.version(), next))
    }
}

fn flow_state(runner: &Runner, number: u32) -> LineState {
    let waits = matches!(runner.doing, Doing::Run(_) | Doing::Reach(..));
    match number.cmp(&runner.line) {
        std::cmp::Ordering::Less => LineState::Done,
        std::cmp::Ordering::Equal if waits => LineState::Now,
        std::cmp::Ordering::Equal => LineState::Done,
        std::cmp::Ordering::Greater => LineState::Ahead,
    }
}

/// What makes the one of the other.
fn title(from: &Version, to: &Version) -> String {
    if let (Some((last, rest)), true) = (to.hands.split_last(), Arc::ptr_eq(&from.base, &to.base))
        && from.hands.starts_with(rest)
        && from.hands.get(rest.len()) != Some(last)
    {
        return last.to_string();
    }
    "the change to the script".to_owned()
}
