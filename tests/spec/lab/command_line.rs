//! `raftarium lab`.

use std::sync::atomic::{AtomicU32, Ordering};

use raftarium::lab::experiment::{
    Against, Design, Experiment, ResultTable, SplitVoteCase, TrialTally, run_on_threads,
};
use raftarium::sim::{MS, Span};
use serde_json::Value;

use crate::command_line::{Folder, err, out};

/// Runs it in a folder of its own: other tests write theirs at the same time.
fn run(arguments: &[&str]) -> (i32, String, String) {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let folder = Folder::new(&format!("lab-{}", RUNS.fetch_add(1, Ordering::Relaxed)));
    folder.write("crash.raft", "wait leader\nrun 200ms\ncrash leader\nwait leader\n");
    folder.write("wrong.raft", "servers 3\ncrash s9\n");
    folder.write("endless.raft", "crash all\nwait leader within 1s\n");
    folder.write("without.raft", "run 1s\n");
    let output = folder.run(&[&["lab"], arguments].concat());
    let status = output.status.code().expect("it exits");
    (status, out(&output).to_owned(), err(&output).to_owned())
}

#[test]
fn elections_print_a_row_per_range() {
    let ranges = ["--timeout", "150ms..155ms", "--timeout", "12ms..24ms"];
    let (status, csv, error) = run(&[&["elections", "--trials", "20"], &ranges[..]].concat());
    assert_eq!((status, &*error), (0, ""));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "timeout,trials,min,p10,p25,p50,p75,p90,p99,max,mean");
    assert!(lines[1].starts_with("150ms..155ms,20,"), "{csv}");
    assert!(lines[2].starts_with("12ms..24ms,20,"), "{csv}");
    assert_eq!(lines.len(), 3);
    let (_, again, _) = run(&[&["figure-16", "--trials", "20"], &ranges[..]].concat());
    assert_eq!(csv, again, "the alias, and the same seed");
    let seed = ["elections", "--trials", "20", "--seed", "2"];
    let (_, other, _) = run(&[&seed, &ranges[..]].concat());
    assert_ne!(csv, other);
}

#[test]
fn all_ten_ranges_run_by_default() {
    let (status, json, _) = run(&["elections", "--trials", "10", "--format", "json"]);
    assert_eq!(status, 0);
    let rows: Vec<Value> = serde_json::from_str(&json).expect("an array");
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[0]["timeout"], "150ms..150ms");
    assert_eq!(rows[0]["trials"], 10, "a tenth, but at least 100 or all of them");
    let keys: Vec<&String> = rows[1].as_object().expect("an object").keys().collect();
    let mut expected =
        ["timeout", "trials", "min", "p10", "p25", "p50", "p75", "p90", "p99", "max", "mean"];
    // Without its feature for order, the reader sorts them.
    expected.sort_unstable();
    assert_eq!(keys, expected);
    let median = rows[9]["p50"].as_f64().expect("a number");
    assert!((15.0..100.0).contains(&median), "{median}");
}

#[test]
fn plots_are_pictures_with_the_published_curves() {
    let (status, svg, _) = run(&["elections", "--trials", "10", "--format", "svg"]);
    assert_eq!(status, 0);
    assert!(svg.starts_with("<svg xmlns="), "{svg}");
    assert!(svg.contains("<title>Time without a leader</title>"));
    assert!(svg.contains("150ms..155ms, published"));
    for experiment in ["wide-area", "split-votes", "availability"] {
        let (status, svg, error) = run(&[experiment, "--trials", "2", "--format", "svg"]);
        assert_eq!((status, &*error), (0, ""), "{experiment}");
        assert!(svg.ends_with("</svg>\n"), "{experiment}");
    }
}

#[test]
fn split_votes_stand_beside_the_closed_form() {
    let arguments = ["split-votes", "--trials", "200", "--servers", "3,5", "--down", "0,2"];
    let (status, csv, error) = run(&[&arguments[..], &["--latency", "0.1"]].concat());
    assert_eq!((status, &*error), (0, ""));
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0][4..6], ["split", "closed-form"]);
    // Three servers cannot spare two.
    let cases: Vec<&[&str]> = rows[1..].iter().map(|row| &row[..2]).collect();
    assert_eq!(cases, [["3", "0"], ["5", "0"], ["5", "2"]]);
    assert_eq!(rows[2][5], "0.00856");
}

