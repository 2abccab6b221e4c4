//! Which goals of a challenge are won, and whether the reader has won it as a whole.
//!
//! A `score` is won by right answers. Where a script says whether its goals are `possible`, the
//! reader may claim that they are not: the claim wins if it is right, and loses if it is wrong.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::Cluster;
use crate::script::condition::Condition;
use crate::script::lang::ast::{Narration, Script, Statement};

use super::{Narrated, Run};

/// What the reader of a script answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderAnswers {
    /// For the lines of `ask`, the numbers of the choices.
    pub choices: BTreeMap<u32, u32>,
    /// Whether the reader claims that the goals cannot be reached.
    pub claims_impossible: bool,
}

/// A goal, and whether it holds now.
#[derive(Clone, Copy, Debug)]
pub struct GoalOutcome<'a> {
    pub line: u32,
    pub condition: GoalTerms<'a>,
    pub text: &'a str,
    pub won: bool,
}

/// What it takes to reach a goal.
#[derive(Clone, Copy, Debug)]
pub enum GoalTerms<'a> {
    Condition(&'a Condition),
    /// The number of right answers that win.
    Score(u32),
}

impl GoalTerms<'_> {
    /// Why the goal is not reached.
    pub fn failure(&self, cluster: &Cluster) -> String {
        match self {
            GoalTerms::Condition(condition) => condition.failure(cluster),
            GoalTerms::Score(least) => format!("expected {least} right answers or more"),
        }
    }
}

impl fmt::Display for GoalTerms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoalTerms::Condition(condition) => condition.fmt(f),
            GoalTerms::Score(least) => write!(f, "score {least}"),
        }
    }
}

/// Whether the goals of a script can be reached, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Possibility<'a> {
    pub is_possible: bool,
    pub text: &'a str,
}

impl Script {
    /// The questions in its flow, with their lines and answers.
    fn questions(&self) -> impl Iterator<Item = (u32, u32)> {
        self.narrations().filter_map(|(line, narration)| match narration {
            Narration::Ask { answer, .. } => Some((line, *answer)),
            _ => None,
        })
    }

    /// What stands below `by-hand` as the reader's answers; of each kind the last line counts.
    pub fn answers(&self) -> ReaderAnswers {
        let mut answers = ReaderAnswers::default();
        for (_, statement) in self.statements() {
            match statement {
                Statement::Answers(choices) => {
                    let lines = self.questions().map(|(line, _)| line);
                    let given = lines.zip(choices.iter().copied());
                    answers.choices = given.filter(|(_, choice)| *choice > 0).collect();
                }
                Statement::Claim { possible } => answers.claims_impossible = !possible,
                _ => {}
            }
        }
        answers
    }

    /// The lines that say these answers below `by-hand`, where the known ones stand already.
    pub fn answer_lines(&self, answers: &ReaderAnswers, known: &ReaderAnswers) -> Vec<Statement> {
        let mut lines = Vec::new();
        if answers.choices != known.choices {
            let choice = |(line, _)| answers.choices.get(&line).copied().unwrap_or_default();
            lines.push(Statement::Answers(self.questions().map(choice).collect()));
        }
        if answers.claims_impossible != known.claims_impossible {
            lines.push(Statement::Claim { possible: !answers.claims_impossible });
        }
        lines
    }

    /// Whether it judges the answers of its reader: they are a part of the text then.
    pub fn judges_answers(&self) -> bool {
        self.has_score() || self.possibility().is_some()
    }

    /// How many goals it sets, right answers included.
    pub fn goal_count(&self) -> usize {
        let is_goal = |(_, narration): &(u32, &Narration)| {
            matches!(narration, Narration::Goal(..) | Narration::Score(..))
        };
        self.narrations().filter(is_goal).count()
    }

    /// Whether right answers are a goal.
    pub fn has_score(&self) -> bool {
        self.narrations().any(|(_, narration)| matches!(narration, Narration::Score(..)))
    }

    /// Whether its goals can be reached, if it says so.
    pub fn possibility(&self) -> Option<Possibility<'_>> {
        let possibility = self.narrations().filter_map(|(_, narration)| match narration {
            Narration::Possible(is_possible, text) => {
                Some(Possibility { is_possible: *is_possible, text })
            }
            _ => None,
        });
        possibility.last()
    }

    /// How many questions the reader answered, and how many of them rightly.
    pub fn score(&self, answers: &ReaderAnswers) -> (usize, usize) {
        let (mut asked, mut right) = (0, 0);
        for (line, answer) in self.questions() {
            if let Some(choice) = answers.choices.get(&line) {
                asked += 1;
                right += usize::from(*choice == answer);
            }
        }
        (asked, right)
    }
}

impl Run {
    /// The goals that the script has set so far, with the answers in the script.
    pub fn goals(&self) -> impl Iterator<Item = GoalOutcome<'_>> {
        self.goals_with(&self.script.answers()).into_iter()
    }

    /// The goals that the script has set so far.
    pub fn goals_with(&self, answers: &ReaderAnswers) -> Vec<GoalOutcome<'_>> {
        let outcome = |Narrated { line, narration, .. }| match narration {
            Narration::Goal(condition, text) => {
                let won = condition.holds(&self.cluster);
                Some(GoalOutcome { line, condition: GoalTerms::Condition(condition), text, won })
            }
            Narration::Score(least, text) => {
                let won = self.script.score(answers).1 >= *least as usize;
                Some(GoalOutcome { line, condition: GoalTerms::Score(*least), text, won })
            }
            _ => None,
        };
        self.narrated().filter_map(outcome).collect()
    }

    /// Whether the challenge is won now, with the answers in the script; see
    /// [`Run::is_won_with`].
    pub fn is_won(&self) -> Option<bool> {
        self.is_won_with(&self.script.answers())
    }

    /// Whether the challenge is won now: the reader's turn has come, nothing forbidden was done,
    /// and all goals hold, or the reader rightly claims that they never will. `None` if the script
    /// sets no goal.
    pub fn is_won_with(&self, answers: &ReaderAnswers) -> Option<bool> {
        let count = self.script.goal_count();
        let won = || {
            let is_turn = self.is_flow_over() && !self.has_left_story();
            is_turn && self.are_goals_won(count, answers) && self.breaches().is_empty()
        };
        (count > 0).then(won)
    }

    fn are_goals_won(&self, count: usize, answers: &ReaderAnswers) -> bool {
        match (self.script.possibility(), answers.claims_impossible) {
            (Some(Possibility { is_possible: false, .. }), claims) => claims,
            (Some(_), true) => false,
            _ => self.goals_with(answers).iter().filter(|goal| goal.won).count() == count,
        }
    }
}
