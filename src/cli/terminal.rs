//! Standard input, output and error.

use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use crate::script::ParseError;

/// The text of a file; `-` is standard input.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    match path == Path::new("-") {
        true => io::stdin().read_to_end(&mut bytes).map(|_| ())?,
        false => bytes = fs::read(path)?,
    }
    text_of(bytes).ok_or_else(|| {
        io::Error::new(ErrorKind::InvalidData, "it is no text: save it as plain text, in UTF-8")
    })
}

/// The text in UTF-8, or in UTF-16 with a byte order mark, as some programs on Windows save it.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes[..] {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).ok(),
    };
    let (pairs, []) = bytes[2..].as_chunks::<2>() else { return None };
    String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<u16>>()).ok()
}

/// Prints a line to standard output. A reader that has closed it, such as `head`, is no error.
pub(super) fn print(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// Prints a line to standard error.
pub(super) fn print_error(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints parse errors to standard error, one per line.
pub(super) fn print_parse_errors(name: &str, errors: &[ParseError]) {
    for error in errors {
        print_error(format!("{name}:{error}"));
    }
}
