//! The language: what happens to a cluster and what is expected of it. `docs/script.md` is its
//! manual.
//!
//! - `lang`: text, syntax tree and the words of the language.
//! - `condition`: the questions that a script asks about a cluster, and their answers.
//! - `run`: runs a script, at any pace with the same result.
//! - `session`: a run with the recorded actions of a person, and time travel through it.
//! - `console`: single lines, with help and completion.
//! - `answered_challenge`: a student's actions under a teacher's script, for grades.
//! - `link`: a script and a time as a short text for addresses.
//! - `trace`: an event as a line that other programs read.
//!
//! Nothing here knows the page or a terminal.

mod answered_challenge;
mod condition;
mod console;
mod lang;
mod link;
mod run;
mod session;
mod trace;
pub use answered_challenge::{AnsweredChallenge, unfit_challenge};
pub use condition::{
    Amount, Clause, ClusterNumber, Comparison, Condition, FollowerMeasure, Measure, Question,
};
pub use console::{Completion, Completions, HelpTopic, complete, topics};
pub use lang::ast::*;
pub use lang::parse::{ParseError, TEXT_MAX, parse, parse_statement};
pub use lang::print::{act_line, setting_line};
pub use lang::words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};
pub use link::{LINK_TEXT_MAX, ShareLink};
pub use run::{
    Breach, Budget, Failure, Forbidden, GoalOutcome, GoalTerms, Halt, Narrated, Permissions,
    Possibility, Prediction, ReaderAnswers, RecordedAction, Report, Run,
};
pub use session::{
    Aspect, Branch, ChallengeTerms, Difference, JumpTarget, LineState, Session, TextLine, Timeline,
    differences,
};
pub use trace::trace_line;
