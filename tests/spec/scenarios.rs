//! The scenarios of the gallery: each runs to its end, its predictions come true, and its text
//! keeps to what a reader on a phone can take in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use raftarium::raft::Rule;
use raftarium::script::{Narration, Run, Script, Statement, parse};
use raftarium::sim::{Duration, Recorder};

/// The longest text of one step, in words: of a `say`, or of an `ask` with its choices.
pub const WORDS_MAX: usize = 60;
/// The words of the sentence that the gallery shows under the title are fewer.
pub const SUMMARY_WORDS: usize = 20;
/// How many steps a scenario has: `say` and `ask`.
const STEPS: std::ops::RangeInclusive<usize> = 3..=8;
/// The longest scenario in simulated time.
const TIME_MAX_US: u64 = 10_000_000;

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every scenario by its path below `scenarios`.
fn scenarios() -> BTreeMap<String, String> {
    let folders = fs::read_dir(root("scenarios")).expect("the folder of scenarios");
    let folders = folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let mut found = BTreeMap::new();
    for folder in folders {
        for file in fs::read_dir(&folder).expect("a folder of scenarios") {
            let path = file.expect("an entry").path();
            let name = path.strip_prefix(root("scenarios")).expect("a path below the folder");
            let text = fs::read_to_string(&path).expect("a scenario");
            found.insert(name.to_string_lossy().into_owned(), text);
        }
    }
    found
}

/// What is wrong with each scenario. The check gets its name and its script.
fn complaints(check: impl Fn(&str, &Script) -> Vec<String>) -> String {
    let mut wrong = Vec::new();
    for (name, text) in scenarios() {
        match parse(&text) {
            Ok(script) => {
                let found = check(&name, &script);
                wrong.extend(found.into_iter().map(|why| format!("{name}: {why}")));
            }
            Err(errors) => wrong.extend(errors.iter().map(|error| format!("{name}:{error}"))),
        }
    }
    wrong.join("\n")
}

pub fn narration(script: &Script) -> impl Iterator<Item = &Narration> {
    script.statements().filter_map(|(_, statement)| match statement {
        Statement::Narration(narration) => Some(narration),
        _ => None,
    })
}

