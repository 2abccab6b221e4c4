//! The command line: its output and its exit status.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder for the scripts of one test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a script is written");
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raftarium"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that reads nothing may have closed its input.
        let _ = child.stdin.take().expect("an input").write_all(input.as_bytes());
        child.wait_with_output().expect("the program ends")
    }
}

pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("text")
}

pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("text")
}

const HOLDS: &str = "servers 1\ntimeout s1\nsettle\nexpect leader s1\n";

#[test]
fn a_script_that_passes_exits_with_0() {
    let folder = Folder::new("holds");
    folder.write("a.raft", HOLDS);
    let output = folder.run(&["run", "a.raft"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), "a.raft: ok, 1 expectation, time 0ms\n");
    assert_eq!(err(&output), "");
}

#[test]
fn a_failed_expectation_exits_with_1_and_names_its_line() {
    let folder = Folder::new("fails");
    folder.write("a.raft", HOLDS);
    folder
        .write("b.raft", "servers 3\ngiven s2 term 3 log 1 3\nexpect log s2 = 1 2\nexpect safe\n");
    let output = folder.run(&["run", "b.raft", "a.raft"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output), "b.raft:3: expected log s2 = 1 2, but log s2 is 1 3\n");
    assert!(out(&output).ends_with("a.raft: ok, 1 expectation, time 0ms\n"), "all files are run");
}

