//! The syntax tree of a script. The parser makes it from text, the printer writes it as text.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Given, Micros, Setting, Setup};

use crate::script::condition::Condition;

/// The time limit of `settle` and `wait` without `within`, in microseconds.
pub const DEFAULT_WITHIN_US: Micros = 10_000_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// Without blank lines.
    pub lines: Vec<Line>,
    /// The number of lines in the head: those before the first statement that does not belong
    /// there.
    pub head_len: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The line number in the text, from 1.
    pub number: u32,
    /// `None` if the line is only a comment.
    pub statement: Option<Statement>,
    /// The text after `#`.
    pub comment: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// At the head it describes the cluster; later it is an action.
    Set(Setting),
    /// The state of a server at time 0.
    Given(Box<Given>),
    /// Servers that exist but are not in the configuration yet.
    Joining(ServerSet),
    /// Servers that start as learners.
    Learners(ServerSet),
    Act(Act),
    /// Advances simulated time by this many microseconds.
    Run(Micros),
    /// Advances until the cluster is quiet.
    Settle {
        /// The limit in microseconds; [`DEFAULT_WITHIN_US`] if left out.
        within: Option<Micros>,
    },
    /// Advances until the condition holds.
    Wait {
        condition: Condition,
        /// The limit in microseconds; [`DEFAULT_WITHIN_US`] if left out.
        within: Option<Micros>,
    },
    /// Schedules an action.
    At {
        /// In microseconds since time 0.
        time_us: Micros,
        /// Only below `by-hand`: how many steps of that moment come before it.
        after: Option<u32>,
        action: ScheduledAction,
    },
    /// Repeats an action.
    Every {
        /// In microseconds.
        period_us: Micros,
        action: ScheduledAction,
        /// Unlimited if left out.
        times: Option<u32>,
    },
    /// Triggers an action when a condition becomes true.
    When {
        /// `whenever`: each time, not only the first.
        again: bool,
        condition: Condition,
        action: ScheduledAction,
    },
    /// Pauses the player.
    Stop,
    /// The recorded actions of a person follow, each at its time, independent of the flow.
    ByHand,
    /// Below `by-hand`: what the reader answered to each `ask` in turn, 0 for no answer.
    Answers(Vec<u32>),
    /// Below `by-hand`: whether the reader claims that the goals can be reached.
    Claim {
        possible: bool,
    },
    /// Fails the script if the condition does not hold.
    Expect(Condition),
    Narration(Narration),
}

/// What `at`, `every`, `when` and `whenever` do.
#[derive(Clone, Debug, PartialEq)]
pub enum ScheduledAction {
    Act(Act),
    Stop,
    /// Starts an `at`, `every`, `when` or `whenever`; only after `at`.
    Begin(Box<Statement>),
}

/// Text for the reader, and the terms of a challenge.
#[derive(Clone, Debug, PartialEq)]
pub enum Narration {
    Title(String),
    /// The section of the paper that the script is about, or of another text that it names.
    Section(String),
    Level(Level),
    /// What many believe, and why it is wrong.
    Misconception(String),
    /// Begins a part of the script, a place to jump to.
    Chapter(String),
    /// In markdown.
    Say(String),
    Ask {
        question: String,
        /// All of them have a condition, or none.
        choices: Vec<AnswerChoice>,
        /// The number of the right choice, from 1.
        answer: u32,
    },
    Point(Target),
    /// One goal of a challenge, and its description. The challenge is won when all goals hold.
    Goal(Condition, String),
    /// A goal, too: how many questions must be answered rightly.
    Score(u32, String),
    /// Whether the goals can be reached, and why. The reader may claim that they cannot.
    Possible(bool, String),
    /// The statements that a challenge allows.
    Allow(Vec<String>),
    /// How often a challenge allows a statement.
    Budget(String, u32),
    Hint(String),
}

/// An answer that the reader may choose.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChoice {
    pub text: String,
    /// Holds where the next `say`, `ask` or `chapter` stands if this choice is the right one.
    pub condition: Option<Condition>,
}

/// How much a script asks of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Easy,
    Medium,
    Hard,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Easy, Level::Medium, Level::Hard];

    pub fn name(self) -> &'static str {
        match self {
            Level::Easy => "easy",
            Level::Medium => "medium",
            Level::Hard => "hard",
        }
    }
}

/// The place that `point` shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    Server(ServerId),
    Link(ServerId, ServerId),
    Log(ServerId),
    Timeline,
    Console,
}

impl Script {
    /// The statements with their line numbers.
    pub fn statements(&self) -> impl Iterator<Item = (u32, &Statement)> {
        self.lines.iter().filter_map(|line| Some((line.number, line.statement.as_ref()?)))
    }

    /// The cluster that the head of the script describes.
    pub fn setup(&self) -> Setup {
        let mut setup = Setup::default();
        for line in &self.lines[..self.head_len] {
            match &line.statement {
                Some(Statement::Set(setting)) => setup.settings.apply(setting),
                Some(Statement::Given(given)) => setup.given.push(given.as_ref().clone()),
                Some(Statement::Joining(servers)) => {
                    setup.joining = setup.joining.union(*servers);
                }
                Some(Statement::Learners(servers)) => {
                    setup.learners = setup.learners.union(*servers);
                }
                _ => {}
            }
        }
        setup
    }
}

impl Statement {
    /// Whether it may be in the head of a script.
    pub fn belongs_to_head(&self) -> bool {
        matches!(
            self,
            Statement::Set(_)
                | Statement::Given(_)
                | Statement::Joining(_)
                | Statement::Learners(_)
                | Statement::Narration(_)
        )
    }

    /// Whether it is allowed only below `by-hand`.
    pub fn must_stand_by_hand(&self) -> bool {
        match self {
            Statement::At { after: Some(_), .. } => true,
            Statement::At { action: ScheduledAction::Begin(begun), .. } => {
                matches!(**begun, Statement::At { .. })
            }
            _ => false,
        }
    }

    /// Whether it is an answer of the reader, which stands below `by-hand`.
    pub fn is_of_reader(&self) -> bool {
        matches!(self, Statement::Answers(_) | Statement::Claim { .. })
    }

    /// Whether it is allowed only in the head.
    pub fn must_stand_at_head(&self) -> bool {
        match self {
            Statement::Set(setting) => !setting.is_live(),
            Statement::Given(_) | Statement::Joining(_) | Statement::Learners(_) => true,
            _ => false,
        }
    }
}
