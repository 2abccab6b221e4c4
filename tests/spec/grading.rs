//! Grades: the answers of students to a challenge, one by one and for a whole class.

use std::fs;
use std::process::{Command, Output};

use raftarium::script::ShareLink;
use serde_json::Value;

use crate::command_line::{Folder, err, out};

/// S1 leads at 30 ms. The reader shall make S2 leader, without a crash.
pub const CHALLENGE: &str = "title \"Another leader\"
servers 3
election-timeout never
latency 10ms
timeout s1
run 30ms
say \"S1 leads. Make S2 the leader.\"
allow timeout transfer
budget timeout 1
goal leader s2 \"S2 leads.\"
goal alive all \"Every server is alive.\"
hint \"Who may campaign?\"
";

/// An answer: the challenge with these actions.
pub fn answer(actions: &str) -> String {
    format!("{CHALLENGE}by-hand\n{actions}")
}

const SOLUTION: &str = "at 1s timeout s2\nat 2s stop\n";

fn grade(folder: &Folder, answers: &[&str]) -> (Output, Vec<Value>) {
    folder.write("challenge.raft", CHALLENGE);
    let arguments = ["run", "challenge.raft", "--format", "json", "--answer"];
    let output = folder.run(&[&arguments[..], answers].concat());
    let reports = out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let reports = reports.collect();
    (output, reports)
}

/// The report of one answer.
fn report(name: &str, text: &str) -> (Option<i32>, Value) {
    let folder = Folder::new(&format!("grading-{name}"));
    folder.write("answer.raft", text);
    let (output, reports) = grade(&folder, &["answer.raft"]);
    (output.status.code(), reports.into_iter().next().expect("a report"))
}

#[test]
fn an_answer_wins_with_the_actions_alone() {
    let (status, report) = report("wins", &answer(SOLUTION));
    assert_eq!(status, Some(0), "{report}");
    assert_eq!(
        (&report["file"], &report["answer"]),
        (&"challenge.raft".into(), &"answer.raft".into())
    );
    assert_eq!((&report["ok"], &report["changed"]), (&true.into(), &false.into()));
    assert_eq!((&report["run"]["won"], &report["run"]["time"]), (&true.into(), &2_000_000.into()));
    assert_eq!(report["run"]["goals"].as_array().map(Vec::len), Some(2));
    assert!(report["run"]["breaches"].is_null());
}

#[test]
fn a_solved_challenge_is_graded_like_the_script_itself() {
    let folder = Folder::new("grading-same");
    folder.write("whole.raft", &answer(SOLUTION));
    let whole = folder.run(&["run", "whole.raft", "--format", "json"]);
    let whole: Value = serde_json::from_str(out(&whole)).expect("JSON");
    let (_, graded) = report("same-answer", &answer(SOLUTION));
    assert_eq!(whole["run"], graded["run"]);
}

#[test]
fn an_answer_without_the_right_actions_does_not_win() {
    let (status, report) = report("idle", &answer("at 2s stop\n"));
    assert_eq!((status, &report["run"]["won"]), (Some(1), &false.into()));
    assert_eq!(report["run"]["goals"][0]["won"], false);
    assert_eq!(report["run"]["goals"][1]["won"], true);
}

#[test]
fn goals_terms_and_clusters_of_an_answer_do_not_count() {
    // Without goals, with other goals, with more allowed, and in a cluster that S2 leads anyway.
    let others = [
        "servers 3\n".to_owned(),
        CHALLENGE.replace("goal leader s2", "goal leader s1"),
        CHALLENGE.replace("allow timeout transfer\nbudget timeout 1\n", ""),
        CHALLENGE.replace("timeout s1", "timeout s2"),
        CHALLENGE.replace("budget timeout 1", "budget timeout 9"),
    ];
    for (number, other) in others.iter().enumerate() {
        let idle = report(&format!("other-{number}"), &format!("{other}by-hand\nat 2s stop\n"));
        assert_eq!((idle.0, &idle.1["changed"]), (Some(1), &true.into()), "{other}");
        assert_eq!(idle.1["run"]["goals"].as_array().map(Vec::len), Some(2));
        let solved = report(&format!("solved-{number}"), &format!("{other}by-hand\n{SOLUTION}"));
        assert_eq!((solved.0, &solved.1["run"]["won"]), (Some(0), &true.into()), "{other}");
    }
    // A comment is no change.
    let (_, report) = report("comment", &format!("# Ada\n{}", answer(SOLUTION)));
    assert_eq!(report["changed"], false);
}

