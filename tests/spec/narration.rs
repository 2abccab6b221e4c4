//! Narration: predictions that the simulation judges, chapters, and goals that are won or lost.

use raftarium::script::{Forbidden, Prediction, Run, Statement, parse, parse_statement};
use raftarium::sim::Recorder;

use crate::command_line::{Folder, out};

/// S1 leads, then S2.
const TWO_LEADERS: &str = "servers 3\nelection-timeout never\nheartbeat never\n";

fn finish(text: &str) -> Run {
    let script = parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let mut run = Run::new(script, &mut Recorder::off());
    run.finish(&mut Recorder::off());
    run
}

/// The failures of a script after the head, as `LINE: TEXT` with lines from 1 after it.
fn failures(rest: &str) -> Vec<String> {
    let run = finish(&format!("{TWO_LEADERS}{rest}"));
    let failures = run.failures().iter();
    failures.map(|failure| format!("{}: {}", failure.line - 3, failure.text)).collect()
}

const ASK: &str = "ask \"Who?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n";

#[test]
fn a_prediction_is_judged_where_the_next_step_stands() {
    for next in ["say \"S1.\"\n", "chapter \"Next\"\n", "ask \"Why?\" \"a\" \"b\" answer 1\n"] {
        let confirmed = format!("{ASK}timeout s1\nsettle\n{next}timeout s2\nsettle\n");
        assert_eq!(failures(&confirmed), [""; 0], "{next}");
        let refuted = format!("{ASK}timeout s2\nsettle\n{next}timeout s1\nsettle\n");
        let expected = [
            "1: expected choice 1, leader s1, but s2 leads in term 1",
            "1: expected only choice 1 to come true, but leader s2, which is choice 2",
        ];
        assert_eq!(failures(&refuted), expected, "{next}");
    }
}

#[test]
fn a_prediction_is_judged_at_the_end_if_nothing_follows() {
    assert_eq!(failures(&format!("{ASK}timeout s1\nsettle\npoint s1\nhint \"S1.\"\n")), [""; 0]);
    let wrong = failures(&format!("{ASK}timeout s2\nsettle\npoint s1\nhint \"S1.\"\n"));
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    // What a person does afterwards does not change the verdict.
    let by_hand = format!("{ASK}timeout s1\nsettle\nby-hand\nat 1s timeout s2\nat 2s stop\n");
    assert_eq!(failures(&by_hand), [""; 0]);
}

#[test]
fn only_the_answer_may_come_true() {
    let both = "ask \"What?\" \"S1 leads\" if leader s1 \"a leader\" if leader answer 2\n";
    let wrong = failures(&format!("{both}timeout s1\nsettle\nsay \"S1.\"\n"));
    assert_eq!(wrong, ["1: expected only choice 2 to come true, but leader s1, which is choice 1"]);
}

#[test]
fn a_script_that_ends_early_judges_nothing() {
    let wrong = failures(&format!("{ASK}wait leader within 1s\nsay \"S1.\"\n"));
    assert!(matches!(&wrong[..], [late] if late.starts_with("2: expected leader")), "{wrong:?}");
}

#[test]
fn judged_predictions_count_as_expectations() {
    let plain = "ask \"Who?\" \"S1\" \"S2\" answer 1\n";
    let run = finish(&format!("{TWO_LEADERS}{plain}{ASK}timeout s1\nsettle\nsay \"S1.\"\n"));
    assert_eq!(run.report().expectations, 1);
    let judged = Prediction { line: 5, came_true: vec![1], confirmed: true };
    assert_eq!(run.predictions(), [judged]);
}