#[test]
fn a_parse_error_exits_with_2_and_nothing_runs() {
    let folder = Folder::new("wrong");
    folder.write("a.raft", HOLDS);
    folder.write("b.raft", "servers 3\n  crsh s1\nrun 5\n");
    let output = folder.run(&["run", "a.raft", "b.raft"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(out(&output), "");
    assert_eq!(
        err(&output),
        "b.raft:2:3: expected a statement, found `crsh`; did you mean `crash`?\n\
         b.raft:3:5: expected a duration such as `50ms` (the units are us, ms, s and m), \
         found `5`; did you mean `5ms`?\n"
    );
}

#[test]
fn invalid_options_and_missing_files_exit_with_2() {
    let folder = Folder::new("options");
    folder.write("a.raft", HOLDS);
    for arguments in [
        &["run"][..],
        &["run", "nowhere.raft"],
        &["run", "a.raft", "--seed", "many"],
        &["run", "a.raft", "--format", "xml"],
        &["run", "a.raft", "--trace", "no/such/folder/t.jsonl"],
        &["walk", "a.raft"],
        &[],
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
    let help = folder.run(&["run", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(out(&help).contains("Examples:"));
}

#[test]
fn a_script_survives_the_round_trip_through_a_link() {
    let folder = Folder::new("link");
    let text = "servers 3\nwait leader\nby-hand\nat 1.5s crash s1\n";
    folder.write("a.raft", text);
    folder.write("b.raft", "crsh s1\n");
    let output = folder.run(&["link", "a.raft"]);
    assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
    let link = out(&output).trim_end().to_owned();
    assert!(link.starts_with("#1") && link.len() < text.len() * 2, "{link}");
    for link in [link.clone(), link[1..].to_owned(), format!("https://example.org/page/{link}")] {
        let output = folder.run(&["script", &link]);
        assert_eq!((output.status.code(), out(&output)), (Some(0), text), "{link}");
    }
    for (arguments, said) in [
        (["link", "b.raft"], "b.raft:1:1: expected a statement"),
        (["link", "nowhere.raft"], "nowhere.raft: cannot be read"),
        (["script", "2abc"], "version 2"),
        (["script", &link[..link.len() - 1]], "damaged"),
    ] {
        let output = folder.run(&arguments);
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn completions_cover_all_subcommands_and_each_has_examples() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish"] {
        let output = folder.run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for word in ["raftarium", "run", "check", "link", "script", "export", "trace"] {
            assert!(out(&output).contains(word), "{shell}: {word}");
        }
    }
    for subcommand in ["run", "check", "link", "script", "export", "completions"] {
        let output = folder.run(&[subcommand, "--help"]);
        assert!(out(&output).contains("Examples:\n  "), "{subcommand}");
    }
}

#[test]
fn a_dash_reads_standard_input() {
    let folder = Folder::new("input");
    let output = folder.run_with(&["run", "-"], HOLDS);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let output = folder.run_with(&["run", "-"], "expect leader\n");
    assert!(err(&output).starts_with("-:1: expected leader, but "), "{}", err(&output));
}

#[test]
fn the_hash_comes_last_and_depends_on_the_seed() {
    let folder = Folder::new("hash");
    folder.write("a.raft", "wait leader\nrun 1s\n");
    let hash = |arguments: &[&str]| {
        let output = folder.run(&[&["run", "a.raft", "--hash"], arguments].concat());
        out(&output).lines().last().expect("a last line").to_owned()
    };
    let first = hash(&[]);
    let (time, hex) = first.split_once(" hash=").expect("time and hash");
    assert!(time.strip_prefix("time=").is_some_and(|time| time.parse::<u64>().is_ok()), "{first}");
    assert!(hex.len() == 16 && hex.bytes().all(|b| b.is_ascii_hexdigit()), "{first}");
    assert_eq!(first, hash(&[]));
    assert_eq!(first, hash(&["--trace", "t.jsonl"]), "a trace changes nothing");
    assert_eq!(first, hash(&["--seed", "1"]));
    assert_ne!(first, hash(&["--seed", "2"]));
}

#[test]
fn the_trace_has_every_event_with_its_cause_and_reasons() {
    let folder = Folder::new("trace");
    folder.write("a.raft", "servers 3\nlatency 1ms\ntimeout s1\nsettle\nload 500/s\nrun 12s\n");
    let output = folder.run(&["run", "a.raft", "--trace", "t.jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = fs::read_to_string(folder.0.join("t.jsonl")).expect("a trace");
    let mut last = 0;
    let mut reasons = 0;
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(r#"{"trace":"raft","version":1}"#));
    for line in lines {
        let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let id = event["id"].as_u64().expect("a number");
        assert_eq!(id, last + 1, "no event is left out");
        last = id;
        assert!(event["cause"].as_u64().is_none_or(|cause| cause < id), "{line}");
        assert!(event["what"].as_str().is_some_and(|what| !what.is_empty()), "{line}");
        for why in event["why"].as_array().expect("reasons") {
            reasons += 1;
            assert!(why["text"].as_str().is_some_and(|text| !text.is_empty()), "{line}");
        }
    }
    assert!(last > 10_000 && reasons > 1_000, "{last} events, {reasons} reasons");
}

#[test]
fn json_is_one_object_per_line() {
    let folder = Folder::new("json");
    folder.write("a.raft", HOLDS);
    folder.write("b.raft", "title \"B\"\nexpect leader\n");
    let output = folder.run(&["run", "a.raft", "b.raft", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let reports: Vec<serde_json::Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(reports.len(), 2);
    assert_eq!((reports[0]["ok"].as_bool(), reports[1]["ok"].as_bool()), (Some(true), Some(false)));
    assert_eq!(reports[1]["errors"][0]["line"], 2);
    assert_eq!(reports[1]["run"]["narration"][0]["line"], 1);
    assert_eq!(reports[0]["run"]["hash"].as_str().map(str::len), Some(16));

    folder.write("c.raft", "crsh s1\n");
    let output = folder.run(&["run", "c.raft", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let report: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!(
        (report["errors"][0]["line"].as_u64(), report["errors"][0]["column"].as_u64()),
        (Some(1), Some(1))
    );
}

#[test]
fn narration_is_printed_without_waiting() {
    let folder = Folder::new("narration");
    folder.write(
        "a.raft",
        "title \"Votes\"\nservers 1\nsay \"One server\\nis enough.\"\ntimeout s1\nsettle\n\
         ask \"Who leads?\" \"s1\" \"nobody\" answer 1\npoint s1\ngoal leader s1 \"a leader\"\n\
         allow crash restart\nbudget crash 1\nhint \"Look.\"\n",
    );
    let output = folder.run(&["run", "a.raft"]);
    assert_eq!(
        out(&output),
        "Votes\n=====\nOne server\nis enough.\nWho leads?\n  1. s1\n  2. nobody\n  (answer: 1)\n\
         (look at: s1)\nGoal: a leader (leader s1)\nAllowed: crash restart\n\
         Allowed: crash (at most 1)\nHint: Look.\nGoals: 1 of 1 reached, won\n\
         a.raft: ok, 0 expectations, time 0ms\n"
    );
}

#[test]
fn a_violated_property_is_explained_under_its_failure_and_in_json() {
    let folder = Folder::new("explained");
    let script = "servers 3\nelection-timeout never\nlatency 1ms\nheartbeat never\n\
                  rule one-vote off on s3\nrule leader-noop off\n\
                  partition s1,s3 | s2\ntimeout s1\nsettle\n\
                  partition s2,s3 | s1\ntimeout s2\nsettle\n";
    folder.write("a.raft", script);
    let output = folder.run(&["run", "a.raft"]);
    assert_eq!(output.status.code(), Some(1));
    let mut rest = err(&output);
    for part in [
        "a.raft:12: expected no violation, but election-safety was violated at 6ms: ",
        "\n  S1 leads term 1:\n",
        "-> leader of term 1",
        "\n  S2 leads term 1:\n",
        "`one-vote` is off",
        "\n  The rule `one-vote` was off on S3 (",
    ] {
        let (_, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part}: {rest}"));
        rest = after;
    }
    let output = folder.run(&["run", "a.raft", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
    let explained = &report["explanations"][0];
    assert_eq!(explained["property"], "election-safety");
    assert_eq!(explained["chains"][1]["title"], "S2 leads term 1");
    assert_eq!(explained["culprits"][0]["rule"], "one-vote");
    let steps = explained["chains"][1]["steps"].as_array().expect("steps");
    let off = steps.iter().filter(|step| step["off"] == true).collect::<Vec<_>>();
    assert!(matches!(&off[..], [vote] if vote["server"] == "s3"), "{steps:#?}");
}
