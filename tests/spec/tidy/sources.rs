//! The Rust files of the repository, read and parsed.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders with Rust code, of which `src` holds the rooms.
pub const FOLDERS: [&str; 4] = ["src", "tests", "xtask", "benches"];

pub struct Source {
    /// The path from the root, with `/`.
    pub name: String,
    pub text: String,
}

impl Source {
    pub fn parse(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The lines that are no comments, with their numbers.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(before, line)| (before + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The path without its last part.
    pub fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// All Rust files below a folder of the repository, in order.
pub fn sources(below: &str) -> Vec<Source> {
    files(below, "rs")
}

/// `style.css` and what lies in `styles`.
pub fn stylesheets() -> Vec<Source> {
    let mut found = files("styles", "css");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style.css"));
    found.push(Source { name: "style.css".to_owned(), text: text.expect("text") });
    found
}

fn files(below: &str, kind: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join(below)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == kind) {
                let name = path.strip_prefix(root).expect("below the root");
                let name = name.to_string_lossy().replace('\\', "/");
                found.push(Source { name, text: fs::read_to_string(&path).expect("text") });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}
