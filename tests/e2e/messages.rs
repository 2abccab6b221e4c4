//! The messages in flight are buttons: touched by mouse, finger and keyboard, while they move and
//! while they stand still.

use serde_json::{Value, json};

use crate::cluster::{state, wait_for_state};
use crate::harness::{Page, visit};

/// S1 asks for votes; the requests are on their way.
const ASKED: &str = "latency 15ms..25ms\nelection-timeout never\ntimeout s1\n";

fn open(page: &Page, script: &str, run: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval(&format!("raftarium.exec({})", Value::from(run)));
    page.wait_for("document.querySelectorAll('[data-message]').length > 0");
}

fn buttons(page: &Page) -> Vec<String> {
    let names = page.eval(
        "[...document.querySelectorAll('[data-message]')]\
         .map(button => button.getAttribute('aria-label')).sort()",
    );
    serde_json::from_value(names).expect("names")
}

#[test]
fn a_message_is_dropped_held_and_released_by_its_menu() {
    visit(|page| {
        open(page, ASKED, "run 8ms");
        let expected: Vec<String> =
            (2..=5).map(|to| format!("RequestVote S1 to S{to}, term 1")).collect();
        assert_eq!(buttons(page), expected);
        page.click("button", "RequestVote S1 to S3, term 1");
        page.click("menuitem", "Drop");
        wait_for_state(page, "state.messages.filter(m => m.to === 's3').length === 0");
        page.click("button", "RequestVote S1 to S2, term 1");
        page.click("menuitem", "Hold");
        wait_for_state(page, "state.messages.some(m => m.to === 's2' && m.held)");
        page.wait_for("document.querySelectorAll('.flight.held').length === 1");
        page.click("button", "RequestVote S1 to S2, term 1, held");
        page.click("menuitem", "Release");
        wait_for_state(page, "!state.messages.some(m => m.held)");
        page.eval("raftarium.exec('run 1ms')");
        wait_for_state(page, "state.servers[1].term === 1 && state.servers[2].term === 0");
        // Each is an act of the language, which the script keeps.
        let script = page.eval("raftarium.script()");
        let script = script.as_str().expect("a script");
        for line in ["drop in-flight request-vote from s1 to s3", "release held request-vote"] {
            assert!(script.contains(line), "{script}");
        }
    });
}

#[test]
fn a_message_is_delayed_duplicated_and_sent_again_after_a_time_that_you_enter() {
    visit(|page| {
        open(page, ASKED, "run 8ms");
        let due = |to: &str| {
            let due = format!(
                "(async () => (await raftarium.state()).messages\
                .filter(m => m.to === '{to}').map(m => m.due))()"
            );
            page.eval(&due)
        };
        let before = due("s4");
        page.click("button", "RequestVote S1 to S4, term 1");
        page.click("menuitem", "Delay");
        page.wait_for("document.activeElement.type === 'number'");
        page.type_text("30");
        page.press("Enter");
        let later = json!([before[0].as_u64().expect("a time") + 30_000]);
        page.wait_for_value(
            "(async () => (await raftarium.state()).messages\
             .filter(m => m.to === 's4').map(m => m.due))()",
            later,
        );
        page.click("button", "RequestVote S1 to S5, term 1");
        page.click("menuitem", "Duplicate");
        wait_for_state(page, "state.messages.filter(m => m.to === 's5').length === 2");
        page.click("button", "RequestVote S1 to S2, term 1");
        page.click("menuitem", "Send again later");
        page.wait_for("document.activeElement.type === 'number'");
        page.press("Enter");
        wait_for_state(
            page,
            "state.messages.some(m => m.to === 's2' && m.due === state.time + 100000)",
        );
    });
}

/// The same, with messages that a machine with busy cores can still meet while they move.
const SLOW: &str = "latency 200ms..250ms\nelection-timeout never\ntimeout s1\n";

const STAGE_HEIGHT: &str = "document.querySelector('.stage').clientHeight";

