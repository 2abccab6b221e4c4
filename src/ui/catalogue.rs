//! The lessons, challenges and scenarios beside the page, as `catalogue.tsv` lists them: a line
//! each, with tabs between the fields. A test compares the file with the scripts.

use crate::script::{Level, Narration, Script};

use super::markup::plain;

/// The file, relative to the page.
pub const FILE: &str = "catalogue.tsv";

/// A script that stands as a file beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Relative to the page: `lessons/05-replication.raft`.
    pub path: String,
    pub title: String,
    pub level: Option<Level>,
    /// Of the paper; empty where the script names none.
    pub section: String,
    /// The first sentence that it says.
    pub summary: String,
}

impl CatalogueEntry {
    /// The entry of a script; `None` if it has no title.
    pub fn of(path: &str, script: &Script) -> Option<CatalogueEntry> {
        let mut entry = CatalogueEntry {
            path: path.to_owned(),
            title: String::new(),
            level: None,
            section: String::new(),
            summary: String::new(),
        };
        for (_, narration) in script.narrations() {
            match narration {
                Narration::Title(text) if entry.title.is_empty() => entry.title.clone_from(text),
                Narration::Section(text) if entry.section.is_empty() => {
                    entry.section.clone_from(text);
                }
                Narration::Level(level) => entry.level = entry.level.or(Some(*level)),
                Narration::Say(text) if entry.summary.is_empty() => {
                    entry.summary = first_sentence(&plain(text));
                }
                _ => {}
            }
        }
        (!entry.title.is_empty()).then_some(entry)
    }

    /// Its line in the file.
    pub fn to_line(&self) -> String {
        let level = self.level.map_or("", Level::name);
        [&self.path, &self.title, level, &self.section, &self.summary].join("\t")
    }

    fn parse(line: &str) -> Option<CatalogueEntry> {
        let mut fields = line.split('\t').map(str::to_owned);
        let (path, title, level) = (fields.next()?, fields.next()?, fields.next()?);
        let (section, summary) = (fields.next()?, fields.next()?);
        let level = Level::ALL.into_iter().find(|known| known.name() == level);
        Some(CatalogueEntry { path, title, level, section, summary })
    }

    /// The folder of the file: `scenarios/paper`.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its picture, relative to the page.
    pub fn picture(&self) -> String {
        let name = self.path.strip_suffix(".raft").unwrap_or(&self.path);
        format!("pictures/{}.svg", name.replace('/', "-"))
    }

    /// Whether a person who types that finds it.
    pub fn matches(&self, typed: &str) -> bool {
        let level = self.level.map_or("", Level::name);
        let text = [&self.title, level, &self.section, &self.summary, &self.path].join(" ");
        let text = text.to_ascii_lowercase();
        typed.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The entries of the file.
pub fn parse(text: &str) -> Vec<CatalogueEntry> {
    text.lines().filter_map(CatalogueEntry::parse).collect()
}

fn first_sentence(text: &str) -> String {
    let end = text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1);
    let mut ends = end.filter(|at| text[*at..].is_empty() || text[*at..].starts_with(' '));
    text[..ends.next().unwrap_or(text.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse as parse_script;

    #[test]
    fn an_entry_is_read_back_from_its_line() {
        let text = "title \"Crashes\"\nsection \"5.2\"\nlevel easy\nservers 3\n\
            say \"S1 waits 1.5 s in *its* term. Then it acts.\"\n";
        let entry = CatalogueEntry::of("lessons/x.raft", &parse_script(text).expect("a script"));
        let entry = entry.expect("it has a title");
        assert_eq!(entry.summary, "S1 waits 1.5 s in its term.");
        assert_eq!(parse(&entry.to_line()), std::slice::from_ref(&entry));
        assert_eq!((entry.folder(), entry.picture()), ("lessons", "pictures/lessons-x.svg".into()));
        assert!(entry.matches("CRASHES easy") && entry.matches("") && !entry.matches("joint"));
    }

    #[test]
    fn a_script_without_a_title_and_a_broken_line_are_no_entries() {
        assert_eq!(CatalogueEntry::of("x", &parse_script("servers 3\n").expect("a script")), None);
        assert!(parse("lessons/x.raft\tCrashes\n\n").is_empty());
    }
}
