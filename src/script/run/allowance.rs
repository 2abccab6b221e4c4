//! What a challenge allows its reader to do, and how often.
//!
//! Without an `allow`, every statement is allowed. Each recorded action counts, whenever it was
//! done: what a script sets at its end also holds for actions that a submission did earlier.

use std::fmt;

use crate::script::lang::ast::{Narration, ScheduledAction};

use super::Run;

/// Why the reader may not use a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// An `allow` names other statements only.
    NotAllowed,
    /// A `budget` of this size is spent.
    Spent(u32),
}

/// An action of the reader that the challenge forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The line of the action.
    pub line: u32,
    /// The first word of its statement.
    pub verb: String,
    pub why: Forbidden,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = &self.verb;
        match self.why {
            Forbidden::NotAllowed => write!(f, "`{verb}` is not allowed"),
            Forbidden::Spent(0) => write!(f, "`{verb}` is not allowed: its budget is 0"),
            Forbidden::Spent(1) => write!(f, "`{verb}` is allowed only once"),
            Forbidden::Spent(times) => write!(f, "`{verb}` is allowed only {times} times"),
        }
    }
}

impl Run {
    /// Why the reader may not use that statement now, after the actions done so far.
    pub fn forbidden(&self, verb: &str) -> Option<Forbidden> {
        let done = &self.actions[..self.actions_done];
        let times = done.iter().filter(|action| verb_of(&action.action) == verb).count();
        self.forbidden_after(verb, times)
    }

    /// The actions so far that the challenge forbids.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut breaches = Vec::new();
        let mut done: Vec<String> = Vec::new();
        for action in &self.actions[..self.actions_done] {
            let verb = verb_of(&action.action);
            let times = done.iter().filter(|earlier| **earlier == verb).count();
            if let Some(why) = self.forbidden_after(&verb, times) {
                breaches.push(Breach { line: action.line, verb: verb.clone(), why });
            }
            done.push(verb);
        }
        breaches
    }

    /// Whether the statement is forbidden to a reader who has used it that often.
    fn forbidden_after(&self, verb: &str, times: usize) -> Option<Forbidden> {
        // To pause is no action on the cluster.
        if verb == "stop" {
            return None;
        }
        let narration = || self.narrated().map(|narrated| narrated.narration);
        let allowed = narration().filter_map(|narration| match narration {
            Narration::Allow(verbs) => Some(verbs),
            _ => None,
        });
        let mut allowed = allowed.peekable();
        if allowed.peek().is_some()
            && !allowed.any(|verbs| verbs.iter().any(|known| is_same(known, verb)))
        {
            return Some(Forbidden::NotAllowed);
        }
        let budgets = narration().filter_map(|narration| match narration {
            Narration::Budget(known, times) if is_same(known, verb) => Some(*times),
            _ => None,
        });
        budgets.min().filter(|budget| times >= *budget as usize).map(Forbidden::Spent)
    }
}

/// The first word of the statement that does it.
fn verb_of(action: &ScheduledAction) -> String {
    let text = action.to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// `suspend` is another word for `pause`, the one that is recorded.
fn is_same(known: &str, verb: &str) -> bool {
    let canonical = |verb| if verb == "suspend" { "pause" } else { verb };
    canonical(known) == canonical(verb)
}
