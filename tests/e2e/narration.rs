//! An opened script with narration: time waits at each step, and the reader goes on.

use raftarium::script::ShareLink;
use serde_json::{Value, json};

use crate::cluster::wait_for_state;
use crate::harness::{Page, visit};

const STORY: &str = "title \"A story\"\nservers 3\nlatency 15ms\nsay \"One server asks first.\"\n\
    timeout s1\npoint s1\nask \"Who wins?\" \"S1\" \"S2\" answer 1\nhint \"Look at the ballots.\"\n\
    wait leader\nchapter \"The leader\"\nsay \"S1 leads.\"\nrun 100ms\nsay \"The end.\"\n\
    goal leader \"a leader\"\n";

fn open(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(STORY)));
    shows(page, "One server asks first.");
}

/// Waits until the card shows that text.
fn shows(page: &Page, text: &str) {
    let text = Value::from(text);
    page.wait_for(&format!(
        "document.querySelector('.narration-body')?.innerText.includes({text})"
    ));
}

#[test]
fn a_narrated_script_waits_at_each_step_and_keeps_every_line() {
    visit(|page| {
        open(page);
        page.eval("raftarium.speed(1)");
        page.eval("raftarium.play()");
        shows(page, "Who wins?");
        page.wait_for("document.querySelector('[data-server=\"1\"][data-pointed]')");
        wait_for_state(page, "state.time === 0 && !state.playing");
        page.click("button", "S1");
        shows(page, "S1 leads.");
        shows(page, "You were right");
        wait_for_state(page, "state.servers[0].role === 'leader' && !state.playing");
        page.click("button", "Next");
        shows(page, "The end.");
        wait_for_state(page, "state.time > 100000");
        let script = page.eval("raftarium.script()");
        assert!(script.as_str().is_some_and(|text| text.starts_with(STORY)), "{script}");
    });
}

#[test]
fn who_acts_leaves_the_story_and_returns_to_the_same_step() {
    visit(|page| {
        open(page);
        page.eval("raftarium.speed(1)");
        for text in ["Who wins?", "S1 leads."] {
            page.click("button", "Next");
            shows(page, text);
        }
        let at = page.eval("(async () => (await raftarium.state()).time)()");
        page.eval("raftarium.exec('crash s1')");
        shows(page, "You left the story");
        page.eval("raftarium.play()");
        wait_for_state(page, &format!("state.time > {at} + 100000"));
        page.click("button", "Return to the story");
        wait_for_state(page, &format!("state.time === {at} && state.servers[0].role === 'leader'"));
        page.click("button", "Back");
        shows(page, "Who wins?");
        page.eval("document.querySelector('.narration select').value = 10");
        page.eval(
            "document.querySelector('.narration select')
                .dispatchEvent(new Event('change', { bubbles: true })), null",
        );
        shows(page, "S1 leads.");
        assert_eq!(page.eval("(async () => (await raftarium.state()).time)()"), at);
        assert_eq!(page.eval("document.querySelectorAll('.narration').length"), json!(1));
    });
}

#[test]
fn a_reload_keeps_the_exact_step_of_any_narrated_script() {
    let link = ShareLink { text: STORY.to_owned(), time_us: 0 }.fragment().expect("a link");
    visit(|page| {
        for opened_by_link in [false, true] {
            match opened_by_link {
                true => page.go(&format!("#{link}")),
                false => drop(page.eval(&format!("raftarium.load({})", Value::from(STORY)))),
            }
            shows(page, "One server asks first.");
            page.click("button", "Next");
            shows(page, "Who wins?");
            // Step 2 stands at the same moment as step 1.
            wait_for_state(page, "state.time === 0 && !state.playing");
            page.eval("location.reload(), null");
            page.wait_for("document.readyState === 'complete' && window.raftarium");
            shows(page, "Who wins?");
            page.click("button", "S1");
            shows(page, "You were right");
            wait_for_state(page, "!state.playing");
            page.eval("location.reload(), null");
            page.wait_for("document.readyState === 'complete' && window.raftarium");
            shows(page, "S1 leads.");
            shows(page, "You were right");
        }
    });
}

#[test]
fn a_violation_does_not_stop_a_story_before_it_is_explained() {
    let story = "servers 3\nlatency 15ms\nelection-timeout never\nrule one-vote off\n\
        say \"Two candidates.\"\ntimeout s1,s2\nrun 200ms\nexpect violated election-safety\n\
        say \"Both lead.\"\n";
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(story)));
        shows(page, "Two candidates.");
        page.eval("raftarium.speed(1)");
        page.click("button", "Next");
        shows(page, "Both lead.");
        wait_for_state(page, "!state.playing && state.time === 200000");
        page.wait_for("document.querySelector('.violation')");
    });
}
