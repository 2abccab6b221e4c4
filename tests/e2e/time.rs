//! Time is a place in the page, too: one goes to any moment of it, acts there, and comes back.

use std::time::Duration;

use serde_json::Value;

use crate::harness::{Page, visit};

const SOON: Duration = Duration::from_secs(20);

/// A page that stands at 2 s of a small cluster, where a command was sent and a leader crashed.
fn visit_at_two_seconds(test: impl FnOnce(&Page)) {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nseed 4\\nlatency 10ms\\n')");
        seek(page, 800_000);
        page.eval("raftarium.exec('set x 1')");
        seek(page, 1_000_000);
        page.eval("raftarium.exec('crash leader')");
        seek(page, 2_000_000);
        test(page);
    });
}

fn seek(page: &Page, time_us: u64) {
    page.eval(&format!("raftarium.seek({time_us})"));
}

/// The moment, in microseconds, and the world's hash.
fn now(page: &Page) -> (u64, Value) {
    let hash = page.eval("raftarium.hash()");
    (hash["time"].as_u64().expect("a moment"), hash)
}

fn slider(page: &Page) -> String {
    let said =
        page.eval("document.querySelector('[aria-label=Time]').getAttribute('aria-valuetext')");
    said.as_str().expect("the slider tells where it is").to_owned()
}

fn wait_for_moment(page: &Page, condition: &str) {
    page.wait_for(&format!("(time => {condition})((await raftarium.hash()).time)"), SOON);
}

fn wait_for_hash(page: &Page, hash: &Value, same: bool) {
    page.wait_for(
        &format!("((await raftarium.hash()).hash === {}) === {same}", hash["hash"]),
        SOON,
    );
}

fn events(page: &Page) -> Value {
    page.eval("[...document.querySelectorAll('ol.events li')].map(e => e.textContent)")
}

#[test]
fn the_slider_of_time_goes_with_it_and_back_by_keyboard() {
    visit_at_two_seconds(|page| {
        assert_eq!(slider(page), "2.000 s of 2.000 s");
        page.focus("slider", "Time");
        page.press("ArrowLeft");
        wait_for_moment(page, "time === 1999000");
        page.press("ArrowLeft");
        page.press("ArrowLeft");
        page.press("ArrowRight");
        wait_for_moment(page, "time === 1998000");
        page.press("PageDown");
        wait_for_moment(page, "time < 1900000");
        page.press("Home");
        wait_for_moment(page, "time === 0");
        page.wait_for("!document.querySelector('table[aria-label=Logs] td.entry')", SOON);
        assert_eq!(slider(page), "0.000 s of 2.000 s");
        page.press("End");
        wait_for_moment(page, "time === 2000000");
        assert_eq!(page.eval("document.activeElement.getAttribute('aria-label')"), "Time");
        // It goes on from its right end.
        page.press(" ");
        page.wait_for("(await raftarium.state()).time > 2010000", SOON);
        page.press(" ");
        let ends = "(e => e.value === e.max)(document.querySelector('[aria-label=Time]'))";
        assert_eq!(page.eval(ends), true);
        assert_eq!(page.eval("(async () => (await raftarium.state()).playing)()"), false);
    });
}

#[test]
fn a_pointer_drags_time_and_the_world_is_what_it_was() {
    visit_at_two_seconds(|page| {
        page.eval("raftarium.play()");
        let place = |share: f64| {
            let found = format!(
                "(box => [box.left + box.width * {share}, box.top + box.height / 2])\
                 (document.querySelector('[aria-label=Time]').getBoundingClientRect())"
            );
            let found = page.eval(&found);
            (found[0].as_f64().expect("a place"), found[1].as_f64().expect("a place"))
        };
        page.drag(place(0.9), place(0.3));
        wait_for_moment(page, "time > 400000 && time < 800000");
        let state = page.eval("raftarium.state()");
        assert_eq!(state["playing"], false);
        assert_eq!(state["servers"][0]["values"], serde_json::json!({}));
        let (time_us, there) = now(page);
        page.wait_for("!document.querySelector('.moving .lost')", SOON);
        // The same moment from elsewhere.
        seek(page, 1_900_000);
        seek(page, time_us);
        assert_eq!(now(page).1, there);
    });
}

#[test]
fn the_log_of_events_is_after_a_journey_what_it_was() {
    visit_at_two_seconds(|page| {
        seek(page, 1_200_000);
        let then = events(page);
        assert!(then.as_array().is_some_and(|events| events.len() > 10), "{then}");
        seek(page, 1_900_000);
        assert_ne!(events(page), then);
        seek(page, 1_200_000);
        assert_eq!(events(page), then);
        seek(page, 0);
        seek(page, 1_200_000);
        assert_eq!(events(page), then);
    });
}

#[test]
fn the_event_before_is_one_button_and_one_key_away() {
    visit_at_two_seconds(|page| {
        page.click("button", "Next event");
        let (after_us, after) = now(page);
        page.click("button", "Previous event");
        let (before_us, before) = now(page);
        assert!(before_us < after_us);
        page.press(",");
        wait_for_hash(page, &before, false);
        page.press(".");
        wait_for_hash(page, &before, true);
        page.press(".");
        wait_for_hash(page, &after, true);
        seek(page, 0);
        page.press(",");
        page.wait_for("document.querySelector('.notice').textContent.includes('beginning')", SOON);
    });
}

