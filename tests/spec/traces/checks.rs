//! `raftarium check` finds what the simulator's own checks find, and nothing else.

use raftarium::lab::{Schedule, record};

use super::*;
use crate::command_line::{Folder, err, out};

/// Checks a trace, and compares the verdict with the simulator's. Returns the broken property.
fn agrees(name: &str, script: &str, seed: Option<u64>) -> Option<Property> {
    let recorded = run(script, seed);
    let found = check(&recorded.trace()).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
    let found = found.map(|broken| (broken.property, broken.event));
    let expected =
        recorded.first_violation().map(|(property, event)| (property.name(), Some(event)));
    assert_eq!(found, expected, "{name}, seed {seed:?}");
    recorded.first_violation().map(|(property, _)| property)
}

#[test]
fn the_first_broken_property_and_its_event_are_those_of_the_simulator() {
    let scripts = scripts_of_all_kinds();
    let broken: Vec<Property> =
        scripts.iter().filter_map(|(name, script)| agrees(name, script, None)).collect();
    assert!(broken.len() >= 14, "only {} scripts break a property", broken.len());
}

#[test]
fn chaos_is_judged_alike_with_and_without_rules() {
    let mut broken = Vec::new();
    for off in
        ["", "majority", "persist-log", "up-to-date", "prev-log-check", "conflict-only", "dedupe"]
    {
        for seed in 1..=4 {
            let rule = if off.is_empty() { String::new() } else { format!("rule {off} off") };
            let found = agrees(off, &chaos(&rule), Some(seed));
            assert!(!off.is_empty() || found.is_none(), "seed {seed}: {found:?}");
            broken.extend(found);
        }
    }
    assert!(!broken.is_empty());
}

#[test]
fn recorded_schedules_are_judged_alike() {
    let rules = [
        Rule::PersistVote,
        Rule::OneVote,
        Rule::Majority,
        Rule::UpToDate,
        Rule::PrevLogCheck,
        Rule::ConflictOnly,
        Rule::PersistLog,
        Rule::Dedupe,
        Rule::ReadQuorum,
    ];
    let mut broken = Vec::new();
    for rule in rules {
        let found = (1..=200).filter_map(|seed| record(&Schedule::new(seed, &[rule])));
        for (recording, _) in found.take(3) {
            let script = recording.script(&[]).to_string();
            broken.extend(agrees(rule.name(), &script, None));
        }
    }
    assert!(broken.len() >= 15, "only {}", broken.len());
    broken.sort();
    broken.dedup();
    assert!(broken.len() >= 4, "only {broken:?}");
}

const HEADER: &str = r#"{"trace":"raft","version":1}"#;

/// What another implementation needs to write at least.
const MINIMAL: &str = r#"{"trace":"raft","version":1}
{"changes":[{"server":"n1","role":"leader","term":1}]}
{"changes":[{"server":"n1","appended":[{"index":1,"term":1,"command":"a"}]}]}
{"changes":[{"server":"n2","term":1,"appended":[{"index":1,"term":1,"command":"a"}]}]}
{"changes":[{"server":"n1","commit":1,"applied":1}]}
{"changes":[{"server":"n2","commit":1,"applied":1}]}
"#;

#[test]
fn a_minimal_trace_of_another_program_is_checked() {
    assert_eq!(check(MINIMAL), Ok(None));
    for (line, property, named) in [
        (
            r#"{"changes":[{"server":"n2","role":"leader"}]}"#,
            "election-safety",
            "n1 and n2 have both been elected in term 1",
        ),
        (
            r#"{"changes":[{"server":"n1","truncated":1}]}"#,
            "leader-append-only",
            "n1, the leader of term 1, changed entry 1 of its log, which went up to 1",
        ),
        (
            r#"{"changes":[{"server":"n3","appended":[{"index":1,"term":1,"command":"b"}]}]}"#,
            "log-matching",
            "n3 and n1, n2 hold an entry of index 1, term 1, but with different commands",
        ),
        (
            r#"{"changes":[{"server":"n3","role":"leader","term":2}]}"#,
            "leader-completeness",
            "entry 1 of term 1 was committed in term 1, but the log of n3, the leader of term 2, \
             ends at 0",
        ),
        (
            r#"{"changes":[{"server":"n3","applied":1,"appended":[
                {"index":1,"term":2,"command":"b"}]}]}"#,
            "state-machine-safety",
            "n3 applied an entry of term 2 at index 1, where another entry, of term 1, had been \
             applied",
        ),
    ] {
        let line: String = line.split_whitespace().collect();
        let broken = check(&format!("{MINIMAL}{line}\n")).expect("valid").expect("broken");
        assert_eq!((broken.property, broken.line), (property, 7), "{line}");
        assert_eq!(broken.text, named);
    }
}

