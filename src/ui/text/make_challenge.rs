//! Texts of the dialog that makes a challenge, and of the answer to one.

use crate::sim::Micros;
use crate::ui::state::{GoalDraft, GoalKind};

use super::{moment, server};

pub const MAKE_CHALLENGE: &str = "Make a challenge";
pub const MAKE_CHALLENGE_HERE: &str = "Make a challenge from this moment";
pub const MAKE_CHALLENGE_MEANS: &str =
    "Others start where this run is now. You choose what they must reach, and with what.";
pub const CHALLENGE: &str = "Challenge";
pub const CHALLENGE_TITLE: &str = "Title";
pub const CHALLENGE_TITLE_DEFAULT: &str = "Challenge";
pub const CHALLENGE_TASK: &str = "Task";
pub const CHALLENGE_TASK_MEANS: &str = "What others read first.";
pub const CHALLENGE_TASK_DEFAULT: &str = "Reach every goal.";
pub const NEW_GOAL: &str = "New goal";
pub const GOAL_CONDITION: &str = "Condition";
pub const GOAL_SERVER: &str = "Server";
pub const GOAL_INDEX: &str = "Index";
pub const GOAL_KEY: &str = "Key";
pub const GOAL_VALUE: &str = "Value";
pub const GOAL_PROPERTY: &str = "Property";
pub const GOAL_OWN: &str = "Condition in the language";
pub const ADD_GOAL: &str = "Add the goal";
pub const NO_GOAL_YET: &str = "There is no goal yet.";
pub const TOOLBOX: &str = "Toolbox";
pub const TOOLBOX_MEANS: &str =
    "Choose what others may do. If you choose nothing, they may do all.";
pub const AT_MOST: &str = "at most";
pub const CHALLENGE_HINT: &str = "Hint";
pub const CHALLENGE_FILE: &str = "challenge.raft";
pub const ANSWER_FILE: &str = "answer.raft";
pub const SAVE_AS_FILE: &str = "Save as a file";
pub const OPEN_CHALLENGE: &str = "Open the challenge";
pub const CHALLENGE_MADE: &str = "The challenge is ready.";
pub const GIVE_AND_GRADE: &str = "Send the link or the file to your students. Keep the file: with \
    it, `raftarium run challenge.raft --answer FILE` grades their answers.";
pub const CLEAR: &str = "Clear";
pub const NOTHING_ENTERED: &str = "nothing is entered yet";
pub const ADD_GOAL_FIRST: &str = "add a goal first";
pub const OPENED_CHALLENGE: &str = "the challenge";
pub const COPY_ANSWER: &str = "Copy your answer";
pub const SAVE_ANSWER: &str = "Save your answer";
pub const ANSWER_COPIED: &str = "The link to your answer is copied. Paste it to hand it in.";
pub const ANSWER_NOT_COPIED: &str =
    "The browser does not allow copying here. Save your answer as a file instead.";

pub fn challenge_starts(time_us: Micros) -> String {
    format!("It starts at {}, in the state that you see.", moment(time_us))
}

pub fn goal_kind(kind: GoalKind) -> &'static str {
    match kind {
        GoalKind::Leader => "a server leads",
        GoalKind::NoLeader => "no server leads",
        GoalKind::Committed => "entries are committed",
        GoalKind::Value => "a key has a value",
        GoalKind::Violated => "a property is violated",
        GoalKind::Safe => "no safety property is violated",
        GoalKind::Alive => "servers are alive",
        GoalKind::Agree => "the live servers agree",
        GoalKind::Own => "another condition",
    }
}

/// A goal as a sentence.
pub fn goal_sentence(goal: &GoalDraft) -> String {
    match (goal.kind, goal.server) {
        (GoalKind::Leader, None) => "One server leads.".to_owned(),
        (GoalKind::Leader, Some(id)) => format!("{} leads.", server(id)),
        (GoalKind::NoLeader, _) => "No server leads.".to_owned(),
        (GoalKind::Committed, None) => {
            format!("Every live server has committed index {}.", goal.index)
        }
        (GoalKind::Committed, Some(id)) => {
            format!("{} has committed index {}.", server(id), goal.index)
        }
        (GoalKind::Value, _) => {
            format!("{} is {} on every live server.", goal.key, goal.value)
        }
        (GoalKind::Violated, _) => format!("{} is violated.", goal.property.title()),
        (GoalKind::Safe, _) => "No safety property is violated.".to_owned(),
        (GoalKind::Alive, None) => "Every server is alive.".to_owned(),
        (GoalKind::Alive, Some(id)) => format!("{} is alive.", server(id)),
        (GoalKind::Agree, _) => "All live servers have committed the same.".to_owned(),
        (GoalKind::Own, _) => format!("This holds: {}.", goal.condition()),
    }
}

pub fn goal_text_label(number: usize) -> String {
    format!("Text of goal {number}")
}

pub fn remove_goal(text: &str) -> String {
    format!("Remove the goal: {text}")
}

/// The name of the field that limits how often a statement may be used.
pub fn at_most(verb: &str) -> String {
    format!("{verb}, at most")
}
