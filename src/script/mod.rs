//! The language: what happens to a cluster and what is expected of it, as text, as a tree and as a run.
//! `docs/script.md` is its manual.
//!
//! - `words`: every statement with a line of help.
//! - `ast` and `condition`: the tree. `parse` makes it of text and says what is wrong with it; `print`
//!   makes text of it, which is read back alike.
//! - `evaluate` and `explain`: whether a condition holds in a cluster, and what was found where it does not.
//! - `runner`, `flow` and `agenda`: a script on its way, at any pace with the same outcome.
//! - `console`: a line at a time. `help` explains every word, `complete` offers those that fit.
//! - `by_hand`, `marks`, `session`: what a person does while it runs, and time as a place to go to.
//! - `limits`: how much may happen before that is too much.
//! - `link` and `squeeze`: a script and a moment as a short text for addresses.
//!
//! Nothing here knows a page or a terminal.
mod agenda;
mod ast;
mod by_hand;
mod complete;
mod condition;
mod console;
mod evaluate;
mod explain;
mod flow;
mod help;
mod limits;
mod link;
mod marks;
mod parse;
mod print;
mod runner;
mod session;
mod squeeze;
mod words;
pub use ast::*;
pub use by_hand::Hand;
pub use complete::{Completion, Completions, complete};
pub use condition::*;
pub use help::{Topic, topics};
pub use link::{LINK_TEXT_MAX, Link};
pub use parse::{ParseError, TEXT_MAX, parse, parse_statement};
pub use print::{act_line, setting_line};
pub use runner::{Failure, Halt, Report, Runner};
pub use session::{Aspect, Branch, Difference, LineState, Session, Sight, TextLine, differences};
pub use words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};