#[test]
fn the_report_in_json_holds_chapters_predictions_and_goals() {
    let folder = Folder::new("narration-json");
    folder.write(
        "a.raft",
        &format!(
            "title \"A\"\nsection \"5.2\"\nlevel easy\n{TWO_LEADERS}{ASK}run 1s\ntimeout s1\n\
             settle\nchapter \"Won\"\nask \"Why?\" \"a\" \"b\" answer 2\n\
             misconception \"Turns. No.\"\ngoal leader s1 \"S1 leads.\"\n\
             goal leader s2 \"S2 leads.\"\n"
        ),
    );
    let output = folder.run(&["run", "a.raft", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
    let run = &report["run"];
    assert_eq!(report["ok"], true, "{report}");
    assert_eq!(run["chapters"][0]["title"], "Won");
    assert!(run["chapters"][0]["time"].as_u64() > Some(1_000_000), "{run}");
    assert_eq!(run["predictions"][0]["confirmed"], true);
    assert_eq!(run["predictions"][0]["choices"][1], "S2");
    assert!(run["predictions"][1]["confirmed"].is_null());
    assert_eq!(run["predictions"][1]["answer"], 2);
    assert_eq!((&run["goals"][0]["won"], &run["goals"][1]["won"]), (&true.into(), &false.into()));
    assert_eq!(run["goals"][1]["condition"], "leader s2");
    assert_eq!(run["won"], false);

    folder.write("b.raft", "goal no leader \"Nobody leads.\"\n");
    let output = folder.run(&["run", "b.raft", "--format", "json"]);
    assert!(out(&output).contains("\"won\":true}"), "{}", out(&output));
    folder.write("c.raft", "say \"Nothing.\"\n");
    let output = folder.run(&["run", "c.raft", "--format", "json"]);
    assert!(!out(&output).contains("won"), "{}", out(&output));
}

/// The breaches of these actions under these terms, as `LINE: TEXT` with lines from 1.
fn breaches(terms: &str, actions: &str) -> Vec<String> {
    let before = format!("servers 3\n{terms}by-hand\n");
    let run = finish(&format!("{before}{actions}"));
    let first = before.lines().count() as u32;
    run.breaches().iter().map(|breach| format!("{}: {breach}", breach.line - first)).collect()
}

#[test]
fn actions_that_a_challenge_forbids_are_breaches() {
    let terms = "allow restart suspend crash\nbudget crash 1\nbudget restart 2\n";
    let actions = "at 1s crash s1\nat 2s restart s1\nat 3s pause s2 for 1s\nat 4s crash s1\n\
                   at 5s heal\nat 6s restart s1\nat 7s restart s1\nat 8s stop\n";
    let expected = [
        "4: `crash` is allowed only once",
        "5: `heal` is not allowed",
        "7: `restart` is allowed only 2 times",
    ];
    assert_eq!(breaches(terms, actions), expected);
    assert_eq!(breaches("", actions), [""; 0]);
    assert_eq!(breaches("budget crash 2\n", actions), [""; 0]);
    assert_eq!(
        breaches("allow crash\n", "at 1s every 1s crash s1\n"),
        ["1: `every` is not allowed"]
    );
}

#[test]
fn a_budget_counts_servers() {
    let spent = |count: u32| format!("budget crash {count}\nbudget cut 1\n");
    let actions = "at 1s crash s1,s2\nat 2s cut s1 <-> s2,s3\nat 3s stop\n";
    assert_eq!(breaches(&spent(2), actions), [""; 0]);
    assert_eq!(breaches(&spent(1), actions), ["1: `crash` is allowed only once"]);
    assert_eq!(breaches(&spent(2), "at 1s crash all\n"), ["1: `crash` is allowed only 2 times"]);
    assert_eq!(breaches(&spent(3), "at 1s crash all\n"), [""; 0]);
    let run = finish("servers 3\nbudget crash 2\nby-hand\nat 1s crash s1\n");
    let refusal = |line| match parse_statement(line, 3, 1) {
        Ok(Some(Statement::Act(act))) => run.permissions().refusal_of(&act),
        other => panic!("{line} is no act: {other:?}"),
    };
    assert_eq!(refusal("crash s2"), None);
    let left = "crash is left for 1 server only".to_owned();
    assert_eq!(refusal("crash s2,s3"), Some(left));
}

#[test]
fn the_next_action_is_judged_after_those_before() {
    let run = finish("servers 3\nallow crash\nbudget crash 1\nby-hand\nat 1s stop\n");
    assert_eq!((run.forbidden("crash"), run.forbidden("stop")), (None, None));
    assert_eq!(run.forbidden("heal"), Some(Forbidden::NotAllowed));
    let run = finish("servers 3\nallow crash\nbudget crash 1\nby-hand\nat 1s crash s1\n");
    assert_eq!(run.forbidden("crash"), Some(Forbidden::Spent(1)));
}

#[test]
fn a_forbidden_action_wins_nothing() {
    let folder = Folder::new("narration-breach");
    let challenge = "servers 3\nallow pause\ngoal crashed s1 \"S1 has crashed.\"\nby-hand\n";
    folder.write("a.raft", &format!("{challenge}at 1s crash s1\n"));
    let output = folder.run(&["run", "a.raft", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!(report["run"]["goals"][0]["won"], true);
    assert_eq!(report["run"]["breaches"][0]["line"], 5);
    assert_eq!(report["run"]["breaches"][0]["text"], "`crash` is not allowed");
    assert_eq!(report["run"]["won"], false);
}

#[test]
fn the_new_words_are_printed() {
    let folder = Folder::new("narration-text");
    folder.write(
        "a.raft",
        "section \"5.2\"\nlevel hard\nservers 1\nchapter \"Votes\"\n\
         ask \"Who?\" \"S1\" if leader s1 \"nobody\" if no leader answer 1\ntimeout s1\nsettle\n\
         misconception \"Turns. No.\"\n",
    );
    let output = folder.run(&["run", "a.raft"]);
    assert_eq!(
        out(&output),
        "Section: 5.2\nLevel: hard\nVotes\n-----\nWho?\n  1. S1 (leader s1)\n  \
         2. nobody (no leader)\n  (answer: 1)\nMisconception: Turns. No.\n\
         a.raft: ok, 1 expectation, time 0ms\n"
    );
}
