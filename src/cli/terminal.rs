//! Standard input, output and error.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::script::ParseError;

/// The text of a file; `-` is standard input.
pub(super) fn read(path: &Path) -> io::Result<String> {
    if path != Path::new("-") {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
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
