//! Every reason is true, and every kind of reason occurs.
//!
//! In debug builds the core judges each reason that it gives (`raft/reason/truth`) and panics at
//! the first that is false. These tests give it occasions: all golden scripts, all scenarios, and
//! random schedules in which settings change, rules are switched off and on, and messages are
//! forged. Wrong reasons are refused (`wrong`).

mod coverage;
mod mutations;
mod occasions;
mod schedules;
mod wrong;

use std::fs;
use std::path::Path;
use std::thread;

use raftarium::script::{Run, parse};
use raftarium::sim::Recorder;

use coverage::Coverage;

/// How many random schedules run.
const SCHEDULES: u64 = 5000;
const THREADS: u64 = 2;

#[test]
fn every_reason_is_true() {
    let threads: Vec<_> = (0..THREADS).map(|thread| thread::spawn(move || part(thread))).collect();
    let mut coverage = Coverage::default();
    for thread in threads {
        coverage.add(thread.join().expect("every reason is true"));
    }
    occasions::direct().iter().for_each(|why| coverage.note_one(why));
    println!("{coverage}");
    let missing = coverage.missing();
    assert!(missing.is_empty(), "no script and no schedule gives these reasons: {missing:#?}");
}

/// What one of the threads runs.
fn part(thread: u64) -> Coverage {
    let mut coverage = Coverage::default();
    let occasions = occasions::SCRIPTS.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let texts = crate::scripts::all().into_iter().chain(scenarios()).chain(occasions);
    for (name, text) in texts.skip(thread as usize).step_by(THREADS as usize) {
        let mut recorder = Recorder::on();
        let script = parse(&text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        let report = Run::new(script, &mut recorder).finish(&mut recorder);
        assert!(report.ok, "{name}: {:?}", report.failures);
        coverage.note(&recorder);
    }
    for seed in (thread..SCHEDULES).step_by(THREADS as usize) {
        schedules::run(seed, &mut coverage);
    }
    coverage
}

fn scenarios() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of scenarios can be read") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_some_and(|extension| extension == "raft") {
            let text = fs::read_to_string(&path).expect("a scenario");
            found.push((path.display().to_string(), text));
        }
    }
    found
}
