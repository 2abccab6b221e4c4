//! The language.
mod ast;
mod condition;
mod parse;
mod print;
mod words;
pub use ast::*;
pub use condition::*;
pub use parse::{ParseError, TEXT_MAX, parse, parse_statement};
pub use print::{act_line, setting_line};
pub use words::{Group, USAGES, Usage};
