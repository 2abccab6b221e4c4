//! What makes a run what it is: the script that was opened, and the recorded actions.

use std::fmt::Write;
use std::sync::Arc;

use crate::diagram::Diagram;
use crate::script::lang::ast::{Script, Statement};
use crate::script::run::{Actions, Position, RecordedAction, recorded_actions};
use crate::sim::Micros;

/// A script with recorded actions. Replayed from its start it is always the same run.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub base: Arc<Base>,
    pub actions: Actions,
}

/// A version that a person left by acting in its past, and can return to.
#[derive(Clone, Debug)]
pub struct Branch {
    pub(super) name: String,
    pub(super) version: Version,
    pub(super) left: Position,
    pub(super) end_us: Micros,
    pub(super) forked_us: Option<Micros>,
    /// `None` if many branches were left since.
    pub(super) diagram: Option<Diagram>,
}

impl Branch {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The moment at which it was left, in microseconds.
    pub fn left_us(&self) -> Micros {
        self.left.time_us
    }

    /// The furthest moment of it that was reached, in microseconds.
    pub fn end_us(&self) -> Micros {
        self.end_us
    }

    /// The moment at which another branch forked from it, in microseconds.
    pub fn forked_us(&self) -> Option<Micros> {
        self.forked_us
    }

    /// The diagram of its run, as far as it was reached; `None` if many branches were left since.
    pub fn diagram(&self) -> Option<&Diagram> {
        self.diagram.as_ref()
    }

    /// How many recorded actions it has.
    pub fn action_count(&self) -> usize {
        self.version.actions.len()
    }
}

/// The script that a session was opened with, or that was last edited above `by-hand`.
#[derive(Debug)]
pub(super) struct Base {
    /// With a line break at its end if it has recorded actions.
    text: String,
    script: Arc<Script>,
    /// How many bytes of the text come before `by-hand`.
    own_len: usize,
    /// The actions below it.
    actions: Vec<Arc<RecordedAction>>,
}

impl Base {
    pub fn new(text: &str, script: &Script) -> Base {
        let mut text = text.to_owned();
        let by_hand = script.statements().find(|(_, statement)| **statement == Statement::ByHand);
        let own_len = by_hand.map_or(text.len(), |(number, _)| {
            text.split_inclusive('\n').take(number as usize - 1).map(str::len).sum()
        });
        if by_hand.is_some() && !text.ends_with('\n') {
            text.push('\n');
        }
        let actions = recorded_actions(script);
        Base { actions, text, script: Arc::new(script.clone()), own_len }
    }

    pub fn script(&self) -> Script {
        (*self.script).clone()
    }

    /// The text without recorded actions.
    pub fn own_text(&self) -> &str {
        &self.text[..self.own_len]
    }

    pub fn actions(&self) -> &[Arc<RecordedAction>] {
        &self.actions
    }

    /// The line of each of these actions in the text with them.
    pub fn lines_of(&self, actions: &[Arc<RecordedAction>]) -> Vec<u32> {
        let is_known = !self.actions.is_empty() && actions.starts_with(&self.actions);
        let (known, before) = match is_known {
            true => (&self.actions[..], self.text.lines().count()),
            false => (&[][..], self.own_text().lines().count() + 1),
        };
        let more = before + 1..=before + actions.len() - known.len();
        known.iter().map(|action| action.line).chain(more.map(|line| line as u32)).collect()
    }

    /// Whether the text begins with this whole script, its recorded actions included.
    pub fn is_start_of(&self, text: &str) -> bool {
        text.starts_with(&self.text)
    }

    /// The script with these actions.
    pub fn text_with(&self, actions: &[Arc<RecordedAction>]) -> String {
        if actions == self.actions {
            return self.text.clone();
        }
        let known = self.actions.len();
        let rest = actions.strip_prefix(&self.actions[..]).filter(|_| known > 0);
        let (mut text, rest) = match rest {
            Some(rest) => (self.text.clone(), rest),
            None => {
                let mut text = self.own_text().to_owned();
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                if !actions.is_empty() {
                    text.push_str("by-hand\n");
                }
                (text, actions)
            }
        };
        for action in rest {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{action}");
        }
        text
    }
}
