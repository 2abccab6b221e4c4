//! What a person enters to make a challenge.

use crate::check::Property;
use crate::raft::ServerId;
use crate::script::ChallengeTerms;

/// A condition from the list, or one of the person's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoalKind {
    #[default]
    Leader,
    NoLeader,
    Committed,
    Value,
    Violated,
    Safe,
    Alive,
    Agree,
    Own,
}

impl GoalKind {
    pub const ALL: [GoalKind; 9] = [
        GoalKind::Leader,
        GoalKind::NoLeader,
        GoalKind::Committed,
        GoalKind::Value,
        GoalKind::Violated,
        GoalKind::Safe,
        GoalKind::Alive,
        GoalKind::Agree,
        GoalKind::Own,
    ];
}

/// A goal that is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalDraft {
    pub kind: GoalKind,
    /// `None`: any server, or every one.
    pub server: Option<ServerId>,
    pub index: u64,
    pub key: String,
    pub value: String,
    pub property: Property,
    /// A condition of the language.
    pub own: String,
}

impl Default for GoalDraft {
    fn default() -> GoalDraft {
        GoalDraft {
            kind: GoalKind::Leader,
            server: None,
            index: 1,
            key: "x".to_owned(),
            value: "1".to_owned(),
            property: Property::ElectionSafety,
            own: String::new(),
        }
    }
}

impl GoalDraft {
    /// The condition in the language.
    pub fn condition(&self) -> String {
        match (self.kind, self.server) {
            (GoalKind::Leader, None) => "leader".to_owned(),
            (GoalKind::Leader, Some(server)) => format!("leader {server}"),
            (GoalKind::NoLeader, _) => "no leader".to_owned(),
            (GoalKind::Committed, None) => format!("commit all >= {}", self.index),
            (GoalKind::Committed, Some(server)) => format!("commit {server} >= {}", self.index),
            (GoalKind::Value, _) => {
                format!("value {} = {}", quoted(&self.key), quoted(&self.value))
            }
            (GoalKind::Violated, _) => format!("violated {}", self.property.name()),
            (GoalKind::Safe, _) => "safe".to_owned(),
            (GoalKind::Alive, None) => "alive all".to_owned(),
            (GoalKind::Alive, Some(server)) => format!("alive {server}"),
            (GoalKind::Agree, _) => "agree".to_owned(),
            (GoalKind::Own, _) => self.own.trim().to_owned(),
        }
    }
}

/// A word of the language, whatever it holds.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A statement that the reader may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolDraft {
    pub verb: &'static str,
    pub is_chosen: bool,
    /// How often; `None` is any number of times.
    pub count: Option<u32>,
}

/// The statements that a challenge may allow.
const TOOLS: [&str; 20] = [
    "crash",
    "restart",
    "pause",
    "resume",
    "timeout",
    "beat",
    "cut",
    "heal",
    "partition",
    "isolate",
    "drop",
    "hold",
    "release",
    "delay",
    "resend",
    "set",
    "get",
    "transfer",
    "add",
    "remove",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeDraft {
    pub title: String,
    pub task: String,
    /// Each condition with its description.
    pub goals: Vec<(String, String)>,
    pub tools: Vec<ToolDraft>,
    pub hint: String,
}

impl Default for ChallengeDraft {
    fn default() -> ChallengeDraft {
        let tool = |verb| ToolDraft { verb, is_chosen: false, count: None };
        ChallengeDraft {
            title: String::new(),
            task: String::new(),
            goals: Vec::new(),
            tools: TOOLS.map(tool).into(),
            hint: String::new(),
        }
    }
}

impl ChallengeDraft {
    /// The terms, with these texts if no title or no task is entered.
    pub fn terms(&self, title: &str, task: &str) -> ChallengeTerms {
        let or = |text: &str, default: &str| match text.trim() {
            "" => default.to_owned(),
            text => text.to_owned(),
        };
        let chosen = || self.tools.iter().filter(|tool| tool.is_chosen);
        let budget = |tool: &ToolDraft| Some((tool.verb.to_owned(), tool.count?));
        let hint = self.hint.trim();
        ChallengeTerms {
            title: or(&self.title, title),
            task: or(&self.task, task),
            goals: self.goals.clone(),
            allowed: chosen().map(|tool| tool.verb.to_owned()).collect(),
            budgets: chosen().filter_map(budget).collect(),
            hints: (!hint.is_empty()).then(|| hint.to_owned()).into_iter().collect(),
        }
    }
}