#[test]
fn one_jumps_to_elections_to_leaders_and_to_what_one_types() {
    visit_at_two_seconds(|page| {
        let leaders =
            "(await raftarium.state()).servers.filter(s => s.alive && s.role === 'leader')";
        page.click("button", "Previous election");
        wait_for_moment(page, "time > 1000000 && time < 2000000");
        assert_eq!(page.eval(&format!("(async () => ({leaders}).length)()")), 0);
        choose(page, "leader");
        page.press("]");
        page.wait_for(&format!("{leaders}.length === 1"), SOON);
        page.press("[");
        wait_for_moment(page, "time < 1000000");
        choose(page, "condition");
        page.focus("textbox", "Condition");
        page.type_text("value x = ");
        page.press("Enter");
        page.wait_for("/Column \\d+: /.test(document.querySelector('.notice').textContent)", SOON);
        page.type_text("1");
        page.press("Enter");
        wait_for_moment(page, "time > 800000 && time < 1000000");
        let there = page.eval("raftarium.state()");
        assert!(there["servers"].to_string().contains("\"x\":\"1\""), "{there}");
        page.wait_for("!document.querySelector('.notice')", SOON);
        let before = now(page).1;
        page.click("button", "Previous condition");
        page.wait_for(
            "document.querySelector('.notice').textContent.startsWith('There was no')",
            SOON,
        );
        assert_eq!(now(page).1, before, "it stands where it stood");
        choose(page, "moment");
        page.focus("textbox", "Moment");
        page.type_text("1.25s");
        page.click("button", "Go to the moment");
        wait_for_moment(page, "time === 1250000");
    });
}

/// Chooses what to jump to, as a select is used.
fn choose(page: &Page, goal: &str) {
    page.eval(&format!(
        "(select => {{ select.value = [...select.options].find(o => o.text.startsWith('{goal}')).value; \
         select.dispatchEvent(new Event('change', {{ bubbles: true }})) }})\
         (document.querySelector('[aria-label=\"Jump to\"]'))"
    ));
}

#[test]
fn a_violation_is_news_again_after_going_back() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrule majority off\\npartition s1 | s2 | s3\\n')");
        choose(page, "violation");
        page.click("button", "Next violation");
        page.wait_for("document.querySelector('.violation h2')", SOON);
        page.click("button", "Put this aside");
        page.wait_for("!document.querySelector('.violation')", SOON);
        page.click("button", "Previous event");
        page.wait_for("document.querySelector('.verdict.good')", SOON);
        page.eval("(async () => { await raftarium.speed(10); await raftarium.play() })()");
        page.wait_for("document.querySelector('.violation h2')", SOON);
        assert_eq!(page.eval("(async () => (await raftarium.state()).playing)()"), false);
    });
}

#[test]
fn whoever_acts_in_the_past_finds_what_was_as_a_branch_by_keyboard_alone() {
    visit_at_two_seconds(|page| {
        let before = now(page).1;
        page.press("Tab");
        page.tab_to("e.getAttribute('aria-label') === 'Time'");
        page.press("PageDown");
        page.press("PageDown");
        wait_for_moment(page, "time < 1700000");
        // By a server's menu.
        let up = page.eval(
            "(async () => (await raftarium.state()).servers.find(s => s.alive).id.slice(1))()",
        );
        let up = up.as_str().expect("a server is up");
        page.press(up);
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'", SOON);
        page.press("Enter");
        page.wait_for("document.querySelector('.notice').textContent.includes('“main”')", SOON);
        page.wait_for(
            "document.querySelector('[role=status]').textContent.includes('“main”')",
            SOON,
        );
        page.tab_to("e.getAttribute('role') === 'tab'");
        while page.eval("document.activeElement.textContent") != "Branches" {
            page.press("ArrowRight");
        }
        let named = |name: &str| format!("e.getAttribute('aria-label') === '{name}'");
        page.tab_to(&named("Compare with main"));
        page.press("Enter");
        page.wait_for("document.querySelector('table[aria-label=Differences] tbody tr')", SOON);
        let table =
            page.eval("document.querySelector('table[aria-label=Differences]').textContent");
        assert!(table.to_string().contains(&format!("S{up}statecrashed")), "{table}");
        page.tab_to(&named("Rename main"));
        page.press("Enter");
        page.wait_for("document.activeElement.id === 'branch-name'", SOON);
        page.type_text("as it was");
        page.press("Enter");
        page.wait_for(
            "document.querySelector('.branches').textContent.includes('as it was')",
            SOON,
        );
        page.tab_to(&named("Rename branch 1"));
        page.press("Enter");
        page.wait_for("document.activeElement.id === 'branch-name'", SOON);
        page.type_text("no name");
        page.press("Escape");
        page.wait_for("document.querySelector('.branches').textContent.includes('branch 1')", SOON);
        page.tab_to(&named("Return to as it was"));
        page.press("Enter");
        page.wait_for(
            "document.querySelector('.branches h3').textContent.startsWith('as it was')",
            SOON,
        );
        page.tab_to(&named("Time"));
        page.press("End");
        wait_for_moment(page, "time === 2000000");
        assert_eq!(now(page).1, before);
        assert!(page.has("button", "Return to branch 1"));
    });
}
