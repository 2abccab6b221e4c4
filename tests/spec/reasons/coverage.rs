//! Which kinds of reasons have occurred.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use raftarium::raft::Why;
use raftarium::sim::Recorder;

/// How often each kind of reason occurred, among the newest events of the runs.
#[derive(Clone, Debug, Default)]
pub struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    pub fn note(&mut self, recorder: &Recorder) {
        for event in recorder.journal().events() {
            event.whys.iter().for_each(|(_, why)| self.note_one(why));
        }
    }

    pub fn note_one(&mut self, why: &Why) {
        *self.0.entry(kind_of(why)).or_default() += 1;
    }

    pub fn add(&mut self, other: Coverage) {
        for (kind, times) in other.0 {
            *self.0.entry(kind).or_default() += times;
        }
    }

    /// The kinds in the source that did not occur.
    pub fn missing(&self) -> Vec<String> {
        let kinds = kinds();
        assert!(kinds.len() > 80, "only {} kinds of reasons were found", kinds.len());
        kinds.into_iter().filter(|kind| !self.0.contains_key(kind)).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(kind, times)| writeln!(f, "{times:>9} {kind}"))
    }
}

/// `Vote(Granted`, as in the Debug form of the reason.
pub fn kind_of(why: &Why) -> String {
    let text = format!("{why:?}");
    let end = text.find([' ', ')']).unwrap_or(text.len());
    text[..end].to_owned()
}

/// All kinds, read from the source: the areas of `Why`, and the variants of each area.
fn kinds() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/raft/reason");
    let read = |path: &Path| fs::read_to_string(path).expect("a source file");
    let mut sources = String::new();
    for entry in fs::read_dir(&folder).expect("the folder of reasons can be read") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_file() {
            sources += &read(&path);
        }
    }
    let (_, areas) = sources.split_once("\nareas! {\n").expect("the list of areas");
    let (areas, _) = areas.split_once("\n}").expect("the end of the list");
    areas.lines().flat_map(|line| kinds_of_area(line.trim(), &sources)).collect()
}

/// The kinds of an area, given as `Vote(VoteWhy),`.
fn kinds_of_area(line: &str, sources: &str) -> Vec<String> {
    let (area, rest) = line.split_once('(').expect("the form of an area");
    let (name, _) = rest.split_once(')').expect("the form of an area");
    let Some((_, body)) = sources.split_once(&format!("pub enum {name} {{\n")) else {
        // A struct.
        return vec![format!("{area}({name}")];
    };
    let (body, _) = body.split_once("\n}").expect("the end of the enum");
    let variants = body.lines().filter_map(|line| line.strip_prefix("    "));
    variants
        .filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(|line| {
            let end = line.find(|one: char| !one.is_ascii_alphanumeric()).unwrap_or(line.len());
            format!("{area}({}", &line[..end])
        })
        .collect()
}
