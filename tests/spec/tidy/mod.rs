//! The shape of the tree: which room may use which, how long files, functions and lines may be, and
//! that no files use each other in a circle.

mod imports;
mod sources;

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::Visit;

use imports::{Imports, circles};
use sources::{FOLDERS, Source, sources, stylesheets};

/// The rooms from the ground up. A room uses only those before it; `ui` and `cli` not each other.
const ROOMS: [&str; 9] =
    ["raft", "sim", "check", "diagram", "script", "export", "lab", "ui", "cli"];

const FILE_LINES_MAX: usize = 500;
/// What fits a screen.
const FUNCTION_LINES_MAX: usize = 70;
const COLUMNS_MAX: usize = 100;
/// Files of one folder that may use each other in a circle.
const CIRCLE_FILES_MAX: usize = 3;

fn room(file: &Source) -> Option<&'static str> {
    let path = file.name.strip_prefix("src/")?;
    ROOMS.into_iter().find(|room| path.starts_with(&format!("{room}/")))
}

fn may_know(room: &str, other: &str) -> bool {
    let place = |room| ROOMS.iter().position(|known| *known == room);
    place(other) <= place(room) && !(room == "cli" && other == "ui")
}

#[test]
fn rooms_know_only_those_below_them() {
    let sources = sources("src");
    let in_rooms = sources.iter().filter(|file| room(file).is_some()).count();
    assert!(in_rooms > 40, "only {in_rooms} files in the rooms were found");
    let mut wrong = Vec::new();
    for file in &sources {
        let Some(room) = room(file) else { continue };
        for (number, line) in file.code() {
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
    let rust = FOLDERS.map(sources);
    let styles = stylesheets();
    assert!(styles.len() > 5, "only {} stylesheets were found", styles.len());
    for file in rust.iter().flatten().chain(&styles) {
        let lines = file.text.lines().count();
        assert!(
            lines <= FILE_LINES_MAX,
            "{} has {lines} lines, at most {FILE_LINES_MAX}",
            file.name
        );
    }
}

#[test]
fn no_line_is_too_wide() {
    let mut wide = Vec::new();
    for file in FOLDERS.map(sources).iter().flatten() {
        for (number, line) in file.text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS_MAX {
                wide.push(format!("{}:{} has {columns} columns", file.name, number + 1));
            }
        }
    }
    assert!(wide.is_empty(), "at most {COLUMNS_MAX}:\n{}", wide.join("\n"));
}

#[test]
fn every_function_fits_a_screen() {
    let mut long = Vec::new();
    for file in FOLDERS.map(sources).iter().flatten() {
        let mut functions = Functions { file: &file.name, long: &mut long };
        functions.visit_file(&file.parse());
    }
    assert!(long.is_empty(), "at most {FUNCTION_LINES_MAX} lines:\n{}", long.join("\n"));
}

struct Functions<'a> {
    file: &'a str,
    long: &'a mut Vec<String>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.span().start().line;
        let lines = block.span().end().line + 1 - first;
        if lines > FUNCTION_LINES_MAX {
            self.long.push(format!("{}:{first} {}: {lines}", self.file, signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn few_files_use_each_other_in_a_circle_and_only_within_a_folder() {
    let sources = sources("src");
    let imports = Imports::read(&sources);
    let files = imports.files();
    let arrows: usize = files.values().map(|used| used.len()).sum();
    assert!(arrows > 300, "only {arrows} imports were found");
    let folders: BTreeMap<&str, &str> =
        sources.iter().map(|source| (source.name.as_str(), source.folder())).collect();
    let wrong: Vec<String> = circles(&files)
        .into_iter()
        .filter(|circle| {
            let one_folder = circle.iter().all(|file| folders[file] == folders[circle[0]]);
            circle.len() > CIRCLE_FILES_MAX || !one_folder
        })
        .map(|circle| describe(&circle, &files))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn describe(circle: &[&str], files: &BTreeMap<&str, std::collections::BTreeSet<&str>>) -> String {
    let mut text = format!("a circle of {} files:\n", circle.len());
    for file in circle {
        let used: Vec<&str> =
            files[file].iter().copied().filter(|other| circle.contains(other)).collect();
        text.push_str(&format!("  {file} uses {}\n", used.join(", ")));
    }
    text
}

#[test]
fn a_type_name_means_one_thing() {
    let mut meanings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources("src") {
        for item in file.parse().items {
            let name = match item {
                syn::Item::Struct(item) => item.ident,
                syn::Item::Enum(item) => item.ident,
                syn::Item::Trait(item) => item.ident,
                syn::Item::Type(item) => item.ident,
                _ => continue,
            };
            meanings.entry(name.to_string()).or_default().push(file.name.clone());
        }
    }
    assert!(meanings.len() > 200, "only {} types were found", meanings.len());
    let several: Vec<String> = meanings
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(several.is_empty(), "{}", several.join("\n"));
}

#[test]
fn the_core_has_no_chance_no_floating_point_and_no_unordered_maps() {
    for file in sources("src/raft") {
        for (number, line) in file.code() {
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
    for file in sources("src") {
        if file.name.starts_with("src/ui/platform") {
            continue;
        }
        for (number, line) in file.code() {
            for name in ["web_sys", "js_sys", "gloo", "getrandom", "wasm_bindgen"] {
                assert!(!line.contains(name), "{}:{number}: `{name}`", file.name);
            }
        }
    }
}
