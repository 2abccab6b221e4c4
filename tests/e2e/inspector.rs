//! The inspector: chains of causes, follow-ups, and the story after a crash.

use serde_json::Value;

use crate::cluster::wait_for_state;
use crate::harness::{Page, visit};

fn open(page: &Page, script: &str, time_us: u64) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval(&format!("raftarium.seek({time_us})"));
}

const PANEL: &str = "document.querySelector('#panel').textContent";

#[test]
fn the_story_after_a_crash_names_the_crash() {
    visit(|page| {
        let script = "servers 3\nlatency 15ms\nseed 4\ntimeout s1\nwait leader\nrun 100ms\n";
        open(page, script, 300_000);
        wait_for_state(page, "state.servers[0].role === 'leader'");
        // The menu of a server selects it.
        page.click_starting("button", "S1, leader");
        page.click("menuitem", "Crash");
        page.wait_for(&format!("{PANEL}.includes('Why is S1 crashed?')"));
        page.eval("raftarium.seek(1500000)");
        wait_for_state(
            page,
            "state.servers.some(server => server.alive && server.role === 'leader')",
        );
        // The selection has not moved, and the panel tells the election.
        page.wait_for(&format!("/Why is S[23] the leader of term 2\\?/.test({PANEL})"));
        page.wait_for(&format!(
            "{PANEL}.includes('you crashed the leader S1 → its heartbeats stopped')"
        ));
        // Both chains end with it.
        page.eval(
            "[...document.querySelectorAll('.chain button')]
                 .find(button => button.textContent === 'Crash S1').click()",
        );
        page.wait_for("document.querySelector('.inspector-title').textContent === 'Crash S1'");
        page.wait_for(
            "document.querySelector('.server-change .changed s').textContent === 'running'",
        );
    });
}

#[test]
fn a_value_leads_to_the_event_that_set_it() {
    visit(|page| {
        let script = "servers 3\nlatency 15ms..25ms\nseed 4\ntimeout s1\nwait leader\nrun 100ms\n";
        open(page, script, 300_000);
        page.click("tab", "Servers");
        page.click("button", "Why S1 is in this state");
        page.wait_for("document.querySelector('#tab-0').textContent === 'Inspect S1'");
        page.click_starting("button", "role leader, set by: Vote from");
        page.wait_for(
            "document.querySelector('.inspector-title').textContent.startsWith('Vote from')",
        );
        let change = "document.querySelector('.server-change .changed')";
        assert_eq!(page.eval(&format!("{change}.querySelector('s').textContent")), "candidate");
        page.click("button", "Go to this moment");
        wait_for_state(page, "state.servers[0].role === 'leader' && state.time < 300000");
        page.click("button", "Previous event");
        wait_for_state(page, "state.servers[0].role === 'candidate'");
    });
}

#[test]
fn the_leader_and_the_configuration_lead_to_the_events_that_set_them() {
    visit(|page| {
        let script = "servers 4\njoining s4\nlatency 15ms\nelection-timeout never\n\
                      timeout s1\nsettle\nadd s4\nsettle\n";
        for (value, before) in
            [("leader S1", "–"), ("configuration S1, S2, S3 and S4", "S1, S2 and S3")]
        {
            open(page, script, 300_000);
            page.click("tab", "Servers");
            page.click("button", "Why S2 is in this state");
            page.wait_for("document.querySelector('#tab-0').textContent === 'Inspect S2'");
            page.click_starting("button", &format!("{value}, set by: AppendEntries"));
            // The chosen event shows what it changed of S2.
            page.wait_for(
                "document.querySelector('.inspector-title').textContent.startsWith('Append')",
            );
            page.wait_for_value(
                "[...document.querySelectorAll('.server-change .changed')]
                     .filter(row => row.textContent.startsWith('leader')
                         || row.textContent.startsWith('configuration'))
                     .map(row => row.querySelector('s').textContent)",
                serde_json::json!([before]),
            );
        }
    });
}

#[test]
fn both_sides_of_a_violation_are_marked_and_nothing_moves() {
    visit(|page| {
        page.resize(1440, 900);
        let place = "(e => { const r = e.getBoundingClientRect(); return `${r.x},${r.y}` })\
                     (document.querySelector('.tabs-zone'))";
        open(page, "servers 3\nseed 1\n", 0);
        let before = page.eval(place);
        let script = "servers 3\nlatency 5ms\nelection-timeout never\nrule majority off\n\
                      timeout s1\ntimeout s2\nrun 100ms\n";
        open(page, script, 100_000);
        page.wait_for("document.querySelectorAll('.conflict li').length >= 2");
        page.wait_for("document.querySelectorAll('.server[data-conflict]').length === 2");
        page.click("button", "Show both sides");
        page.wait_for("document.querySelectorAll('.violation .side-of-violation').length === 2");
        assert_eq!(page.eval(place), before);
    });
}
