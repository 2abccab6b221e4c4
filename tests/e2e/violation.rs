//! The sheet of a violation: it names the rule that was off and the causes on both sides, and the
//! page behind it does not move.

use serde_json::Value;

use crate::harness::{Page, visit};

/// Two leaders of one term, because one vote of three is enough.
const NO_MAJORITY: &str = "servers 3\nlatency 5ms\nelection-timeout never\nrule majority off\n\
    timeout s1\ntimeout s2\nrun 100ms\n";
const SHEET: &str = "document.querySelector('.violation').innerText";
/// Where the zones of the page stand.
const PLACES: &str = "['.stage', '.logs-zone', '.tabs-zone', '.timeline-zone'].map(zone => {
    const { x, y, width, height } = document.querySelector(zone).getBoundingClientRect();
    return [x, y, width, height].join();
})";

fn violate(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(NO_MAJORITY)));
    page.eval("raftarium.run()");
    page.wait_for("document.querySelector('.violation h2')");
}

#[test]
fn the_causes_name_the_rule_that_was_off_on_both_sides() {
    visit(|page| {
        violate(page);
        page.wait_for_value(
            "document.querySelector('.violation h2').textContent",
            "Election Safety is broken: two leaders in term 1",
        );
        page.click("button", "Show both sides");
        page.wait_for("document.querySelectorAll('.side-of-violation').length === 2");
        let text = page.eval(SHEET);
        let text = text.as_str().expect("a text");
        for side in ["You fired S1's election timer", "You fired S2's election timer"] {
            assert!(text.contains(side), "{text}");
        }
        assert_eq!(text.matches("majority is off: 1 of 3 votes").count(), 2, "{text}");
        // The no-op of a new leader has nothing to do with it.
        assert!(!text.contains("leader-noop"), "{text}");
    });
}

#[test]
fn the_sheet_moves_nothing_and_says_nothing_false_while_time_runs() {
    visit(|page| {
        for (width, height) in [(1440, 900), (1280, 800)] {
            page.resize(width, height);
            page.wait_for(&format!("innerWidth === {width}"));
            page.eval(
                "raftarium.load('servers 3\\nelection-timeout never\\nrule majority off\\n')",
            );
            page.wait_for("!document.querySelector('.violation')");
            let before = page.eval(PLACES);
            violate(page);
            assert_eq!(page.eval(PLACES), before, "at {width}x{height}");
            let stands_at = page.eval("raftarium.state()")["time"].clone();
            page.eval("raftarium.play()");
            page.wait_for(&format!("(await raftarium.state()).time > {stands_at}"));
            let text = page.eval(SHEET);
            assert!(!text.as_str().expect("a text").contains("topped"), "{text}");
        }
    });
}
