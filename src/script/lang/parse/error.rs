//! What a person is told about a line that does not parse.

use std::fmt;

/// Why a line does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line, from 1 on.
    pub line: u32,
    /// The column in characters, from 1 on.
    pub column: u32,
    /// What could have stood there.
    pub expected: String,
    /// What stands there.
    pub found: String,
    /// What the person may have meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for ParseError {
    /// `line:column: expected ..., found ...; did you mean ...?`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message())
    }
}

impl ParseError {
    /// A line an error, as the command line prints them.
    pub fn all(errors: &[ParseError]) -> String {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// The text without the place.
    pub fn message(&self) -> String {
        let ParseError { expected, found, .. } = self;
        match &self.suggestion {
            Some(meant) => format!("expected {expected}, found {found}; did you mean `{meant}`?"),
            None => format!("expected {expected}, found {found}"),
        }
    }
}

impl std::error::Error for ParseError {}

/// The longest piece of a script that a message repeats, in characters.
const QUOTED_MAX: usize = 40;

/// A piece of the script as a message shows it: in backticks, and not too long.
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
