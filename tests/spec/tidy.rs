//! The tree itself: who knows whom, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room knows only those before it; `ui` and `cli` not each other.
const ROOMS: [&str; 7] = ["raft", "sim", "check", "script", "lab", "ui", "cli"];

/// The longest file, in lines.
const LINES_MAX: usize = 500;

struct File {
    name: String,
    text: String,
}

/// All Rust files below a folder of the repository.
fn files(below: &str) -> Vec<File> {
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
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("below the root");
                let name = name.to_string_lossy().replace('\\', "/");
                found.push(File { name, text: fs::read_to_string(&path).expect("text") });
            }
        }
    }
    found
}

/// The lines that are code, with their numbers.
fn code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.text.lines().enumerate().map(|(place, line)| (place + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn room(file: &File) -> Option<&'static str> {
    let path = file.name.strip_prefix("src/")?;
    ROOMS.into_iter().find(|room| path.starts_with(&format!("{room}/")))
}

fn may_know(room: &str, other: &str) -> bool {
    let place = |room| ROOMS.iter().position(|known| *known == room);
    place(other) <= place(room) && !(room == "cli" && other == "ui")
}

#[test]
fn rooms_know_only_those_below_them() {
    let sources = files("src");
    let in_rooms = sources.iter().filter(|file| room(file).is_some()).count();
    assert!(in_rooms > 40, "only {in_rooms} files in the rooms were found");
    let mut wrong = Vec::new();
    for file in &sources {
        let Some(room) = room(file) else { continue };
        for (number, line) in code(file) {
            // `use crate::{raft, sim}` would hide from this: it names no room.
            if line.contains("crate::{") {
                wrong.push(format!("{}:{number}: name the rooms one by one", file.name));
            }
            for other in ROOMS {
                let names_it = line.split("crate::").skip(1).any(|rest| {
                    rest.strip_prefix(other).is_some_and(|rest| {
                        !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
                    })
                });
                if names_it && !may_know(room, other) {
                    wrong.push(format!("{}:{number}: {room} must not know {other}", file.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let all = ["src", "tests", "markup", "unpack", "xtask", "benches"].map(files);
    for file in all.iter().flatten() {
        let lines = file.text.lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines, at most {LINES_MAX}", file.name);
    }
}

#[test]
fn the_core_has_no_chance_no_floating_point_and_no_unordered_maps() {
    for file in files("src/raft") {
        for (number, line) in code(&file) {
            for word in ["f32", "f64", "HashMap", "HashSet", "rand", "Instant", "SystemTime"] {
                let used = line
                    .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .any(|part| part == word || part.starts_with(&format!("{word}_")));
                assert!(!used, "{}:{number}: `{word}`", file.name);
            }
        }
    }
}

#[test]
fn only_the_edge_to_the_browser_names_it() {
    for file in files("src") {
        if file.name.starts_with("src/ui/platform") {
            continue;
        }
        for (number, line) in code(&file) {
            for name in ["web_sys", "js_sys", "gloo", "getrandom", "wasm_bindgen"] {
                assert!(!line.contains(name), "{}:{number}: `{name}`", file.name);
            }
        }
    }
}
