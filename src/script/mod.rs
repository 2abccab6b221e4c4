//! The language.
mod agenda;
mod ast;
mod condition;
mod console;
mod evaluate;
mod explain;
mod flow;
mod parse;
mod print;
mod runner;
mod words;
pub use ast::*;
pub use condition::*;
pub use parse::{ParseError, TEXT_MAX, parse, parse_statement};
pub use print::{act_line, setting_line};
pub use runner::{Failure, Halt, Report, Runner};
pub use words::{Group, USAGES, Usage};
