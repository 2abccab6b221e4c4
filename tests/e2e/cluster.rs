//! What a person does to the cluster, and what comes of it.

use std::time::Duration;

use serde_json::Value;

use crate::harness::{Page, visit};

/// Long enough for anything the cluster does at full speed.
const SOON: Duration = Duration::from_secs(20);

/// The live leader of the highest term, as a JavaScript expression over `state`.
const LEADER: &str = "(state => state.servers.filter(s => s.alive && s.role === 'leader')\
                      .sort((a, b) => b.term - a.term)[0])";

/// The cluster as `window.raftarium` tells it.
pub fn state(page: &Page) -> Value {
    page.eval("raftarium.state()")
}

/// Waits for a leader in a term above that one; its name and term.
pub fn wait_for_leader(page: &Page, above_term: u64) -> (String, u64) {
    let found = format!("{LEADER}(await raftarium.state())");
    page.wait_for(
        &format!(
            "await (async () => {{ const l = {found}; return l && l.term > {above_term} }})()"
        ),
        SOON,
    );
    let leader = page.eval(&format!("(async () => {found})()"));
    let name = leader["id"].as_str().expect("a leader has a name").to_owned();
    (name, leader["term"].as_u64().expect("a leader has a term"))
}

/// Waits until an expression over `state` is true.
pub fn wait_for_state(page: &Page, condition: &str) {
    let check = format!(
        "await (async () => {{ const state = await raftarium.state(); return {condition} }})()"
    );
    page.wait_for(&check, SOON);
}

/// Opens the page at full speed, with a leader.
pub fn visit_with_leader(test: impl FnOnce(&Page, String, u64)) {
    visit(|page| {
        page.eval("raftarium.speed(1)");
        let (leader, term) = wait_for_leader(page, 0);
        test(page, leader, term);
    });
}

#[test]
fn the_first_leader_is_elected_within_three_seconds_at_the_opening_pace() {
    visit(|page| {
        let opening = state(page);
        let speed = opening["speed"].as_f64().expect("a speed");
        let from_us = opening["time"].as_f64().expect("a time");
        wait_for_leader(page, 0);
        let took_s = (state(page)["time"].as_f64().expect("a time") - from_us) / 1e6 / speed;
        assert!(took_s < 3.0, "{took_s} s at speed {speed}");
    });
}

#[test]
fn crashing_the_leader_through_its_menu_brings_another() {
    visit_with_leader(|page, leader, term| {
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.click("menuitem", "Crash");
        let (next, _) = wait_for_leader(page, term);
        assert_ne!(next, leader);
        assert!(page.has_starting("button", &format!("{}, crashed", leader.to_uppercase())));
    });
}
