//! What is kept of a session from one visit to the next, and which files can hold one.

use crate::script::TEXT_MAX;
use crate::sim::Micros;

/// A session as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its script.
    pub text: String,
    /// The moment at which it stood, in microseconds.
    pub time_us: Micros,
}

impl Kept {
    /// As it is stored: the moment on a line of its own, and the script.
    pub fn written(&self) -> String {
        self.time_us.to_string() + "\n" + &self.text
    }

    /// What was stored so; nothing where it is something else.
    pub fn read(stored: &str) -> Option<Kept> {
        let (time, text) = stored.split_once('\n')?;
        Some(Kept { text: text.to_owned(), time_us: time.parse().ok()? })
    }
}

/// Why a file cannot be a script, before anybody has looked into it. `kind` is its media type, empty where nobody
/// knows one.
pub fn unfit_file(name: &str, kind: &str, bytes: f64) -> Option<String> {
    if bytes > TEXT_MAX as f64 {
        let tenths = (bytes / 100_000.0) as u64;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        return Some(format!("{name} has {whole}.{tenth} MB, and a script has at most 1 MB."));
    }
    let may_be = kind.is_empty() || kind.starts_with("text/") || name.ends_with(".raft");
    (!may_be).then(|| format!("{name} is {kind}, and a script is a text file, such as crash.raft."))
}

/// Whether what was in a file is text.
pub fn is_text(content: &str) -> bool {
    !content.contains(['\0', '\u{FFFD}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back_and_nothing_else_is() {
        let kept = Kept { text: "servers 3\n\ncrash s1\n".to_owned(), time_us: 1_234_567 };
        assert_eq!(Kept::read(&kept.written()), Some(kept));
        let empty = Kept { text: String::new(), time_us: 0 };
        assert_eq!(Kept::read(&empty.written()), Some(empty));
        for odd in ["", "12", "servers 3\ncrash s1", "-1\nservers 3", "99999999999999999999999\n"] {
            assert_eq!(Kept::read(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_script_is_known_by_its_kind_and_size() {
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