#[test]
fn forbidden_and_early_actions_lose_with_the_line_of_the_answer() {
    let cheats = [
        (
            "at 1s timeout s2\nat 1.5s timeout s2\nat 2s stop\n",
            15,
            "`timeout` is allowed only once",
        ),
        (
            "at 1s crash s1\nat 1s timeout s2\nat 2s restart s1\nat 3s stop\n",
            14,
            "`crash` is not allowed",
        ),
        (
            "at 1us timeout s2\nat 2s stop\n",
            14,
            "`timeout` comes before the challenge begins, at 30ms",
        ),
    ];
    for (number, (actions, line, text)) in cheats.into_iter().enumerate() {
        let (status, report) = report(&format!("cheat-{number}"), &answer(actions));
        assert_eq!((status, &report["run"]["won"]), (Some(1), &false.into()), "{report}");
        let first = &report["run"]["breaches"][0];
        assert_eq!((&first["line"], &first["text"]), (&line.into(), &text.into()), "{report}");
    }
}

#[test]
fn an_answer_may_be_a_link_or_a_file_with_a_link() {
    let folder = Folder::new("grading-links");
    let link = ShareLink { text: answer(SOLUTION), time_us: 2_000_000 };
    let fragment = link.fragment().expect("a link");
    let address = format!("https://example.org/raftarium/#{fragment}&select=s1");
    folder.write("link.txt", &format!("\u{feff}{address}\r\n"));
    let (output, reports) = grade(&folder, &["link.txt", &address, &fragment]);
    assert_eq!((output.status.code(), reports.len()), (Some(0), 3), "{}", err(&output));
    assert!(reports.iter().all(|report| report["run"]["won"] == true));
}

#[test]
fn answers_that_cannot_be_graded_are_reported_and_hold_up_no_other() {
    let folder = Folder::new("grading-unusable");
    folder.write("good.raft", &answer(SOLUTION));
    folder.write("typo.raft", &answer("at 1s tmeout s2\n"));
    folder.write("more-servers.raft", "servers 5\nby-hand\nat 1s stop\nat 2s timeout s5\n");
    folder.write("damaged.txt", "https://example.org/#1AAAAAAAA");
    folder.write("endless.raft", &answer("at 1s heartbeat 1us\nat 100000s stop\n"));
    let names = [
        "typo.raft",
        "more-servers.raft",
        "damaged.txt",
        "nowhere.raft",
        "endless.raft",
        "good.raft",
    ];
    let (output, reports) = grade(&folder, &names);
    assert_eq!((output.status.code(), reports.len()), (Some(2), 6), "{}", err(&output));
    let error = |at: usize| reports[at]["errors"][0].clone();
    assert_eq!((&error(0)["line"], &error(0)["answer"]), (&14.into(), &true.into()));
    assert_eq!(error(1)["line"], 4);
    assert!(error(1)["text"].as_str().is_some_and(|text| text.contains("3 servers")));
    assert!(error(2)["text"].as_str().is_some_and(|text| text.contains("damaged")));
    assert!(
        error(3)["text"].as_str().is_some_and(|text| text.contains("neither a file nor a link"))
    );
    assert!(error(4)["text"].as_str().is_some_and(|text| text.contains("too many events")));
    assert!(reports[..5].iter().all(|report| report["ok"] == false));
    assert_eq!(reports[5]["run"]["won"], true);
}

#[test]
fn scripts_that_are_no_challenges_are_refused_with_a_remedy() {
    let folder = Folder::new("grading-unfit");
    folder.write("answer.raft", &answer(SOLUTION));
    folder.write("no-goal.raft", "servers 3\n");
    folder.write("acts.raft", &answer(SOLUTION));
    for (name, expected) in [
        ("no-goal.raft", "no-goal.raft:1: a challenge needs a goal; add a line such as"),
        ("acts.raft", "acts.raft:13: a challenge has no actions below `by-hand`"),
        ("nowhere.raft", "nowhere.raft: cannot be read"),
    ] {
        let output = folder.run(&["run", name, "--answer", "answer.raft"]);
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{name}");
        assert!(err(&output).starts_with(expected), "{}", err(&output));
    }
    let two = folder.run(&["run", "no-goal.raft", "acts.raft", "--answer", "answer.raft"]);
    assert_eq!(two.status.code(), Some(2));
    assert!(err(&two).contains("expected one challenge"), "{}", err(&two));
}

