//! `raftarium fuzz`: it finds harm, shrinks it, and its scripts replay it.

use std::collections::BTreeSet;
use std::fs;

use raftarium::lab::{Schedule, Search, Tally, record};
use raftarium::raft::Rule;
use raftarium::script::{Run, Script, parse};
use raftarium::sim::Recorder;

use super::command_line::{Folder, err, out};

/// The longest script that may be left, with comments. (Figure 8 of the paper takes the most.)
const LINES_MAX: usize = 30;
/// At most one in this many actions may be left.
const SHRUNK_TO: usize = 3;

/// The range of seeds that must do: a bound by count, since time depends on the machine.
const SEEDS: &str = "1..2000";

/// Fuzzes with a rule off, and checks the script that comes out. `expected` is its last line.
fn finds(rule: Rule, expected: &str) {
    let folder = Folder::new(&format!("fuzz-{rule}"));
    let output =
        folder.run(&["fuzz", "--rule", rule.name(), "--seeds", SEEDS, "--out", "found.raft"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains(" schedules/s, "), "{}", out(&output));
    assert!(out(&output).trim_end().ends_with(" events/s"), "{}", out(&output));

    let text = fs::read_to_string(folder.0.join("found.raft")).expect("a script");
    let off = format!("rule {rule} off\n");
    assert!(text.starts_with("# ") && text.contains(&off), "{text}");
    assert!(text.lines().last().is_some_and(|last| last.starts_with(expected)), "{text}");
    assert!(text.lines().count() <= LINES_MAX, "{text}");
    let left = text.lines().filter(|line| line.starts_with("at ")).count();
    let numbers: Vec<usize> =
        err(&output).split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let &[_seed, reported, before, _runs] = numbers.as_slice() else { panic!("{}", err(&output)) };
    assert_eq!(left, reported, "{text}");
    assert!(left * SHRUNK_TO <= before, "{left} of {before} actions are left:\n{text}");

    let replay = folder.run(&["run", "found.raft"]);
    assert_eq!(replay.status.code(), Some(0), "{}\n{text}", err(&replay));
    let kept = read(&text.replace(&off, ""));
    let mut runner = Run::new(kept, &mut Recorder::off());
    let report = runner.finish(&mut Recorder::off());
    assert!(runner.cluster().violations().is_empty(), "the rule was not needed:\n{text}");
    assert!(!report.ok, "the rule was not needed:\n{text}");
}

/// A test for each of the 14 rules, with the last line of its script.
macro_rules! finds {
    ($($test:ident: $rule:ident, $expected:literal;)*) => {
        $(
            #[test]
            fn $test() {
                finds(Rule::$rule, $expected);
            }
        )*

        #[test]
        fn every_rule_has_its_search() {
            assert_eq!([$(Rule::$rule),*].into_iter().collect::<BTreeSet<_>>(),
                Rule::ALL.into_iter().collect());
        }
    };
}

finds! {
    finds_two_leaders_if_votes_are_forgotten: PersistVote, "expect violated election-safety";
    finds_a_lost_entry_if_none_reaches_the_disk: PersistLog, "expect violated ";
    finds_two_leaders_if_servers_vote_twice: OneVote, "expect violated election-safety";
    finds_split_brain_without_majorities: Majority, "expect violated ";
    finds_a_leader_without_all_entries: UpToDate, "expect violated ";
    finds_leaders_that_never_step_down: StepDown, "expect ";
    finds_logs_that_diverge: PrevLogCheck, "expect violated ";
    finds_a_late_message_that_removes_entries: ConflictOnly, "expect violated ";
    finds_figure_8: CommitOwnTerm, "expect violated ";
    finds_votes_that_split_for_ever: RandomTimeout, "expect leaders = none";
    finds_reads_that_wait_for_ever: LeaderNoop, "expect not answered";
    finds_the_bug_of_2015: ConfigAfterCommit, "expect violated ";
    finds_a_command_that_is_applied_twice: Dedupe, "expect violated linearizability";
    finds_a_stale_read: ReadQuorum, "expect violated linearizability";
}

fn read(text: &str) -> Script {
    parse(text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

#[test]
fn finds_nothing_while_all_rules_are_on() {
    let folder = Folder::new("fuzz-nothing");
    let output = folder.run(&["fuzz", "--seeds", "1..200"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).starts_with("200 schedules with "), "{}", out(&output));
    assert!(out(&output).ends_with("no harm found in seeds 1..200\n"), "{}", out(&output));
    assert_eq!(err(&output), "");
}

#[test]
fn writes_the_same_script_to_standard_output_and_to_a_file() {
    let folder = Folder::new("fuzz-output");
    let piped = folder.run(&["fuzz", "--rule", "prev-log-check"]);
    assert_eq!(piped.status.code(), Some(1));
    assert!(err(&piped).contains(" schedules/s, "), "{}", err(&piped));
    folder.run(&["fuzz", "--rule", "prev-log-check", "--out", "found.raft"]);
    let written = fs::read_to_string(folder.0.join("found.raft")).expect("a script");
    assert_eq!(out(&piped), written);
    assert_eq!(read(&written).to_string(), written, "it is printed as the language prints");
}

#[test]
fn the_head_of_a_file_is_the_cluster_of_every_schedule() {
    let folder = Folder::new("fuzz-file");
    let head = "servers 4\nlatency 2ms..9ms\nmax-entries 3\nrule majority off\n";
    folder.write("cluster.raft", &format!("title \"Halves\"\n{head}seed 77\nrun 1s\ncrash s1\n"));
    let output = folder.run(&["fuzz", "cluster.raft", "--rule", "dedupe"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).starts_with("cluster.raft:7: only the head "), "{}", err(&output));
    let found = read(out(&output)).setup().settings;
    let mut wanted = read(&format!("{head}rule dedupe off\n")).setup().settings;
    wanted.seed = found.seed;
    assert_eq!(found, wanted);

    let output = folder.run_with(&["fuzz", "-", "--seeds", "1..20"], "servers 1\nclients 0\n");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // A network without latency must not stop the search from ending.
    folder.write("instant.raft", "servers 2\nlatency 0ms\nheartbeat 1us\n");
    let output = folder.run(&["fuzz", "instant.raft", "--seeds", "5"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).starts_with("1 schedules (1 abandoned "), "{}", out(&output));
}

#[test]
fn invalid_options_exit_with_2_and_suggest_a_correction() {
    let folder = Folder::new("fuzz-options");
    folder.write("wrong.raft", "servers 3\ncrsh s1\n");
    for (arguments, said) in [
        (&["fuzz", "--rule", "majorty"][..], "'majority'"),
        (&["fuzz", "--seeds", "9..1"], "the lower seed first, as in `1..9`"),
        (&["fuzz", "--seeds", "many"], "seeds such as `1..500`, found `many`"),
        (&["fuzz", "nowhere.raft"], "nowhere.raft: cannot be read"),
        (&["fuzz", "wrong.raft"], "wrong.raft:2:1: expected a statement, found `crsh`"),
        (&["fuzz", "--rule", "majority", "--out", "no/such/folder/a.raft"], "cannot be written"),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
    let help = folder.run(&["fuzz", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(out(&help).contains("Examples:") && out(&help).contains("commit-own-term"));
}

#[test]
fn the_lowest_seed_wins_on_any_number_of_threads() {
    let search = Search { seeds: 20..=10_000, cluster: None, off: vec![Rule::PersistVote] };
    let found = [1, 2, 7].map(|threads| search.run(threads, &Tally::default()));
    let lowest = found[0].expect("a violation");
    assert_eq!(found, [Some(lowest); 3]);
    let before = Search { seeds: 20..=lowest - 1, ..search };
    let tally = Tally::default();
    assert_eq!(before.run(3, &tally), None);
    assert_eq!(tally.schedules(), lowest - 20);
}

#[test]
fn every_violation_can_be_recorded_with_at_and_with_run() {
    let mut recorded = 0;
    for rule in [Rule::Majority, Rule::UpToDate, Rule::PersistLog, Rule::Dedupe] {
        for seed in 1..=40 {
            let schedule = Schedule::new(seed, &[rule]);
            let Some(first) = schedule.run().harm else { continue };
            let (mut recording, harm) = record(&schedule).expect("a script that replays it");
            assert_eq!(harm, first, "seed {seed} without {rule}");
            assert!(recording.acts.iter().all(|(time_us, _)| *time_us <= first.time_us));
            recorded += 1;
            for in_steps in [false, true] {
                recording.in_steps = in_steps;
                let text = recording.script(&[]).to_string();
                let mut runner = Run::new(read(&text), &mut Recorder::off());
                let report = runner.finish(&mut Recorder::off());
                assert!(report.ok, "seed {seed} without {rule}: {:?}\n{text}", report.failures);
                assert_eq!(runner.cluster().violations()[0].time_us, first.time_us);
            }
        }
    }
    assert!(recorded > 80, "only {recorded} violations were found");
}
