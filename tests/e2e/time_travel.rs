//! Time travel: to any moment and back, event by event, and into branches.

use serde_json::Value;

use crate::harness::{Page, visit};

/// Opens the page at 2 s of a small cluster, after a command and a crash of the leader.
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

fn wait_for_slider(page: &Page, text: &str) {
    page.wait_for_value(
        "document.querySelector('[aria-label=Time]').getAttribute('aria-valuetext')",
        text,
    );
}

fn wait_for_moment(page: &Page, condition: &str) {
    page.wait_for(&format!("(time => {condition})((await raftarium.hash()).time)"));
}

fn wait_for_hash(page: &Page, hash: &Value, same: bool) {
    page.wait_for(&format!("((await raftarium.hash()).hash === {}) === {same}", hash["hash"]));
}

/// The panel's events.
const EVENTS: &str = "[...document.querySelectorAll('ol.events li')].map(e => e.textContent)";

#[test]
fn the_time_slider_moves_by_keyboard() {
    visit_at_two_seconds(|page| {
        wait_for_slider(page, "2.000 s of 2.000 s");
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
        page.wait_for("!document.querySelector('table[aria-label=Logs] td.entry')");
        wait_for_slider(page, "0.000 s of 2.000 s");
        page.press("End");
        wait_for_moment(page, "time === 2000000");
        assert_eq!(page.eval("document.activeElement.getAttribute('aria-label')"), "Time");
        // Play continues from the right end.
        page.press(" ");
        page.wait_for("(await raftarium.state()).time > 2010000");
        page.press(" ");
        page.wait_for("!(await raftarium.state()).playing");
        page.wait_for("(e => e.value === e.max)(document.querySelector('[aria-label=Time]'))");
    });
}

#[test]
fn a_drag_of_the_slider_restores_the_world_of_that_moment() {
    visit_at_two_seconds(|page| {
        page.eval("raftarium.play()");
        let point_at = |share: f64| {
            let found = format!(
                "(box => [box.left + box.width * {share}, box.top + box.height / 2])\
                 (document.querySelector('[aria-label=Time]').getBoundingClientRect())"
            );
            let found = page.eval(&found);
            (found[0].as_f64().expect("a place"), found[1].as_f64().expect("a place"))
        };
        page.drag(point_at(0.9), point_at(0.3));
        wait_for_moment(page, "time > 400000 && time < 800000");
        let state = page.eval("raftarium.state()");
        assert_eq!(state["playing"], false);
        assert_eq!(state["servers"][0]["values"], serde_json::json!({}));
        let (time_us, there) = now(page);
        page.wait_for("!document.querySelector('.moving .lost')");
        // The same moment, reached from another one.
        seek(page, 1_900_000);
        seek(page, time_us);
        assert_eq!(now(page).1, there);
    });
}

#[test]
fn the_event_list_is_the_same_after_time_travel() {
    visit_at_two_seconds(|page| {
        seek(page, 1_200_000);
        page.wait_for(&format!("{EVENTS}.length > 10"));
        let then = page.eval(EVENTS);
        seek(page, 1_900_000);
        page.wait_for(&format!("JSON.stringify({EVENTS}) !== JSON.stringify({then})"));
        seek(page, 1_200_000);
        page.wait_for_value(EVENTS, then.clone());
        seek(page, 0);
        seek(page, 1_200_000);
        page.wait_for_value(EVENTS, then);
    });
}

#[test]
fn a_button_and_a_key_go_to_the_previous_event() {
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
        page.wait_for("document.querySelector('.notice').textContent.includes('no earlier event')");
    });
}

