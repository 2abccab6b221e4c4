//! The page without a mouse: in every state of it, the keys reach each control; it has a name and a
//! visible focus; Enter, Space or an arrow key uses it; Escape closes what it opens and brings the
//! focus back.

mod activation;
mod layers;
mod panels;
mod stories;
mod walk;
mod zones;

use serde_json::Value;

use crate::harness::{Page, visit};

use activation::use_all;
use walk::walk;

/// A paused run with an election, commands, two clients, deviations and messages in flight.
const RUN: &str = "latency 15ms..25ms\nclients 2\nseed 3\npre-vote on\nloss 1%\nwait leader\n\
    set x 1\nwait answer = ok\nset y 2\nrun 150ms\ncut s1 -> s2\nrun 8ms\n";

/// What Escape closes or leaves.
const ABOVE: &str = "dialog[open], [role=menu], :popover-open, [data-present=on]";

/// Leaves what a test before has opened.
fn leave_layers(page: &Page) {
    for _ in 0..3 {
        if page.eval(&format!("document.querySelector('{ABOVE}')")).is_null() {
            break;
        }
        page.press("Escape");
    }
    page.eval(
        "document.querySelector('.sections [role=tab][tabindex=\"-1\"]') &&
        document.querySelector('.sections [role=tab]').click()",
    );
}

/// Opens a script and runs it to its end.
fn open(page: &Page, script: &str) {
    leave_layers(page);
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval("raftarium.run()");
    page.wait_for("!(await raftarium.state()).playing");
}

/// Presses Enter on the first visible element of a selector, once there is one.
fn enter(page: &Page, selector: &str) {
    let first = format!(
        "[...document.querySelectorAll({})].find(e => e.checkVisibility())",
        Value::from(selector)
    );
    page.wait_for(&first);
    page.eval(&format!("{first}.focus()"));
    page.press("Enter");
}

/// Walks through the parts of a state that `root` names, and uses their controls.
fn judge(state: &str, root: &str, restore: impl Fn(&Page)) {
    visit(|page| {
        restore(page);
        let mut complaints = walk(page, state, root);
        complaints.extend(use_all(page, state, root, restore));
        assert!(
            complaints.is_empty(),
            "{} complaints:\n{}",
            complaints.len(),
            complaints.join("\n")
        );
    });
}
