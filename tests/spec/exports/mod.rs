//! Runs as texts for other programs: `raftarium export`, and the page's Export menu.

mod command_line;
mod mermaid;
mod shiviz;
mod timeline_pictures;
mod xml;

use std::fs;
use std::path::{Path, PathBuf};

use raftarium::export::ExportedRun;
use raftarium::script::parse;
use raftarium::sim::{Event, Micros, Span};

/// Everything that exports draw in a special way: elections, losses, crashes, pauses, held,
/// duplicated and injected messages, snapshots, triggers, clients.
const VARIED: &str = "title \"Held; lost & <found> #1\"\nservers 3\nclients 2\n\
    latency 5ms..9ms\nsnapshot-every 4\nwhen leader do set a 1\nwait leader\nset x 1\nrun 40ms\n\
    hold next 1 append\n\
    set y 2\nrun 30ms\nrelease\nduplicate next 1 append-reply\nrun 30ms\n\
    pause s1\nset z 3\nrun 40ms\nresume s1\ninject vote from s1 to s2 term 1\n\
    load 50/s\nrun 300ms\nload off\npartition s1 | s2,s3\nrun 200ms\nheal\n\
    crash leader\nrun 400ms\nrestart all\n\
    get x\nrun 300ms\n";

fn replay_of(script: &str) -> ExportedRun {
    let script = parse(script).unwrap_or_else(|errors| panic!("{}\n{script}", errors[0]));
    let span = Span { from_us: 0, to_us: Micros::MAX };
    ExportedRun { script, span, beyond_script: false, limited: false }
}

/// The events of a replay, and for each whether it is in the span.
fn events_of(replay: ExportedRun) -> Vec<(Event, bool)> {
    let mut events = Vec::new();
    let world = replay.each(|event, in_span| events.push((event.clone(), in_span)));
    world.expect("the run is not too long");
    events
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Scripts whose exports are kept as files, with their names.
fn golden_scripts() -> Vec<(&'static str, String)> {
    let read = |path: &str| fs::read_to_string(root(path)).expect("a script");
    vec![
        ("varied", VARIED.to_owned()),
        ("one-vote", read("scenarios/broken/one-vote.raft")),
        ("two-adds", read("scenarios/membership-2015/two-adds.raft")),
    ]
}

/// Compares a text with its file; `RAFTARIUM_GOLDEN=rewrite` writes the file.
fn compare_with_file(name: &str, text: &str) {
    let path = root("tests/spec/exports/golden").join(name);
    if std::env::var_os("RAFTARIUM_GOLDEN").is_some_and(|value| value == "rewrite") {
        fs::write(&path, text).expect("the file is written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{name} differs. If the new text is right: RAFTARIUM_GOLDEN=rewrite cargo test --test spec \
         exports"
    );
}