/// The text of each step, with the choices of a question.
pub fn steps(script: &Script) -> Vec<String> {
    let text = |narration: &Narration| match narration {
        Narration::Say(text) => Some(text.clone()),
        Narration::Ask { question, choices, .. } => {
            let choices = choices.iter().map(|choice| choice.text.as_str());
            Some(std::iter::once(question.as_str()).chain(choices).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    };
    narration(script).filter_map(text).collect()
}

pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The terms of the glossary, in lower case.
pub fn glossary() -> BTreeSet<String> {
    let text = fs::read_to_string(root("docs/glossary.md")).expect("the glossary");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    rows.flat_map(|cell| cell.split(", ")).map(str::to_lowercase).collect()
}

/// The links of a text: what they show, and `glossary` or `rule`.
fn links(text: &str) -> Vec<(&str, &str)> {
    let ends = text.match_indices("](").filter_map(|(middle, _)| {
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')?;
        Some((&text[start + 1..middle], &text[middle + 2..end]))
    });
    ends.collect()
}

/// The links of a text that lead to no term of the glossary and to no rule.
pub fn dead_links(text: &str, glossary: &BTreeSet<String>) -> Vec<String> {
    let known = |shown: &str, target: &str| match target {
        "glossary" => glossary.contains(&shown.to_lowercase()),
        "rule" => Rule::ALL.iter().any(|rule| rule.to_string() == shown),
        _ => false,
    };
    let dead = links(text).into_iter().filter(|(shown, target)| !known(shown, target));
    dead.map(|(shown, target)| format!("[{shown}]({target}) leads nowhere")).collect()
}

#[test]
fn every_scenario_runs_to_its_end_and_its_predictions_come_true() {
    let wrong = complaints(|_, script| {
        let mut run = Run::new(script.clone(), &mut Recorder::off());
        let report = run.finish(&mut Recorder::off());
        let failures = report.failures.iter();
        let mut wrong: Vec<String> =
            failures.map(|failure| format!("line {}: {}", failure.line, failure.text)).collect();
        if !run.finished() {
            wrong.push("it does not end".into());
        }
        let time_us = run.world().now_us();
        if time_us > TIME_MAX_US {
            wrong.push(format!("it takes {}", Duration(time_us)));
        }
        wrong
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_scenario_has_a_title_a_section_a_level_and_a_prediction() {
    let wrong = complaints(|_, script| {
        let (mut titles, mut sections, mut levels, mut questions) = (0, 0, 0, 0);
        let mut wrong = Vec::new();
        for narration in narration(script) {
            match narration {
                Narration::Title(_) => titles += 1,
                Narration::Section(_) => sections += 1,
                Narration::Level(_) => levels += 1,
                Narration::Ask { question, choices, .. } => {
                    questions += 1;
                    if choices.iter().any(|choice| choice.condition.is_none()) {
                        wrong.push(format!("no run can judge the choices of `{question}`"));
                    }
                }
                _ => {}
            }
        }
        if (titles, sections, levels) != (1, 1, 1) {
            wrong.push(format!("{titles} titles, {sections} sections, {levels} levels"));
        }
        if questions == 0 {
            wrong.push("it asks nothing".into());
        }
        wrong
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn titles_differ() {
    let mut titles = BTreeMap::new();
    for (name, text) in scenarios() {
        let script = parse(&text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        for narration in narration(&script) {
            if let Narration::Title(title) = narration {
                let other = titles.insert(title.clone(), name.clone());
                assert_eq!(other, None, "`{title}` is the title of {name}, too");
            }
        }
    }
}

#[test]
fn steps_are_few_and_short_and_the_first_one_sums_up() {
    let wrong = complaints(|_, script| {
        let steps = steps(script);
        let mut wrong = Vec::new();
        if !STEPS.contains(&steps.len()) {
            wrong.push(format!("{} steps", steps.len()));
        }
        let long = steps.iter().filter(|text| words(text) > WORDS_MAX);
        wrong.extend(long.map(|text| format!("{} words: {text}", words(text))));
        let first = narration(script).find_map(|narration| match narration {
            Narration::Say(text) => Some(text.as_str()),
            _ => None,
        });
        let summary = first.unwrap_or_default().split_inclusive(['.', '?', ':']).next();
        let summary = summary.unwrap_or_default();
        if !(1..SUMMARY_WORDS).contains(&words(summary)) {
            wrong.push(format!("its summary has {} words: {summary}", words(summary)));
        }
        wrong
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn links_lead_to_entries_of_the_glossary_and_to_rules() {
    let glossary = glossary();
    assert!(glossary.contains("pre-vote") && glossary.len() > 50, "{glossary:?}");
    let wrong = complaints(|_, script| {
        steps(script).iter().flat_map(|text| dead_links(text, &glossary)).collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}

fn list() -> String {
    fs::read_to_string(root("docs/scenarios.md")).expect("docs/scenarios.md")
}

/// `docs/scenarios.md` has a row for every scenario, with its title, section and level.
#[test]
fn the_list_has_a_row_for_each_scenario() {
    let list = list();
    let rows: BTreeSet<&str> = list.lines().collect();
    let missing = complaints(|name, script| {
        let (mut title, mut section, mut level) = ("", "", "");
        for narration in narration(script) {
            match narration {
                Narration::Title(text) => title = text,
                Narration::Section(text) => section = text,
                Narration::Level(is) => level = is.name(),
                _ => {}
            }
        }
        let row = format!("| `{name}` | {title} | {section} | {level} |");
        if rows.contains(row.as_str()) { Vec::new() } else { vec![format!("add the row {row}")] }
    });
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn the_files_that_the_list_names_exist() {
    let list = list();
    let named: Vec<&str> = list.split('`').filter(|part| part.contains('/')).collect();
    let files: Vec<&str> =
        named.into_iter().filter(|name| name.ends_with(".raft") || name.ends_with(".rs")).collect();
    let tests = files.iter().filter(|name| name.starts_with("tests/")).count();
    assert!(tests > 5 && files.len() > 100, "{files:?}");
    for name in files {
        let folder = if name.starts_with("tests/") { "" } else { "scenarios" };
        assert!(root(folder).join(name).exists(), "{name}");
    }
}
