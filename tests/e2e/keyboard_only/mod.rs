//! The page without a mouse: the keys reach each control; it has a name and a visible focus; Enter,
//! Space or an arrow key uses it; Escape closes what it opens and brings the focus back.

mod activation;
mod walk;

use serde_json::Value;

use crate::harness::{Page, visit};

use activation::use_all;
use walk::walk;

/// A paused run with an election, commands, two clients, deviations and messages in flight.
const RUN: &str = "latency 15ms..25ms\nclients 2\nseed 3\npre-vote on\nloss 1%\nwait leader\n\
    set x 1\nwait answer = ok\nset y 2\nrun 150ms\ncut s1 -> s2\nrun 8ms\n";

fn open(page: &Page, script: &str) {
    // Escape leaves what a test before has opened.
    for _ in 0..3 {
        if page.eval("document.querySelector('dialog[open], [role=menu], :popover-open')").is_null()
        {
            break;
        }
        page.press("Escape");
    }
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval("raftarium.run()");
    page.wait_for("!(await raftarium.state()).playing");
}

/// Walks through a state and uses its controls within `root`.
fn judge(state: &str, root: &str, restore: impl Fn(&Page)) {
    visit(|page| {
        restore(page);
        let mut complaints = walk(page, state);
        complaints.extend(use_all(page, state, root, restore));
        assert!(
            complaints.is_empty(),
            "{} complaints:\n{}",
            complaints.len(),
            complaints.join("\n")
        );
    });
}

#[test]
fn header_stage_and_command_row() {
    judge("page", "header, .stage-zone", |page| open(page, RUN));
}

#[test]
fn logs_rules_and_timeline() {
    judge("page", ".logs-zone, .rules-zone, .timeline-zone", |page| {
        open(page, RUN);
        // Away from the present, so that a button leads back.
        page.eval("document.querySelector('.diagram-track').focus()");
        page.press("PageUp");
    });
}

/// The dialog that a button with that name opens.
fn judge_dialog(button: &str) {
    judge(button, "dialog", |page| {
        open(page, RUN);
        page.focus("button", button);
        page.press("Enter");
        page.wait_for("document.querySelector('dialog[open]')");
    });
}

#[test]
fn the_dialog_of_settings() {
    judge_dialog("Settings");
}

#[test]
fn the_dialogs_of_help() {
    judge_dialog("Help");
    judge("keys", "dialog", |page| {
        open(page, RUN);
        page.eval("document.querySelector('[data-server]').focus()");
        page.press("?");
        page.wait_for("document.querySelector('dialog[open]')");
    });
}
