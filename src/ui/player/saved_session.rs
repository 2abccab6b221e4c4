//! A session as the browser's storage holds it, and which files can hold a script.

use crate::script::TEXT_MAX;
use crate::sim::Micros;
use crate::ui::text;

/// A script and the moment at which it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSession {
    pub text: String,
    pub time_us: Micros,
}

impl SavedSession {
    /// The moment on a line of its own, then the script.
    pub fn to_stored(&self) -> String {
        format!("{}\n{}", self.time_us, self.text)
    }

    /// The inverse of [`SavedSession::to_stored`].
    pub fn parse(stored: &str) -> Option<SavedSession> {
        let (time, text) = stored.split_once('\n')?;
        Some(SavedSession { text: text.to_owned(), time_us: time.parse().ok()? })
    }
}

/// Why a file of that name, media type (empty where unknown) and size cannot be a script.
pub fn unfit_file(name: &str, kind: &str, bytes: f64) -> Option<String> {
    if bytes > TEXT_MAX as f64 {
        return Some(text::file_too_large(name, bytes));
    }
    let may_be = kind.is_empty() || kind.starts_with("text/") || name.ends_with(".raft");
    (!may_be).then(|| text::file_not_script(name, kind))
}

/// Whether the content of a file is text.
pub fn is_text(content: &str) -> bool {
    !content.contains(['\0', '\u{FFFD}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_session_parses_and_nothing_else_does() {
        let saved = SavedSession { text: "servers 3\n\ncrash s1\n".to_owned(), time_us: 1_234_567 };
        assert_eq!(SavedSession::parse(&saved.to_stored()), Some(saved));
        let empty = SavedSession { text: String::new(), time_us: 0 };
        assert_eq!(SavedSession::parse(&empty.to_stored()), Some(empty));
        for odd in ["", "12", "servers 3\ncrash s1", "-1\nservers 3", "99999999999999999999999\n"] {
            assert_eq!(SavedSession::parse(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn a_file_of_the_wrong_type_or_size_is_rejected() {
        assert_eq!(unfit_file("crash.raft", "", 90.0), None);
        assert_eq!(unfit_file("crash.raft", "application/x-raft", 90.0), None);
        assert_eq!(unfit_file("crash.txt", "text/plain", 1e6), None);
        let image = unfit_file("photo.png", "image/png", 90.0).expect("no script");
        assert!(image.contains("image/png") && image.contains("text file"), "{image}");
        let huge = unfit_file("all.raft", "", 12_345_678.0).expect("too much");
        assert!(huge.contains("12.3 MB"), "{huge}");
        assert!(is_text("servers 3\n") && !is_text("\u{FFFD}PNG\r\n\0"));
    }
}