#[test]
fn jumps_reach_elections_leaders_conditions_and_moments() {
    visit_at_two_seconds(|page| {
        let leaders =
            "(await raftarium.state()).servers.filter(s => s.alive && s.role === 'leader')";
        page.click("button", "Previous election");
        wait_for_moment(page, "time > 1000000 && time < 2000000");
        assert_eq!(page.eval(&format!("(async () => ({leaders}).length)()")), 0);
        choose(page, "leader");
        page.press("]");
        page.wait_for(&format!("{leaders}.length === 1"));
        page.press("[");
        wait_for_moment(page, "time < 1000000");
        choose(page, "condition");
        page.focus("textbox", "Condition");
        page.type_text("value x = ");
        page.press("Enter");
        page.wait_for("/Column \\d+: /.test(document.querySelector('.notice').textContent)");
        page.type_text("1");
        page.press("Enter");
        wait_for_moment(page, "time > 800000 && time < 1000000");
        let there = page.eval("raftarium.state()");
        assert!(there["servers"].to_string().contains("\"x\":\"1\""), "{there}");
        page.wait_for("!document.querySelector('.notice')");
        let before = now(page).1;
        page.click("button", "Previous condition");
        page.wait_for("document.querySelector('.notice').textContent.startsWith('There was no')");
        assert_eq!(now(page).1, before, "a jump in vain moves nothing");
        choose(page, "moment");
        page.focus("textbox", "Moment");
        page.type_text("1.25s");
        page.click("button", "Go to the moment");
        wait_for_moment(page, "time === 1250000");
    });
}

/// Chooses the goal of the next jump.
fn choose(page: &Page, goal: &str) {
    page.eval(&format!(
        "(select => {{ \
         const option = [...select.options].find(option => option.text.startsWith('{goal}')); \
         select.value = option.value; \
         select.dispatchEvent(new Event('change', {{ bubbles: true }})) }})\
         (document.querySelector('[aria-label=\"Jump to\"]'))"
    ));
}

#[test]
fn a_violation_is_shown_again_after_going_back() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrule majority off\\npartition s1 | s2 | s3\\n')");
        choose(page, "violation");
        page.click("button", "Next violation");
        page.wait_for("document.querySelector('.violation h2')");
        page.click("button", "Dismiss the violation");
        page.wait_for("!document.querySelector('.violation')");
        page.click("button", "Previous event");
        page.wait_for("document.querySelector('.verdict.doubtful')");
        page.eval("(async () => { await raftarium.speed(10); await raftarium.play() })()");
        page.wait_for("document.querySelector('.violation h2')");
        assert_eq!(page.eval("(async () => (await raftarium.state()).playing)()"), false);
    });
}

#[test]
fn an_action_in_the_past_saves_the_original_run_as_a_branch_by_keyboard_alone() {
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
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        page.press("Enter");
        page.wait_for("document.querySelector('.notice').textContent.includes('“main”')");
        page.wait_for("document.querySelector('[role=status]').textContent.includes('“main”')");
        page.tab_to("e.getAttribute('role') === 'tab'");
        while page.eval("document.activeElement.textContent") != "Branches" {
            page.press("ArrowRight");
        }
        let named = |name: &str| format!("e.getAttribute('aria-label') === '{name}'");
        page.tab_to(&named("Compare with main"));
        page.press("Enter");
        page.wait_for("document.querySelector('table[aria-label=Differences] tbody tr')");
        let table =
            page.eval("document.querySelector('table[aria-label=Differences]').textContent");
        assert!(table.to_string().contains(&format!("S{up}statecrashed")), "{table}");
        page.tab_to(&named("Rename main"));
        page.press("Enter");
        page.wait_for("document.activeElement.id === 'branch-name'");
        page.type_text("as it was");
        page.press("Enter");
        page.wait_for("document.querySelector('.branches').textContent.includes('as it was')");
        page.tab_to(&named("Rename branch 1"));
        page.press("Enter");
        page.wait_for("document.activeElement.id === 'branch-name'");
        page.type_text("no name");
        page.press("Escape");
        page.wait_for("document.querySelector('.branches').textContent.includes('branch 1')");
        page.tab_to(&named("Return to as it was"));
        page.press("Enter");
        page.wait_for("document.querySelector('.branches h3').textContent.startsWith('as it was')");
        page.tab_to(&named("Time"));
        page.press("End");
        wait_for_moment(page, "time === 2000000");
        assert_eq!(now(page).1, before);
        assert!(page.has("button", "Return to branch 1"));
    });
}
