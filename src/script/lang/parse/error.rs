//! Parse errors and their messages.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// What the parser would have accepted.
    pub expected: String,
    pub found: String,
    /// The most similar word that would have been accepted.
    pub suggestion: Option<String>,
}

impl fmt::Display for ParseError {
    /// `line:column: expected ..., found ...; did you mean ...?`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message())
    }
}

impl ParseError {
    /// One line per error, as the command line prints them.
    pub fn all(errors: &[ParseError]) -> String {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// The message without line and column.
    pub fn message(&self) -> String {
        let ParseError { expected, found, .. } = self;
        match &self.suggestion {
            Some(meant) => format!("expected {expected}, found {found}; did you mean `{meant}`?"),
            None => format!("expected {expected}, found {found}"),
        }
    }
}

impl std::error::Error for ParseError {}

/// The longest quotation of a script in a message, in characters.
const QUOTED_MAX: usize = 40;

/// Quotes a piece of the script in backticks, shortened if necessary.
pub(super) fn quoted(word: &str) -> String {
    match word.char_indices().nth(QUOTED_MAX) {
        Some((end, _)) => format!("`{}...`", &word[..end]),
        None => format!("`{word}`"),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn alternatives<S: AsRef<str>>(words: &[S]) -> String {
    let mut text = String::new();
    for (place, word) in words.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == words.len() { " or " } else { ", " });
        }
        text.push_str(word.as_ref());
    }
    text
}
