//! The clients on the stage: their menu, what they believe, and the journey of an operation.

use serde_json::Value;

use crate::cluster::wait_for_state;
use crate::harness::{Page, visit};

/// C1 was redirected by S2, and its request is on the way to S1.
const REDIRECTED: &str = "latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\n\
    run 60ms\nset x 3 via s2\nrun 40ms\n";

fn open(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    assert_eq!(page.eval("raftarium.run()")["ok"], true, "{script}");
}

fn steps(page: &Page) -> Vec<String> {
    let steps = page.eval(
        "[...document.querySelectorAll('.chain > li > button')].map(step => step.textContent)",
    );
    serde_json::from_value(steps).expect("steps")
}

#[test]
fn a_redirect_is_followed_on_the_stage_and_in_the_journey() {
    visit(|page| {
        open(page, REDIRECTED);
        page.wait_for("document.querySelectorAll('.redirect').length === 1");
        page.click("button", "C1, believes S1 leads, waits for S1 to answer set x 3");
        page.wait_for("document.querySelector('[role=menu]')");
        page.press("Escape");
        page.wait_for("document.querySelector('.inspector-title').textContent.includes('set x 3')");
        let journey = ["C1 sends x←3", "Request from C1 reaches S2", "Redirect from S2 reaches C1"];
        assert_eq!(steps(page), journey);
        page.eval("raftarium.exec('run 200ms')");
        page.wait_for(
            "[...document.querySelectorAll('.chain > li > button')].at(-1).textContent \
             === 'C1 gets its answer: ok'",
        );
        let steps = steps(page);
        assert!(steps.contains(&"S1 commits entry 2".to_owned()), "{steps:?}");
        page.wait_for("document.querySelectorAll('.redirect').length === 0");
    });
}

#[test]
fn a_client_is_cut_off_and_healed_by_keyboard_and_by_finger() {
    visit(|page| {
        open(page, REDIRECTED);
        let is_cut = |cut: bool| {
            wait_for_state(
                page,
                &format!(
                    "state.links.filter(l => l.from === 'c1' || l.to === 'c1')\
                     .every(l => l.up === {})",
                    !cut
                ),
            );
        };
        page.tab_to("e.hasAttribute('data-client')");
        page.press("Enter");
        page.wait_for("document.activeElement.textContent === 'Cut off from all servers'");
        page.press("Enter");
        is_cut(true);
        page.wait_for("document.activeElement.hasAttribute('data-client')");
        page.tap_starting("button", "C1, ");
        page.tap_starting("menuitem", "Heal its links");
        is_cut(false);
    });
}