#[test]
fn a_script_of_ones_own_is_measured_in_variants() {
    let variants = ["--vary", "pre-vote off", "--vary", "pre-vote on; latency 1ms..2ms"];
    let measures = ["--measure", "last-wait", "--measure", "terms", "--trials", "5"];
    let (status, csv, error) = run(&[&["run", "crash.raft"], &variants[..], &measures].concat());
    assert_eq!((status, &*error), (0, ""));
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("setting,quantity,trials,failed,values,min"), "{csv}");
    assert!(lines[1].starts_with("pre-vote off,last-wait,5,0,5,"), "{csv}");
    assert!(lines[4].starts_with("pre-vote on; latency 1ms..2ms,terms,5,0,5,"), "{csv}");
}

#[test]
fn trials_that_fail_are_reported() {
    let (status, csv, error) = run(&["run", "endless.raft", "--trials", "3"]);
    assert_eq!(status, 1);
    assert!(csv.contains("as written,last-wait,3,3,0,"), "{csv}");
    assert!(error.starts_with("as written: 3 of 3 trials failed, the first: line 2:"), "{error}");
}

#[test]
fn the_command_of_an_experiment_prints_its_figures() {
    let cases = [(5, 1), (3, 0), (3, 1), (5, 0)].map(|(servers, down)| {
        SplitVoteCase::new(servers, down, 100_000).expect("a majority is up")
    });
    let ranges = vec![Span::new(12 * MS, 24 * MS), Span::new(25 * MS, 50 * MS)];
    for design in [
        Design::Elections(ranges),
        Design::WideArea,
        Design::SplitVotes(cases.to_vec()),
        Design::Availability(Against::Servers),
    ] {
        let experiment = Experiment { design, trials: 3, seed: 5 };
        let command = experiment.command();
        let words: Vec<&str> = command.split(' ').collect();
        assert_eq!(words[..2], ["raftarium", "lab"]);
        let (status, csv, error) = run(&words[2..]);
        assert_eq!((status, &*error), (0, ""), "{command}");
        let series = experiment.series().expect("it fits");
        let results = run_on_threads(experiment, &series, 1, &TrialTally::default());
        let expected = ResultTable::new(&results).csv();
        let sorted = |csv: &str| {
            let mut lines: Vec<String> = csv.lines().map(str::to_owned).collect();
            lines[1..].sort();
            lines
        };
        assert_eq!(sorted(&csv), sorted(&expected), "{command}");
    }
}

#[test]
fn a_range_that_elects_nobody_says_why() {
    let range = ["elections", "--timeout", "1ms..2ms", "--trials", "3"];
    let (status, csv, error) = run(&range);
    assert_eq!(status, 1);
    assert!(csv.contains("1ms..2ms,3,,"), "{csv}");
    assert!(error.contains("no leader is elected that could crash; a round trip takes"), "{error}");
}

#[test]
fn a_range_without_spread_has_as_many_trials_as_asked_for_up_to_a_hundred() {
    let trials = |trials: &str| {
        let (_, csv, _) = run(&["elections", "--timeout", "12ms..12ms", "--trials", trials]);
        csv.lines().nth(1).and_then(|row| row.split(',').nth(1)?.parse::<u32>().ok())
    };
    assert_eq!(trials("3"), Some(3));
    assert_eq!(trials("1000"), Some(100));
}

#[test]
fn wrong_options_are_refused_with_a_remedy() {
    let refused = |arguments: &[&str], text: &str| {
        let (status, printed, error) = run(arguments);
        assert_eq!((status, &*printed), (2, ""), "{arguments:?}: {error}");
        assert!(error.contains(text), "{arguments:?}: {error}");
    };
    refused(&["elections", "--timeout", "150..155"], "did you mean `150ms..155ms`?");
    refused(&["elections", "--timeout", "never"], "such as `150ms..155ms`");
    refused(&["elections", "--timeout", "155ms..150ms"], "did you mean `150ms..155ms`?");
    refused(&["elections", "--timeout", "0ms..0ms"], "such as `150ms..155ms`");
    refused(&["elections", "--trials", "0"], "0 is not in 1..");
    refused(&["elections", "--jobs", "0"], "--jobs");
    refused(&["split-votes", "--servers", "12"], "expected 2 to 9 servers, found 12");
    refused(&["split-votes", "--servers", "4", "--down", "2"], "at most 1");
    refused(&["split-votes", "--latency", "1.5"], "from 0 to below 1, found 1.5");
    refused(&["availability", "--against", "mood"], "possible values: loss, latency, servers");
    refused(&["run", "missing.raft"], "missing.raft: cannot be read");
    refused(&["run", "wrong.raft"], "wrong.raft:2:");
    refused(&["run", "without.raft"], "add one, or choose another quantity");
    refused(&["run", "crash.raft", "--vary", "loss much"], "`loss much`: expected");
    refused(&["run", "crash.raft", "--measure", "mood"], "last-wait");
}