#[test]
fn operations_are_checked_without_any_server() {
    let set =
        r#"{"invoked":[{"client":"c1","serial":1,"op":{"kind":"set","key":"x","value":"1"}}]}"#;
    let done = r#"{"answered":[{"client":"c1","serial":1,"answer":"ok"}]}"#;
    let get = r#"{"invoked":[{"client":"c2","serial":1,"op":{"kind":"get","key":"x"}}]}"#;
    let one = r#"{"answered":[{"client":"c2","serial":1,"answer":"value","value":"1"}]}"#;
    let none = r#"{"answered":[{"client":"c2","serial":1,"answer":"none"}]}"#;
    let judge = |lines: &[&str]| check(&format!("{HEADER}\n{}\n", lines.join("\n")));
    assert_eq!(judge(&[set, done, get, one]), Ok(None));
    assert_eq!(judge(&[set, get, none, done]), Ok(None), "both were in flight");
    let broken = judge(&[set, done, get, none]).expect("valid").expect("broken");
    assert_eq!((broken.property, broken.line), ("linearizability", 5));
    let problem = judge(&[set, done, done]).unwrap_err();
    assert_eq!((problem.line, &*problem.text), (4, "c1 has no open operation 1"));
    let problem = judge(&[set, set]).unwrap_err();
    assert_eq!(problem.text, "c1 has already invoked operation 1, not 1");
}

/// A script whose trace has everything that the next test edits.
const STORY: &str = "servers 3\nlatency 1ms\nelection-timeout never\nheartbeat 50ms\ntimeout s1\n\
                     settle\nset x 1\nsettle\nrun 60ms\ncrash s1\ntimeout s2\nsettle\n";

fn changes(lines: &mut [TraceLine]) -> impl Iterator<Item = &mut raftarium::check::TraceChange> {
    lines.iter_mut().flat_map(|line| &mut line.changes)
}

/// Removes what repeats the state before an event, so that only the checks are left to object.
fn without_was(mut lines: Vec<TraceLine>) -> Vec<TraceLine> {
    changes(&mut lines).for_each(|change| change.was = None);
    lines
}

fn judge(lines: &[TraceLine]) -> Result<Option<&'static str>, String> {
    let found = check(&trace_of(lines)).map_err(|problem| problem.text)?;
    Ok(found.map(|broken| broken.property))
}

#[test]
fn an_edited_trace_is_caught() {
    let lines = run(STORY, None).lines();
    assert_eq!(judge(&lines), Ok(None));
    assert_eq!(judge(&without_was(lines.clone())), Ok(None));

    // Another leader of the same term.
    let mut edited = lines.clone();
    let second = changes(&mut edited)
        .find(|change| change.server == "s2" && change.role.is_some_and(is_leader))
        .expect("S2 leads");
    second.term = Some(1);
    assert_eq!(judge(&edited), Ok(Some("election-safety")));
    let mut edited = lines.clone();
    let first = changes(&mut edited).find(|change| change.role.is_some_and(is_leader));
    first.expect("S1 leads").server = "s3".to_owned();
    assert_eq!(judge(&edited).unwrap_err(), "s3: `was.role` is not the role that it had");

    // A commit that did not happen.
    let mut edited = lines.clone();
    let commit = changes(&mut edited).find(|change| change.commit == Some(1)).expect("a commit");
    (commit.commit, commit.applied) = (None, None);
    if let Some(was) = &mut commit.was {
        (was.commit, was.applied) = (None, None);
    }
    assert_eq!(judge(&edited).unwrap_err(), "s1: `was.commit` is 1, but it was 0");

    // Terms of entries that were swapped.
    let mut edited = lines.clone();
    for change in changes(&mut edited).filter(|change| change.server == "s3") {
        change.appended.iter_mut().for_each(|entry| entry.term = 3 - entry.term.min(2));
    }
    assert_eq!(judge(&edited), Ok(Some("state-machine-safety")));

    // Another command.
    let mut edited = lines.clone();
    let entry = changes(&mut edited)
        .filter(|change| change.server == "s2")
        .flat_map(|change| &mut change.appended)
        .find(|entry| entry.index == 2)
        .expect("entry 2");
    entry.command = raftarium::check::TraceCommand::Text("another".to_owned());
    assert_eq!(judge(&edited), Ok(Some("log-matching")));

    // Another answer.
    let mut edited = run(&format!("{STORY}get x via s2\nsettle\n"), None).lines();
    let answers = edited.iter_mut().flat_map(|line| &mut line.answered);
    let read = answers.filter(|answer| answer.value.is_some()).last().expect("a read");
    read.value = Some("2".to_owned());
    assert_eq!(judge(&edited), Ok(Some("linearizability")));
}

