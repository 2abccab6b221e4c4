//! Answers as students hand them in: saved on other systems, pasted into a text, or without an
//! action. And every challenge of the page, handed in with its solution.

use std::fs;
use std::path::Path;

use raftarium::script::ShareLink;
use serde_json::Value;

use crate::command_line::{Folder, err, out};
use crate::grading::{CHALLENGE, answer};

const SOLUTION: &str = "at 1s timeout s2\nat 2s stop\n";

fn fragment(text: &str) -> String {
    let link = ShareLink { text: text.to_owned(), time_us: 2_000_000 };
    link.fragment().expect("a link")
}

/// Grades a file with these bytes: the status, the report, and what stands on standard error.
fn hand_in(name: &str, bytes: &[u8]) -> (Option<i32>, Value, String) {
    let folder = Folder::new(&format!("handed-in-{name}"));
    folder.write("challenge.raft", CHALLENGE);
    fs::write(folder.0.join("answer"), bytes).expect("an answer is written");
    let arguments = ["run", "challenge.raft", "--format", "json", "--answer", "answer"];
    let output = folder.run(&arguments);
    let report = serde_json::from_str(out(&output)).expect("a report");
    (output.status.code(), report, err(&output).to_owned())
}

#[test]
fn a_link_counts_wherever_it_stands_in_a_text() {
    let (solved, other) = (fragment(&answer(SOLUTION)), fragment(&answer("at 1s crash s1\n")));
    let address = format!("https://example.org/raftarium/#{solved}");
    for (name, text) in [
        ("fragment", format!("#{solved}\n")),
        ("mail", format!("Hello,\r\nmy answer is {address}&select=s1.\r\n\r\nAda\r\n")),
        ("html", format!("<p><a href=\"{address}&amp;select=s1\">{address}</a></p>")),
        ("brackets", format!("My answer ({address}), #1 of all")),
    ] {
        let (status, report, problems) = hand_in(name, text.as_bytes());
        assert_eq!((status, &report["run"]["won"]), (Some(0), &true.into()), "{name}: {problems}");
        assert_eq!((&report["actions"], &report["changed"]), (&1.into(), &false.into()), "{name}");
    }
    let two = format!("{address} or https://example.org/#{other}");
    let (status, report, _) = hand_in("two", two.as_bytes());
    let text = "holds several links: leave only the one to the answer";
    assert_eq!((status, &report["errors"][0]["text"]), (Some(2), &text.into()));
    let (status, report, _) = hand_in("cut-off", format!("#{}", &solved[..40]).as_bytes());
    assert_eq!(status, Some(2));
    assert!(report["errors"][0]["text"].as_str().is_some_and(|text| text.contains("damaged")));
}

#[test]
fn files_of_other_systems_are_read() {
    let text = answer(SOLUTION);
    let wide = |unit: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    for (name, bytes) in [
        ("line-ends", text.replace('\n', "\r\n").into_bytes()),
        ("mark", format!("\u{feff}{text}").into_bytes()),
        ("little-endian", wide(u16::to_le_bytes)),
        ("big-endian", wide(u16::to_be_bytes)),
    ] {
        let (status, report, problems) = hand_in(name, &bytes);
        assert_eq!((status, &report["run"]["won"]), (Some(0), &true.into()), "{name}: {problems}");
        assert_eq!(report["changed"], false, "{name}");
    }
    for (name, bytes) in [("photo", &b"\xff\xd8\xff\xe0"[..]), ("odd", b"\xff\xfea")] {
        let (status, report, _) = hand_in(name, bytes);
        let text = "cannot be read: it is no text: save it as plain text, in UTF-8";
        assert_eq!((status, &report["errors"][0]["text"]), (Some(2), &text.into()), "{name}");
    }
}

#[test]
fn an_answer_without_actions_is_named() {
    for (name, text) in [
        ("empty", String::new()),
        ("untouched", CHALLENGE.to_owned()),
        ("waited", answer("at 2s stop\n")),
        ("above", format!("{CHALLENGE}timeout s2\n")),
    ] {
        let (status, report, _) = hand_in(name, text.as_bytes());
        assert_eq!((status, &report["actions"]), (Some(1), &0.into()), "{name}");
        let folder = Folder::new(&format!("handed-in-{name}"));
        let output = folder.run(&["run", "challenge.raft", "--answer", "answer"]);
        assert!(err(&output).starts_with("answer: this answer has no actions"), "{name}");
    }
}

/// The challenges below a folder, without their solutions.
fn challenges(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.ends_with("solutions") => {}
            path if path.is_dir() => challenges(&path, found),
            path => found.push(path.to_str().expect("a name").to_owned()),
        }
    }
}

/// Those with questions, and those that cannot be won, too.
#[test]
fn every_challenge_of_the_page_is_graded_and_packed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("challenges");
    let mut names = Vec::new();
    challenges(&root, &mut names);
    names.sort();
    assert!(names.len() >= 24);
    let folder = Folder::new("handed-in-page");
    for name in &names {
        let text = fs::read_to_string(name).expect("a challenge");
        let own = Path::new(name).file_name().expect("a name");
        let solution = fs::read_to_string(root.join("solutions").join(own)).expect("a solution");
        folder.write("answer.raft", &format!("{text}{solution}"));
        let output = folder.run(&["run", name, "--answer", "answer.raft"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
    }
    let page = "https://example.org/raftarium/";
    let options = ["--scorm", "--page", page, "-o", "all.zip"];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let output = folder.run(&[&["pack"], &names[..], &options].concat());
    assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
    assert!(out(&output).starts_with(&format!("all.zip: {} exercises", names.len())));
}
