//! The list of events: rounds are one row, and the chosen event stays in sight with the focus.

use serde_json::Value;

use crate::harness::{Page, visit};

fn open(page: &Page, script: &str, time_us: u64) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval(&format!("raftarium.seek({time_us})"));
}

const SCRIPT: &str = "latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\nrun 200ms\n";

#[test]
fn a_round_is_one_row_that_unfolds() {
    visit(|page| {
        open(page, SCRIPT, 250_000);
        page.click("tab", "Events");
        page.wait_for_starting("button", "0.");
        let round = "[...document.querySelectorAll('.round > button')].find(row =>
                     row.textContent.includes('Commit index 1 reaches S2, S3, S4, S5'))";
        page.wait_for(round);
        assert_eq!(page.eval(&format!("{round}.getAttribute('aria-expanded')")), "false");
        page.eval(&format!("{round}.click()"));
        page.wait_for(&format!("{round}.nextElementSibling?.children.length === 4"));
        page.eval(&format!("{round}.click()"));
        page.wait_for(&format!("!{round}.nextElementSibling"));
        // With messages, a round of heartbeats is one row, too.
        page.click("button", "Messages");
        page.wait_for(
            "[...document.querySelectorAll('.round .what')]\
             .some(row => row.textContent.startsWith('Heartbeats of S1 reach S2, S3, S4, S5'))",
        );
    });
}

#[test]
fn a_chosen_event_keeps_the_focus_and_stays_in_sight() {
    visit(|page| {
        page.resize(1440, 900);
        open(page, SCRIPT, 250_000);
        page.click("tab", "Events");
        page.wait_for("document.querySelectorAll('.events > .event').length > 8");
        let last = "[...document.querySelectorAll('.events > .event:not(.round) > button')].at(-2)";
        page.eval(&format!("{last}.focus()"));
        page.press("Enter");
        page.wait_for("document.querySelector('.event-details .inspector-title')");
        page.wait_for(&format!("document.activeElement === {last}"));
        page.wait_for(&format!(
            "(row => {{ const r = row.getBoundingClientRect();
                 const list = row.closest('.events-list').getBoundingClientRect();
                 return r.top >= list.top - 1 && r.top < list.bottom - 20 }})({last})"
        ));
        // The list is still there, and Escape closes what stands beside it.
        assert_eq!(page.eval("document.querySelector('#tab-1').ariaSelected"), "true");
        page.press("Escape");
        page.wait_for("!document.querySelector('.event-details')");
        page.wait_for(&format!("document.activeElement === {last}"));
    });
}

#[test]
fn the_event_of_a_changed_setting_says_which_and_to_what() {
    visit(|page| {
        open(page, "servers 3\nseed 1\n", 50_000);
        page.click("tab", "Events");
        for line in ["loss 30%", "pre-vote on", "rule majority off", "reads lease"] {
            page.eval(&format!("raftarium.exec('{line}')"));
            page.wait_for_value(
                "document.querySelector('.events > li .what, .events > li').textContent\
                 .includes('A setting changes')",
                false,
            );
            page.wait_for(&format!(
                "document.querySelector('.events > li').innerText.includes('{line}')"
            ));
        }
    });
}
