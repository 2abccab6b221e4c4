//! The sequence diagrams keep the rules of Mermaid's grammar, and leave nothing out.

use std::collections::BTreeSet;

use raftarium::export::{MermaidOptions, mermaid};
use raftarium::sim::EventKind;
use regex::Regex;

use super::{VARIED, compare_with_file, events_of, golden_scripts, replay_of};

const ALL: MermaidOptions = MermaidOptions { heartbeats: true };

/// What a text may consist of: a semicolon ends a statement, and `#` begins an entity.
const TEXT: &str = "(?:[^#;]|#[0-9]+;|#[a-z]+;)+";

/// The lines of a diagram after the first, each as one of Mermaid's statements.
#[derive(Default)]
struct Read {
    declared: BTreeSet<String>,
    used: BTreeSet<String>,
    arrived: usize,
    lost: usize,
    notes: Vec<String>,
}

fn read(text: &str) -> Read {
    let title = Regex::new(&format!("^    title {TEXT}$")).expect("a pattern");
    let declaration = Regex::new("^    (?:participant|actor) ([SC][1-9])$").expect("a pattern");
    let arrow = Regex::new(&format!("^    ([SC][1-9])(->>|-->>|-x|--x)([SC][1-9]): {TEXT}$"));
    let arrow = arrow.expect("a pattern");
    let note = Regex::new(&format!("^    Note over ([SC][1-9])(?:,([SC][1-9]))?: ({TEXT})$"));
    let note = note.expect("a pattern");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("sequenceDiagram"));
    let mut read = Read::default();
    for (nth, line) in lines.enumerate() {
        let mut uses = |name: &str| read.used.insert(name.to_owned());
        if let Some(found) = arrow.captures(line) {
            uses(&found[1]);
            uses(&found[3]);
            if found[2].ends_with('x') { read.lost += 1 } else { read.arrived += 1 }
        } else if let Some(found) = note.captures(line) {
            uses(&found[1]);
            found.get(2).map(|end| uses(end.as_str()));
            read.notes.push(found[3].to_owned());
        } else if let Some(found) = declaration.captures(line) {
            assert!(read.used.is_empty(), "{line} comes after the first arrow");
            assert!(read.declared.insert(found[1].to_owned()), "{line} again");
        } else {
            assert!(nth == 0 && title.is_match(line), "no statement of Mermaid: {line}");
        }
    }
    read
}

#[test]
fn a_diagram_has_every_message_and_declares_its_participants() {
    let text = mermaid(replay_of(VARIED), ALL).expect("a diagram");
    let read = read(&text);
    assert!(read.used.is_subset(&read.declared), "{:?} {:?}", read.used, read.declared);
    let events = events_of(replay_of(VARIED));
    let count = |is_it: fn(&EventKind) -> bool| {
        events.iter().filter(|(event, _)| is_it(&event.kind)).count()
    };
    assert_eq!(read.arrived, count(|kind| matches!(kind, EventKind::Delivered(_))));
    assert_eq!(read.lost, count(|kind| matches!(kind, EventKind::Lost(..))));
    assert!(read.lost > 3, "{} lost", read.lost);
    for news in ["leader in term", "crashed", "restarted", "paused", "resumed", "commit index 1"] {
        assert!(read.notes.iter().any(|note| note.contains(news)), "{news}: {:#?}", read.notes);
    }
}

#[test]
fn heartbeats_that_changed_nothing_can_be_left_out() {
    let all = read(&mermaid(replay_of(VARIED), ALL).expect("a diagram"));
    let text = mermaid(replay_of(VARIED), MermaidOptions { heartbeats: false });
    let fewer = read(&text.expect("a diagram"));
    assert!(fewer.arrived < all.arrived, "{} of {}", fewer.arrived, all.arrived);
    assert_eq!(fewer.notes, all.notes, "the notes stay");
}

#[test]
fn every_diagram_keeps_the_grammar() {
    for (name, script) in crate::scripts::all() {
        if let Ok(text) = mermaid(replay_of(&script), ALL) {
            let read = read(&text);
            assert!(read.used.is_subset(&read.declared), "{name}");
        }
    }
}

#[test]
fn a_span_has_only_its_own_arrows() {
    let mut replay = replay_of(VARIED);
    (replay.span.from_us, replay.span.to_us) = (300_000, 500_000);
    let expected = events_of(replay.clone());
    let is_arrow = |kind: &EventKind| matches!(kind, EventKind::Delivered(_) | EventKind::Lost(..));
    let inside = expected.iter().filter(|(event, inside)| *inside && is_arrow(&event.kind)).count();
    let read = read(&mermaid(replay, ALL).expect("a diagram"));
    assert_eq!(read.arrived + read.lost, inside);
    assert!(inside > 10 && inside < expected.len());
}

#[test]
fn diagrams_stay_as_they_are() {
    for (name, script) in golden_scripts() {
        let text = mermaid(replay_of(&script), MermaidOptions { heartbeats: false });
        compare_with_file(&format!("{name}.mmd"), &text.expect("a diagram"));
    }
}
