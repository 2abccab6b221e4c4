//! The same run with one setting changed, below this one in the timeline.

use headless_chrome::browser::tab::ModifierKey;
use serde_json::Value;

use crate::harness::visit;

const SCRIPT: &str = "servers 5\nseed 3\nlatency 15ms..25ms\nrun 600ms\n";

#[test]
fn pre_vote_on_and_off_on_one_seed_is_one_click_away_and_stays_in_step() {
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
        page.eval("raftarium.run()");
        page.click("button", "Compare");
        page.click("button", "pre-vote on");
        page.wait_for("!document.querySelector('dialog[open]')");
        page.wait_for(
            "/pre-vote on.*they differ from 0\\.\\d+ s on/.test(document.body.textContent)",
        );
        let chosen = "document.querySelector('.diagram-tools select').value";
        page.wait_for_value(chosen, "pre-vote on");
        // What is done now is done in both.
        page.eval("raftarium.exec('crash leader')");
        page.eval("raftarium.seek(2000000)");
        page.click("tab", "Branches");
        page.wait_for("/pre-vote on/.test(document.querySelector('[role=tabpanel]').textContent)");
        page.wait_for("/2\\.000 s/.test(document.querySelector('[role=tabpanel]').textContent)");
    });
}

#[test]
fn the_first_difference_is_in_sight_at_once_and_a_button_goes_there() {
    visit(|page| {
        let script = "servers 3\nseed 3\nlatency 15ms..25ms\nwait leader\nrun 4s\n";
        page.eval(&format!("raftarium.load({})", Value::from(script)));
        page.eval("raftarium.run()");
        page.click("button", "Compare");
        page.click("button", "pre-vote on");
        let differ_us = "Number(document.querySelector('.diagram-now').dataset.differUs)";
        page.wait_for(&format!("{differ_us} > 0"));
        // It lies seconds before the present, and the diagram shows it.
        page.wait_for(&format!("(await raftarium.hash()).time - {differ_us} > 3000000"));
        page.wait_for(&format!(
            "(now => {{ const {{ fromUs, usPerPx }} = now.dataset;
               const x = ({differ_us} - fromUs) / usPerPx;
               return x > 50 && x < document.querySelector('.diagram-track').clientWidth - 50 }})\
             (document.querySelector('.diagram-now'))"
        ));
        page.click("button", "First difference");
        page.wait_for(&format!("(await raftarium.hash()).time === {differ_us}"));
        // The palette knows the same action.
        page.eval("raftarium.seek(4000000)");
        page.press_with("k", &[ModifierKey::Ctrl]);
        page.type_text("first difference");
        page.wait_for("document.querySelector('[role=option]').textContent.includes('difference')");
        page.press("Enter");
        page.wait_for(&format!("(await raftarium.hash()).time === {differ_us}"));
    });
}

#[test]
fn a_line_that_is_no_setting_is_refused_with_its_reason_by_keyboard() {
    visit(|page| {
        page.eval("raftarium.pause()");
        page.focus("button", "Compare");
        page.press("Enter");
        page.wait_for("document.querySelector('dialog[open]')");
        page.tab_to("e.name === 'setting'");
        page.type_text("crash s1");
        page.press("Enter");
        page.wait_for(
            "/expected one setting/.test(document.querySelector('[role=alert]').textContent)",
        );
        page.press("Escape");
        page.wait_for("document.activeElement.textContent === 'Compare'");
    });
}
