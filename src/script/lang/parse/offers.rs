//! What could stand at the end of a line that is being typed. The parser is let run into a word that
//! is of no language there, and tells what it looked for.

use super::Parser;
use super::cursor::{Cursor, Offer};

/// A word that nothing in the language is.
const STRANGER: &str = "\u{1}";

/// The word at the end of a line, and what could stand in its place.
pub(in crate::script) struct Offers {
    /// Where the word begins, in bytes.
    pub at: usize,
    /// What could stand there.
    pub offers: Vec<Offer>,
}

/// What could stand at the end of the line; `None` within a text in quotes or a comment.
pub(in crate::script) fn offers_at(line: &str) -> Option<Offers> {
    let at = last_word(line)?;
    let text = format!("{}{STRANGER}", &line[..at]);
    let mut parser = Parser::new(1, &text).ok()?;
    parser.cursor.watch(at);
    // It fails, of course: at the stranger, or before it.
    let _ = parser.statement();
    Some(Offers { at, offers: parser.cursor.caught() })
}

/// Where the word begins that ends with the line: at its end where that is a blank.
fn last_word(line: &str) -> Option<usize> {
    let mut cursor = Cursor::new(1, line).ok()?;
    let mut last = None;
    while let Some(word) = cursor.next() {
        last = Some(word);
    }
    if cursor.comment().is_some() {
        return None;
    }
    match last {
        Some(word) if !line.ends_with(char::is_whitespace) => (!word.quoted).then_some(word.at),
        _ => Some(line.len()),
    }
}