/// By a real click, while time passes.
#[test]
fn a_click_on_a_moving_message_pauses_and_opens_its_menu_and_not_the_links() {
    visit(|page| {
        open(page, SLOW, "run 40ms");
        page.eval("raftarium.speed(0.01)");
        page.eval("raftarium.play()");
        let height = page.eval(STAGE_HEIGHT);
        page.click_starting("button", "RequestVote S1 to S");
        page.wait_for("document.querySelector('[role=menu]')");
        let title = page.eval("document.querySelector('[role=menu]').getAttribute('aria-label')");
        assert!(title.as_str().is_some_and(|title| title.starts_with("RequestVote S1")), "{title}");
        assert_eq!(state(page)["playing"], false);
        page.wait_for("document.body.textContent.includes('Paused so that you can act on')");
        assert_eq!(page.eval(STAGE_HEIGHT), height, "the notice moved the stage");
        page.click("menuitem", "Drop");
        wait_for_state(page, "state.messages.length === 3");
    });
}

/// A click that is under way when a notice, a keyboard or the window takes room from the stage is
/// not lost.
#[test]
fn a_message_keeps_its_element_in_another_layout() {
    visit(|page| {
        open(page, SLOW, "run 40ms");
        page.eval(
            "window.before = new Map([...document.querySelectorAll('[data-message]')]
                 .map(button => [button, button.getAttribute('aria-label')]));
             window.height = document.querySelector('.stage').clientHeight, null",
        );
        page.resize(1280, 700);
        page.wait_for("document.querySelector('.stage').clientHeight < height");
        page.wait_for("[...before.keys()][0].getAnimations().length === 1");
        let kept = "[...before].filter(([button, name]) => button.isConnected
                 && button.getAttribute('aria-label') === name).length";
        assert_eq!(page.eval(kept), 4);
        // They stand within the smaller stage.
        page.wait_for(
            "[...before.keys()].every(button => button.getBoundingClientRect().bottom
                 < document.querySelector('.stage').getBoundingClientRect().bottom)",
        );
    });
}

#[test]
fn a_finger_opens_the_menu_of_a_message_that_moves() {
    visit(|page| {
        page.resize(390, 844);
        open(page, SLOW, "run 40ms");
        page.eval("raftarium.speed(0.01)");
        page.eval("raftarium.play()");
        page.tap_starting("button", "RequestVote S1 to S");
        page.wait_for("document.querySelector('[role=menu]')");
        assert_eq!(state(page)["playing"], false);
        page.tap_starting("menuitem", "Hold");
        wait_for_state(page, "state.messages.filter(m => m.held).length === 1");
        let small = page.eval(
            "[...document.querySelectorAll('[data-message]')].filter(button => {
                 const box = button.getBoundingClientRect();
                 return box.width < 24 || box.height < 24 }).length",
        );
        assert_eq!(small, 0);
    });
}

#[test]
fn messages_are_one_tab_stop_that_the_arrow_keys_walk_through() {
    visit(|page| {
        open(page, ASKED, "run 8ms");
        let stops = page.eval("document.querySelectorAll('[data-message][tabindex=\"0\"]').length");
        assert_eq!(stops, 1);
        page.tab_to("e.hasAttribute('data-message')");
        let name = "document.activeElement.getAttribute('aria-label')";
        page.wait_for_value(name, "RequestVote S1 to S2, term 1");
        page.press("ArrowRight");
        page.press("ArrowRight");
        page.wait_for_value(name, "RequestVote S1 to S4, term 1");
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        page.press("Escape");
        page.wait_for_value(name, "RequestVote S1 to S4, term 1");
        // The focus is not lost when the message arrives, and Tab leads on.
        page.eval("raftarium.exec('run 30ms')");
        page.wait_for_value(
            "document.activeElement.textContent",
            "RequestVote S1 to S4, term 1 is no longer in flight",
        );
        page.press("Tab");
        assert_eq!(page.eval("document.activeElement.hasAttribute('data-message')"), false);
    });
}

#[test]
fn a_message_says_what_its_receiver_would_answer_and_why() {
    visit(|page| {
        open(page, ASKED, "run 8ms");
        page.click("button", "RequestVote S1 to S3, term 1");
        page.press("Escape");
        let foresight = "document.querySelector('.foresight').textContent";
        page.wait_for(&format!("{foresight}.includes('votes for S1')"));
        page.wait_for(&format!("{foresight}.includes('RequestVote reply S3 to S1')"));
        page.eval("raftarium.exec('crash s3')");
        page.wait_for(&format!("{foresight}.includes('S3 has crashed')"));
    });
}
