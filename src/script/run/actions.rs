//! The actions of a person, recorded with their moments, so that they can be replayed.
//!
//! A recorded action comes after everything else that is due at its moment, since a person finds
//! the cluster at rest. A person who acts in the middle of a moment (event by event, at a `stop`,
//! while messages take no time) gets a line that says after how many steps of the moment.

use std::fmt;
use std::sync::Arc;

use crate::script::lang::ast::{ScheduledAction, Script, Statement};
use crate::sim::{Act, Duration, Micros};

/// An action of a person: a line below `by-hand`.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedAction {
    /// Its line in the text of the session.
    pub line: u32,
    /// In microseconds.
    pub time_us: Micros,
    /// After how many steps of that moment; `None` is after all of them.
    pub after: Option<u32>,
    pub action: ScheduledAction,
}

/// Recorded actions in the order in which they are done. Runs and branches share them.
pub(in crate::script) type Actions = Arc<Vec<Arc<RecordedAction>>>;

impl fmt::Display for RecordedAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} ", Duration(self.time_us))?;
        self.after.map_or(Ok(()), |after| write!(f, "after {after} "))?;
        self.action.fmt(f)
    }
}

/// The lines below `by-hand`, in the order in which they are done.
pub(in crate::script) fn recorded_actions(script: &Script) -> Vec<Arc<RecordedAction>> {
    let below = script.statements().skip_while(|(_, statement)| **statement != Statement::ByHand);
    let actions = below.filter_map(|(line, statement)| match statement {
        Statement::At { time_us, after, action } => {
            let (time_us, after) = (*time_us, *after);
            Some(Arc::new(RecordedAction { line, time_us, after, action: action.clone() }))
        }
        _ => None,
    });
    let mut actions: Vec<Arc<RecordedAction>> = actions.collect();
    actions.sort_by_cached_key(|action| action.time_us);
    actions
}

impl Statement {
    /// The statement as an action that can be done at a moment.
    pub(in crate::script) fn into_action(self) -> ScheduledAction {
        match self {
            Statement::Act(act) => ScheduledAction::Act(act),
            Statement::Set(setting) => ScheduledAction::Act(Act::Set(setting)),
            statement => ScheduledAction::Begin(Box::new(statement)),
        }
    }
}
