//! What can stand at the end of a line, for completion. The parser runs into an impossible word
//! there, and the cursor records what it would have accepted.

use super::Parser;
use super::cursor::{Cursor, Offer};

/// A word that no statement accepts.
const IMPOSSIBLE: &str = "\u{1}";

pub(in crate::script) struct Offers {
    /// The byte at which the last word begins.
    pub at: usize,
    /// What can stand there.
    pub offers: Vec<Offer>,
}

/// What can stand at the end of the line; `None` within a quoted text or a comment.
pub(in crate::script) fn offers_at(line: &str) -> Option<Offers> {
    let at = last_word(line)?;
    let text = format!("{}{IMPOSSIBLE}", &line[..at]);
    let mut parser = Parser::new(1, &text).ok()?;
    parser.cursor.watch(at);
    // This always fails: at the impossible word, or before it.
    let _ = parser.statement();
    Some(Offers { at, offers: parser.cursor.caught() })
}

/// The byte at which the last word begins; the end of the line after a blank.
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
