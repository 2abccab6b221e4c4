//! The stories that runs tell: each event with its title, and each decision with its reason. People
//! read them, so that every word is true.
//!
//! `RAFTARIUM_GOLDEN=rewrite cargo test --test spec stories` rewrites the files.

use std::collections::BTreeSet;
use std::fmt::Write;

use raftarium::sim::Duration;

use super::*;

/// The events that a story tells. The others are counted, so that a change in them shows, too.
const EVENTS_MAX: usize = 400;
/// All stories together.
const BYTES_MAX: usize = 3_000_000;

/// Scripts with their paths from the root of the repository.
fn scripts_with_stories() -> Vec<(String, String)> {
    let golden = scripts::all().into_iter();
    let conformance = golden.filter(|(name, _)| name.starts_with("conformance/"));
    let conformance =
        conformance.map(|(name, script)| (format!("tests/spec/scripts/{name}"), script));
    scenarios().into_iter().chain(conformance).collect()
}

/// The story of a script: `scenarios/broken/dedupe.raft` is told in
/// `tests/spec/traces/stories/broken/dedupe.trace`.
fn file_of(script: &str) -> PathBuf {
    let name = script.trim_start_matches("tests/spec/scripts/").trim_start_matches("scenarios/");
    let folder = root("tests/spec/traces/stories");
    folder.join(name).with_extension("trace")
}

fn story(name: &str, script: &str) -> String {
    let recorded = run(script, None);
    let mut text = format!("# {name}\n");
    for event in recorded.events.iter().take(EVENTS_MAX) {
        write_event(&mut text, event);
        write_violations(&mut text, &recorded, |broken| broken == event.id);
    }
    if let Some(rest) = recorded.events.get(EVENTS_MAX..).filter(|rest| !rest.is_empty()) {
        let reasons = rest.iter().map(|event| event.whys.len()).sum::<usize>();
        let last = rest.last().map_or(0, |event| event.time_us);
        let (count, last) = (rest.len(), Duration(last));
        let _ = writeln!(text, "... {count} MORE EVENTS with {reasons} reasons, up to {last}");
        write_violations(&mut text, &recorded, |broken| broken > EVENTS_MAX as EventId);
    }
    text
}

fn write_event(text: &mut String, event: &Event) {
    let _ = writeln!(text, "{:>10}  {}", Duration(event.time_us).to_string(), event.title());
    for (server, why) in &event.whys {
        let reason = why.describe();
        let server = format!("S{}", server.number());
        let _ = writeln!(text, "{:>12}{server}: {} -> {}", "", reason.fact, reason.decision);
    }
}

fn write_violations(text: &mut String, recorded: &Recorded, at: impl Fn(EventId) -> bool) {
    for (property, event) in recorded.violations.iter().filter(|(_, event)| at(*event)) {
        let _ = writeln!(text, "            !!! event {event} breaks {property}");
    }
}

fn first_difference<'a>(golden: &'a str, story: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let lines = golden.lines().zip(story.lines()).enumerate();
    let mut different = lines.filter(|(_, (was, is))| was != is);
    if let Some((before, (was, is))) = different.next() {
        return Some((before + 1, was, is));
    }
    let (was, is) = (golden.lines().count(), story.lines().count());
    let rest = |text: &'a str| text.lines().nth(was.min(is)).unwrap_or("(end)");
    (was != is).then(|| (was.min(is) + 1, rest(golden), rest(story)))
}

#[test]
fn every_story_is_the_one_in_its_file() {
    let rewrite = std::env::var("RAFTARIUM_GOLDEN").is_ok_and(|value| value == "rewrite");
    let (mut wrong, mut bytes) = (Vec::new(), 0);
    for (name, script) in scripts_with_stories() {
        let (story, path) = (story(&name, &script), file_of(&name));
        bytes += story.len();
        if rewrite {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, story).expect("the file can be written");
            continue;
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if let Some((line, was, is)) = first_difference(&golden, &story) {
            wrong.push(format!("{}:{line}:\n- {was}\n+ {is}", path.display()));
        }
    }
    assert!(bytes <= BYTES_MAX, "{bytes} bytes of stories, at most {BYTES_MAX}");
    assert!(
        wrong.is_empty(),
        "{} stories differ:\n{}\n\
         If that is intended: RAFTARIUM_GOLDEN=rewrite cargo test --test spec stories",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_file_belongs_to_a_script() {
    let expected: BTreeSet<PathBuf> =
        scripts_with_stories().iter().map(|(name, _)| file_of(name)).collect();
    assert!(expected.len() >= 44 + 17, "only {} scripts", expected.len());
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(root("tests/spec/traces/stories")).expect("the folder of stories") {
        let folder = folder.expect("an entry").path();
        let files = fs::read_dir(folder).expect("a folder of stories");
        found.extend(files.map(|file| file.expect("an entry").path()));
    }
    assert_eq!(found, expected);
}
