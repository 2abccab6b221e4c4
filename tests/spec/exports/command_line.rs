//! `raftarium export`: its output, and what it rejects.

use raftarium::export::{MermaidOptions, SHIVIZ_PARSER, mermaid, shiviz};

use super::{VARIED, replay_of, root};
use crate::command_line::{Folder, err, out};

#[test]
fn the_command_prints_what_the_page_exports() {
    let folder = Folder::new("export");
    folder.write("a.raft", VARIED);
    let printed = |options: &[&str]| {
        let output = folder.run(&[&["export", "a.raft", "--format"], options].concat());
        assert_eq!((output.status.code(), err(&output)), (Some(0), ""), "{options:?}");
        out(&output).to_owned()
    };
    let diagram = |heartbeats| mermaid(replay_of(VARIED), MermaidOptions { heartbeats });
    assert_eq!(printed(&["mermaid"]), diagram(true).expect("a diagram"));
    let options = ["mermaid", "--without-heartbeats"];
    assert_eq!(printed(&options), diagram(false).expect("a diagram"));
    assert_eq!(printed(&["shiviz"]), shiviz(replay_of(VARIED)).expect("a log"));
    let mut replay = replay_of(VARIED);
    (replay.span.from_us, replay.span.to_us) = (200_000, 350_500);
    let options = ["shiviz", "--from", "200ms", "--to", "350.5ms"];
    assert_eq!(printed(&options), shiviz(replay).expect("a log"));
}

#[test]
fn bad_input_is_rejected_with_status_2() {
    let folder = Folder::new("export-wrong");
    folder.write("a.raft", "servers 3\nrun 1s\n");
    folder.write("b.raft", "servers 3\n  crsh s1\n");
    for (arguments, said) in [
        (&["b.raft", "--format", "mermaid"][..], "b.raft:2:3: expected a statement, found `crsh`"),
        (&["c.raft", "--format", "mermaid"], "c.raft: cannot be read: "),
        (
            &["a.raft", "--format", "shiviz", "--from", "2s", "--to", "1s"],
            "expected a time after `--from 2s`, found `--to 1s`\n",
        ),
        (
            &["a.raft", "--format", "mermaid", "--from", "2s"],
            "a.raft: expected a time before the end of the run at 1s\n",
        ),
        (&["a.raft", "--format", "mermaid", "--from", "2"], "expected a time such as 1.5s"),
        (&["a.raft", "--format", "jpeg"], "possible values: "),
        (&["a.raft"], "--format"),
        (
            &["a.raft", "--format", "shiviz", "--without-heartbeats"],
            "`--without-heartbeats` is for `--format mermaid` and `--format svg`\n",
        ),
    ] {
        let output = folder.run(&[&["export"], arguments].concat());
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn a_diagram_that_mermaid_would_not_draw_comes_with_a_note() {
    let folder = Folder::new("export-long");
    folder.write("a.raft", "wait leader\nrun 20s\n");
    let output = folder.run(&["export", "a.raft", "--format", "mermaid"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("Mermaid draws at most 50000 characters"), "{}", err(&output));
}

#[test]
fn the_manual_has_the_regular_expression_for_shiviz() {
    let manual = std::fs::read_to_string(root("docs/script.md")).expect("the manual");
    assert!(manual.contains(&format!("`{SHIVIZ_PARSER}`")));
}