fn is_leader(role: raftarium::check::TraceRole) -> bool {
    role == raftarium::check::TraceRole::Leader
}

#[test]
fn the_command_reports_the_line_and_exits_with_1() {
    let folder = Folder::new("check");
    let broken = fs::read_to_string(root("scenarios/broken/one-vote.raft")).expect("a scenario");
    folder.write("broken.raft", &broken);
    folder.write("safe.raft", STORY);
    for name in ["broken", "safe"] {
        let trace = format!("{name}.jsonl");
        let output = folder.run(&["run", &format!("{name}.raft"), "--trace", &trace]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }
    let trace = fs::read_to_string(folder.0.join("broken.jsonl")).expect("a trace");
    assert!(trace.contains(r#""rule":"one-vote","off":true,"section":"section 5.2""#), "{trace}");
    let output = folder.run(&["check", "safe.jsonl"]);
    assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
    assert!(out(&output).starts_with("safe.jsonl: ok, "), "{}", out(&output));
    assert!(out(&output).ends_with(" events, all properties hold\n"), "{}", out(&output));

    let output = folder.run(&["check", "broken.jsonl", "safe.jsonl", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let reports: Vec<serde_json::Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&reports[0]["ok"], &reports[1]["ok"]), (&false.into(), &true.into()));
    assert_eq!(reports[0]["broken"]["property"], "election-safety");
    let line = reports[0]["broken"]["line"].as_u64().expect("a line");
    assert_eq!(reports[0]["broken"]["event"].as_u64(), Some(line - 1));
    assert_eq!(
        err(&output),
        format!(
            "broken.jsonl:{line}: election-safety is broken: S1 and S2 have both been elected in \
             term 1\n"
        )
    );
    assert_eq!(reports[1]["hold"].as_array().map(Vec::len), Some(6));

    let trace = fs::read_to_string(folder.0.join("safe.jsonl")).expect("a trace");
    let output = folder.run_with(&["check", "-"], &trace);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let output = folder.run_with(&["check", "-"], MINIMAL);
    assert_eq!(
        out(&output),
        "-: ok, 5 events, election-safety, leader-append-only, log-matching, leader-completeness, \
         state-machine-safety hold; not judged: linearizability\n"
    );
}

#[test]
fn what_is_not_valid_exits_with_2_and_names_the_line() {
    let folder = Folder::new("check-invalid");
    let lines = |lines: &str| format!("{HEADER}\n{lines}\n");
    for (trace, said) in [
        (String::new(), "-:1: expected the first line of a trace"),
        ("servers 3\n".to_owned(), "-:1:1: expected value"),
        (
            r#"{"trace":"zab","version":1}"#.to_owned(),
            "-:1: expected \"trace\":\"raft\", found \"zab\"",
        ),
        (
            r#"{"trace":"raft","version":2}"#.to_owned(),
            "-:1: this trace has version 2; this program reads version 1",
        ),
        (lines(r#"{"id":1"#), "-:2:7: EOF while parsing an object"),
        (lines("[]"), "-:2: expected an object, found an array"),
        (lines(r#"{"changes":[["a"]]}"#), "-:2: expected an object in `changes`, found an array"),
        (lines(r#"{"idd":1}"#), "-:2:6: unknown field `idd`, expected one of `file`"),
        (lines("{\"id\":2}\n{\"id\":2}"), "-:3: `id` is 2, but the line before has 2"),
        (lines("{\"time\":2}\n\n{\"time\":1}"), "-:4: `time` is 1, but the line before has 2"),
        (
            lines(
                r#"{"changes":[{"server":"a","appended":[{"index":2,"term":1,"command":"x"}]}]}"#,
            ),
            "-:2: a: `appended` begins at 2, but the log ends at 0",
        ),
        (lines(r#"{"changes":[{"server":"a"},{"server":"a"}]}"#), "-:2: `changes` names a twice"),
        (
            lines(r#"{"changes":[{"server":"a","truncated":1}]}"#),
            "-:2: a: `truncated` is 1, but the log is empty",
        ),
    ] {
        let output = folder.run_with(&["check", "-"], &trace);
        assert_eq!(output.status.code(), Some(2), "{trace}");
        assert!(err(&output).starts_with(said), "{}", err(&output));
        assert_eq!(out(&output), "");
    }
    let output = folder.run(&["check", "nowhere.jsonl", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with("nowhere.jsonl: cannot be read: "), "{}", err(&output));
    let report: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!((&report["ok"], &report["errors"][0]["line"]), (&false.into(), &0.into()));
}
