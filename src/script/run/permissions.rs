//! What `allow` and `budget` let the reader do. They bind the page; a script may do anything.

use std::fmt;

use crate::script::lang::ast::{Narration, ScheduledAction, Statement};
use crate::script::lang::print::act_line;
use crate::sim::Act;

use super::Run;

/// What the reader may do now. Without `allow`, everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// The first words of the statements that are allowed.
    pub allowed: Option<Vec<String>>,
    pub budgets: Vec<ActionBudget>,
}

/// How often the reader may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionBudget {
    pub verb: String,
    pub count: u32,
    pub used: u32,
}

impl ActionBudget {
    pub fn left(&self) -> u32 {
        self.count.saturating_sub(self.used)
    }
}

/// Why the reader may not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// Only these are allowed.
    NotAllowed(Vec<String>),
    UsedUp {
        verb: String,
        count: u32,
    },
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Forbidden::NotAllowed(allowed) => {
                write!(f, "only {} is allowed here", allowed.join(", "))
            }
            Forbidden::UsedUp { verb, count: 0 } => write!(f, "{verb} is not allowed here"),
            Forbidden::UsedUp { verb, count: 1 } => {
                write!(f, "{verb} is allowed once, and is used")
            }
            Forbidden::UsedUp { verb, count } => {
                write!(f, "{verb} is allowed {count} times, and all are used")
            }
        }
    }
}

impl Permissions {
    /// Why a statement that begins with that word is refused.
    pub fn refusal(&self, verb: &str) -> Option<Forbidden> {
        if let Some(allowed) = &self.allowed
            && !allowed.iter().any(|allowed| allowed == verb)
        {
            return Some(Forbidden::NotAllowed(allowed.clone()));
        }
        let used_up = self.budgets.iter().find(|budget| budget.verb == verb && budget.left() == 0);
        let ActionBudget { verb, count, .. } = used_up?.clone();
        Some(Forbidden::UsedUp { verb, count })
    }

    /// Why the act is refused.
    pub fn refusal_of(&self, act: &Act) -> Option<Forbidden> {
        if *self == Permissions::default() { None } else { self.refusal(&verb_of(act)) }
    }
}

impl Run {
    /// What the reader may do now.
    pub fn permissions(&self) -> Permissions {
        let mut permissions = Permissions::default();
        for shown in &self.narrated {
            let Some(narrated) = self.narrated_as(shown) else { continue };
            match narrated.narration {
                Narration::Allow(verbs) => {
                    permissions.allowed.get_or_insert_default().extend(verbs.iter().cloned());
                }
                Narration::Budget(verb, count) => {
                    let actions = &self.actions[shown.actions_done..self.actions_done];
                    let used = actions.iter().filter(|done| done.action.verb() == *verb).count();
                    let (verb, count, used) = (verb.clone(), *count, used as u32);
                    permissions.budgets.push(ActionBudget { verb, count, used });
                }
                _ => {}
            }
        }
        permissions
    }
}

impl Statement {
    /// The first word of it, or of the action that it puts off.
    pub fn verb(&self) -> String {
        match self {
            Statement::At { action, .. }
            | Statement::Every { action, .. }
            | Statement::When { action, .. } => action.verb(),
            statement => first_word(&statement.to_string()),
        }
    }
}

impl ScheduledAction {
    fn verb(&self) -> String {
        match self {
            ScheduledAction::Act(act) => verb_of(act),
            ScheduledAction::Begin(statement) => statement.verb(),
            ScheduledAction::Stop => "stop".to_owned(),
        }
    }
}

fn verb_of(act: &Act) -> String {
    first_word(&act_line(act))
}

fn first_word(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_owned()
}
