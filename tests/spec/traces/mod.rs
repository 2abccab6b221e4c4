//! Traces: their format, the checks over them, and the stories that they tell.

mod checks;
mod damaged;
mod schema;
mod stories;

use std::fs;
use std::path::{Path, PathBuf};

use raftarium::check::{Property, TraceHeader, TraceLine};
use raftarium::cli::{Broken, Problem, TraceReader};
use raftarium::raft::Rule;
use raftarium::script::{Run, parse, trace_line};
use raftarium::sim::{Event, EventId, Recorder};

use crate::scripts;

/// A script that was run to its end.
struct Recorded {
    events: Vec<Event>,
    /// The violations that the simulator's own checks found, the first of each property.
    violations: Vec<(Property, EventId)>,
}

fn run(script: &str, seed: Option<u64>) -> Recorded {
    let script = parse(script).unwrap_or_else(|errors| panic!("{}\n{script}", errors[0]));
    let mut recorder = Recorder::detailed();
    let mut run = Run::with_seed(script, seed, &mut recorder);
    let mut events: Vec<Event> = Vec::new();
    loop {
        let newest = events.last().map_or(0, |event| event.id);
        let journal = recorder.journal().events();
        events.extend(journal.filter(|event| event.id > newest).cloned());
        if run.finished() {
            break;
        }
        run.step(&mut recorder);
    }
    assert!((1..).zip(&events).all(|(id, event)| event.id == id), "an event is missing");
    let found = run.cluster().violations().iter();
    Recorded { events, violations: found.map(|found| (found.property, found.event)).collect() }
}

impl Recorded {
    fn first_violation(&self) -> Option<(Property, EventId)> {
        self.violations.first().copied()
    }

    fn lines(&self) -> Vec<TraceLine> {
        self.events.iter().map(|event| trace_line(event, None)).collect()
    }

    /// As `--trace` writes it.
    fn trace(&self) -> String {
        trace_of(&self.lines())
    }
}

fn trace_of(lines: &[TraceLine]) -> String {
    let header = serde_json::to_string(&TraceHeader::default()).expect("JSON");
    let lines = lines.iter().map(|line| serde_json::to_string(line).expect("JSON"));
    [header].into_iter().chain(lines).fold(String::new(), |text, line| text + &line + "\n")
}

fn check(trace: &str) -> Result<Option<Broken>, Problem> {
    TraceReader::default().read(trace.as_bytes())
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The scenarios with their paths below the root of the repository.
fn scenarios() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["scenarios/broken", "scenarios/membership-2015"] {
        for entry in fs::read_dir(root(folder)).expect("a folder of scenarios") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.push((format!("{folder}/{name}"), fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    assert!(found.len() >= Rule::ALL.len() + 3, "only {} scenarios were found", found.len());
    found
}

/// All scenarios and golden scripts.
fn scripts_of_all_kinds() -> Vec<(String, String)> {
    scenarios().into_iter().chain(scripts::all()).collect()
}

/// A cluster with every kind of fault; each seed gives another run.
fn chaos(off: &str) -> String {
    format!(
        "servers 5\njoining s5\nclients 3\nlatency 1ms..20ms\nloss 3%\nduplicate 5%\n\
         disk 0ms..9ms\nsnapshot-every 6\nmax-entries 3\nreads lease\n\
         pre-vote on\ncheck-quorum on\n{off}\n\
         every 700ms crash leader\nevery 350ms restart all\nevery 900ms pause leader for 220ms\n\
         every 1100ms isolate leader\nevery 1300ms heal\nevery 800ms timeout s2,s3\n\
         every 1500ms add s5\nevery 2100ms remove s5\nevery 1700ms cut s1 -> s2,s3\n\
         every 1900ms transfer s4\nload 60/s keys 2 writes 60%\nrun 6s\nload off\nheal\nrun 2s\n"
    )
}
