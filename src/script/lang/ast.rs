//! A script as a tree: what the parser makes of the text and the printer makes text of.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Given, Micros, Setting, Setup};

use crate::script::condition::Condition;

/// How far a `settle` or a `wait` goes where it does not say, in microseconds.
pub const PATIENCE_US: Micros = 10_000_000;

/// A whole script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// Its lines in order; blank ones are left out.
    pub lines: Vec<Line>,
    /// How many of the lines come before the first that is neither a setting nor narration.
    pub head_len: usize,
}

/// One line of a script that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the text, from 1 on.
    pub number: u32,
    /// What it says; nothing where it is only a comment.
    pub statement: Option<Statement>,
    /// What stands after the `#`.
    pub comment: Option<Box<str>>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A setting: at the head it sets the cluster up, later it is an act.
    Set(Setting),
    /// A server's state before time 0.
    Given(Box<Given>),
    /// Servers that are in no configuration yet.
    Joining(ServerSet),
    /// Servers that start as learners.
    Learners(ServerSet),
    /// An act, now.
    Act(Act),
    /// Simulated time advances by that many microseconds.
    Run(Micros),
    /// It advances until the cluster is quiet.
    Settle {
        /// For so many microseconds at most; [`PATIENCE_US`] where left out.
        within: Option<Micros>,
    },
    /// It advances until the condition holds.
    Wait {
        /// What is waited for.
        condition: Condition,
        /// For so many microseconds at most; [`PATIENCE_US`] where left out.
        within: Option<Micros>,
    },
    /// Something is done at that moment.
    At {
        /// The moment, in microseconds since time 0.
        time_us: Micros,
        /// For what was done by hand in the midst of a moment: after how many steps of it.
        after: Option<u32>,
        /// What is done.
        action: Action,
    },
    /// Something is done again and again.
    Every {
        /// The time between, in microseconds.
        period_us: Micros,
        /// What is done.
        action: Action,
        /// How often; without end where left out.
        times: Option<u32>,
    },
    /// Something is done when a condition becomes true.
    When {
        /// Each time, not only the first.
        again: bool,
        /// The condition.
        condition: Condition,
        /// What is done.
        action: Action,
    },
    /// The player pauses here.
    Stop,
    /// What follows was done by hand while the rest ran: each line at its moment, whatever the
    /// script is at.
    ByHand,
    /// The script fails where the condition does not hold.
    Expect(Condition),
    /// Something for the reader.
    Narration(Narration),
}

/// What can be done at a moment or when a condition becomes true.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// An act.
    Act(Act),
    /// The player pauses.
    Stop,
    /// An `at`, `every`, `when` or `whenever` begins; only after `at`.
    Begin(Box<Statement>),
}

/// What a lesson or a challenge says to its reader.
#[derive(Clone, Debug, PartialEq)]
pub enum Narration {
    /// The script's title.
    Title(String),
    /// A text, in markdown.
    Say(String),
    /// A question, before the answer is shown.
    Ask {
        /// The question.
        question: String,
        /// What can be chosen.
        choices: Vec<String>,
        /// Which choice is right, from 1 on.
        answer: u32,
    },
    /// Draws the eye.
    Point(Target),
    /// A challenge is won when all its goals hold.
    Goal(Condition, String),
    /// The verbs that a challenge lets the person use.
    Allow(Vec<String>),
    /// How often a challenge lets the person use a verb.
    Budget(String, u32),
    /// Help for who is stuck.
    Hint(String),
}

/// What `point` draws the eye to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A server on the stage.
    Server(ServerId),
    /// A link.
    Link(ServerId, ServerId),
    /// A server's log.
    Log(ServerId),
    /// The timeline.
    Timeline,
    /// The console.
    Console,
}

impl Script {
    /// The statements with the numbers of their lines.
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
    /// Whether it may stand at the head without ending it.
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

    /// Whether only what was done by hand is written so.
    pub fn must_stand_by_hand(&self) -> bool {
        match self {
            Statement::At { after: Some(_), .. } => true,
            Statement::At { action: Action::Begin(begun), .. } => {
                matches!(**begun, Statement::At { .. })
            }
            _ => false,
        }
    }

    /// Whether it may stand nowhere else.
    pub fn must_stand_at_head(&self) -> bool {
        match self {
            Statement::Set(setting) => !setting.is_live(),
            Statement::Given(_) | Statement::Joining(_) | Statement::Learners(_) => true,
            _ => false,
        }
    }
}