#[test]
fn a_grade_as_text_says_what_is_missing() {
    let folder = Folder::new("grading-text");
    folder.write("challenge.raft", CHALLENGE);
    folder.write("ada.raft", &answer(SOLUTION));
    folder.write("bob.raft", &answer("at 1s crash s1\nat 2s stop\n"));
    let output = folder.run(&["run", "challenge.raft", "--answer", "ada.raft", "bob.raft"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        out(&output),
        "ada.raft: won, 2 of 2 goals, time 2s\nbob.raft: not won, 0 of 2 goals, time 2s\n"
    );
    let problems: Vec<&str> = err(&output).lines().collect();
    assert_eq!(problems[0], "bob.raft:14: `crash` is not allowed");
    let goal = "challenge.raft:10: the goal `S2 leads.` is not reached: expected leader s2, but ";
    assert!(problems[1].starts_with(goal), "{problems:?}");
}

/// docs/grade.py, on a folder of answers.
#[test]
fn the_grading_script_makes_a_table_for_a_class() {
    let folder = Folder::new("grading-class");
    folder.write("challenge.raft", CHALLENGE);
    let answers = folder.0.join("answers");
    fs::create_dir_all(&answers).expect("a folder");
    let link = ShareLink { text: answer(SOLUTION), time_us: 2_000_000 };
    let link = format!("https://example.org/raftarium/#{}", link.fragment().expect("a link"));
    for (name, text) in [
        ("ada.raft", answer(SOLUTION)),
        ("bob.txt", link.clone()),
        ("cleo.raft", answer("at 2s stop\n")),
        ("dan.raft", answer("at 1s crash s1\nat 1s timeout s2\nat 2s restart s1\nat 3s stop\n")),
        ("eve.raft", "servers 3\nby-hand\nat 2s stop\n".to_owned()),
        ("fay.raft", "I do not know.\n".to_owned()),
        ("gus.raft", answer("at 1s timeout s3\nat 2s stop\n")),
        // As some platforms give them: a folder for each student, and files of the system.
        ("Zoë O, 17/onlinetext.html", format!("<p>See <a href=\"{link}\">{link}</a>.</p>")),
        (".hidden", String::new()),
    ] {
        fs::create_dir_all(answers.join(name).parent().expect("a folder")).expect("a folder");
        fs::write(answers.join(name), text).expect("an answer is written");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/grade.py");
    let output = Command::new("python3")
        .args([script, "challenge.raft", "answers"])
        .env("RAFTARIUM", env!("CARGO_BIN_EXE_raftarium"))
        .current_dir(&folder.0)
        .output()
        .expect("Python 3 is installed: the grading script needs it");
    assert!(output.status.success(), "{}", err(&output));
    let rows: Vec<&str> = out(&output).lines().collect();
    assert_eq!(
        rows[..6],
        [
            "student,points,won,goals,of,forbidden,changed,remark",
            "ada,100,yes,2,2,0,no,",
            "bob,100,yes,2,2,0,no,",
            "cleo,0,no,1,2,0,no,the answer has no actions; not reached: S2 leads.",
            "dan,0,no,2,2,2,no,line 14: `crash` is not allowed; line 16: `restart` is not allowed",
            "eve,0,no,1,2,0,yes,the answer has no actions; not reached: S2 leads.",
        ]
    );
    assert!(rows[6].starts_with("fay,0,no,0,0,0,no,\"line 1: expected a statement"), "{}", rows[6]);
    assert_eq!(rows[7], "gus,50,no,1,2,0,no,not reached: S2 leads.");
    assert_eq!(rows[8..], ["\"Zoë O, 17\",100,yes,2,2,0,no,"]);
}

#[test]
fn the_grading_script_says_what_keeps_it_from_grading() {
    let folder = Folder::new("grading-class-refused");
    folder.write("challenge.raft", CHALLENGE);
    fs::create_dir_all(folder.0.join("none")).expect("a folder");
    fs::create_dir_all(folder.0.join("one")).expect("a folder");
    folder.write("one/ada.raft", &answer(SOLUTION));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/grade.py");
    for (challenge, answers, program, expected) in [
        ("challenge.raft", "none", env!("CARGO_BIN_EXE_raftarium"), "none holds no answers"),
        ("challenge.raft", "nowhere", env!("CARGO_BIN_EXE_raftarium"), "nowhere is not a folder"),
        ("nowhere.raft", "one", env!("CARGO_BIN_EXE_raftarium"), "nowhere.raft: cannot be read"),
        ("challenge.raft", "one", "./no-program", "set RAFTARIUM to its path"),
    ] {
        let output = Command::new("python3")
            .args([script, challenge, answers])
            .env("RAFTARIUM", program)
            .current_dir(&folder.0)
            .output()
            .expect("Python 3 is installed");
        assert_eq!((output.status.code(), out(&output)), (Some(1), ""), "{expected}");
        assert!(err(&output).contains(expected), "{}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    }
}
