//! Where text comes from and goes to.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

/// A file's text; `-` is standard input.
pub(super) fn read(path: &Path) -> io::Result<String> {
    if path != Path::new("-") {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// To standard output. Whoever closes it early does not want to know.
pub(super) fn tell(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// To standard error.
pub(super) fn complain(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}
