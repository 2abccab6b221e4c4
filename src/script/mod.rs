//! The language: what happens to a cluster and what is expected of it, as text, as a tree and as a run.
//! `docs/script.md` is its manual.
//!
//! - `lang`: the language itself: its words, its tree, from text to the tree and back.
//! - `condition`: what a script can ask of a cluster, whether it holds, and what was found where it does not.
//! - `run`: a script on its way, at any pace with the same outcome.
//! - `console`: a line at a time, with help for every word and completion while a person types.
//! - `session`: a person's actions while it runs, and travel through its time.
//! - `link`: a script and a moment as a short text for addresses.
//!
//! Nothing here knows a page or a terminal.
mod condition;
mod console;
mod lang;
mod link;
mod run;
mod session;
pub use condition::{Clause, Comparison, Condition, Measure, Question};
pub use console::{Completion, Completions, HelpTopic, complete, topics};
pub use lang::ast::*;
pub use lang::parse::{ParseError, TEXT_MAX, parse, parse_statement};
pub use lang::print::{act_line, setting_line};
pub use lang::words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};
pub use link::{LINK_TEXT_MAX, ShareLink};
pub use run::{Budget, Failure, Halt, RecordedAction, Report, Run};
pub use session::{
    Aspect, Branch, Difference, JumpTarget, LineState, Session, TextLine, Timeline, differences,
};
