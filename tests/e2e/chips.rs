//! What makes a run differ from plain Raft: chips that can be removed; and the verdict, with
//! each property by name.

use serde_json::{Value, json};

use crate::harness::{Page, visit};

fn run(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval("raftarium.run()");
}

/// The labels of all chips, folded ones included.
const CHIPS: &str = "[...document.querySelectorAll('.deviation')].map(chip => chip.textContent)";
const SCRIPT: &str = "raftarium.script()";
const FOCUSED: &str = "document.activeElement.textContent";

#[test]
fn a_chip_for_each_deviation_is_removed_by_click_and_undone() {
    visit(|page| {
        // Wide enough for all chips.
        page.resize(1920, 1080);
        assert_eq!(page.eval(CHIPS), json!([]));
        page.wait_for("document.querySelector('.verdict.good').textContent.includes('safe')");
        run(page, "rule majority off\nloss 30%\nskew s1 3\n");
        page.wait_for_value(CHIPS, json!(["majority off", "loss 30%", "S1 clock ×3"]));
        // Nothing is promised with a rule off.
        let verdict = page.eval("document.querySelector('button.verdict').textContent");
        assert_eq!(verdict, "! no violation yet · 1 rule off");

        page.click("button", "Remove loss 30%");
        page.wait_for_value(CHIPS, json!(["majority off", "S1 clock ×3"]));
        page.wait_for_value(FOCUSED, "S1 clock ×3");
        assert!(page.eval(SCRIPT).as_str().is_some_and(|text| text.contains("loss 0%")));
        page.press("Enter");
        page.wait_for_value(CHIPS, json!(["majority off"]));
        page.wait_for_value(FOCUSED, "majority off");
        page.press("Enter");
        page.wait_for_value(CHIPS, json!([]));
        page.wait_for("document.activeElement.matches('button.verdict.good')");

        page.press_with("z", &[headless_chrome::browser::tab::ModifierKey::Ctrl]);
        page.wait_for_value(CHIPS, json!(["majority off"]));
    });
}

#[test]
fn chips_that_do_not_fit_are_folded_and_within_reach() {
    visit(|page| {
        run(
            page,
            "rule majority off\nrule one-vote off\nloss 1%\nduplicate 2%\nfifo on\npre-vote on\n\
             check-quorum on\nreads lease\ndisk 5ms\nrouting forward\nretry off\n",
        );
        page.wait_for(&format!("{CHIPS}.length === 11"));
        for width in [1440, 1280, 390] {
            page.resize(width, 844);
            page.wait_for(&format!("innerWidth === {width}"));
            page.wait_for("document.querySelector('.more-deviations')");
            assert_eq!(page.eval("document.documentElement.scrollWidth"), width);
            page.eval("document.querySelector('.more-deviations').click()");
            page.wait_for("document.querySelector('.deviations-popover:popover-open')");
            assert_eq!(page.eval(&format!("{CHIPS}.length")), 11);
            page.press("Escape");
            page.wait_for("!document.querySelector('.deviations-popover:popover-open')");
        }
    });
}

#[test]
fn a_trigger_ends_with_its_line_and_what_is_fixed_says_why() {
    visit(|page| {
        // Wide enough for all chips.
        page.resize(2560, 1080);
        run(page, "given s1 term 2 log 1 1\nelection-timeout never\nwhen leader s1 do crash s1\n");
        page.wait_for_value(
            CHIPS,
            json!(["election-timeout never", "when leader s1 do crash s1", "given logs"]),
        );
        page.click("button", "Remove when leader s1 do crash s1");
        page.wait_for_value(CHIPS, json!(["election-timeout never", "given logs"]));
        page.click("button", "Remove given logs");
        page.wait_for("document.body.textContent.includes('It cannot be removed here')");
        assert_eq!(page.eval(CHIPS), json!(["election-timeout never", "given logs"]));
    });
}

#[test]
fn a_challenge_keeps_its_triggers() {
    visit(|page| {
        page.resize(2560, 1080);
        run(
            page,
            "servers 3\nelection-timeout never\nwhen leader s1 do crash s1\nsay \"Act.\"\n\
             allow timeout\ngoal leader s2 \"S2 leads.\"\n",
        );
        let script = page.eval(SCRIPT);
        let trigger = "[...document.querySelectorAll('.deviation')]
            .find(chip => chip.textContent === 'when leader s1 do crash s1')";
        page.wait_for(&format!("{trigger}?.getAttribute('aria-disabled') === 'true'"));
        page.eval(&format!("{trigger}.click()"));
        page.wait_for_value(
            "document.querySelector('.below.notice').textContent",
            "Only timeout is allowed here.",
        );
        assert_eq!(page.eval(SCRIPT), script);
    });
}

const STATES: &str = "Object.fromEntries([...document.querySelectorAll('[data-property]')]\
                      .map(item => [item.dataset.property, item.className]))";

#[test]
fn the_verdict_names_each_property_and_the_one_that_is_violated() {
    visit(|page| {
        run(page, "latency 15ms..25ms\nwait leader\nset x 1\nwait answer = ok\n");
        page.wait_for("document.querySelector('button.verdict').textContent.includes('linear')");
        page.eval("document.querySelector('button.verdict').focus()");
        page.press("Enter");
        page.wait_for("document.querySelector('.verdict-popover:popover-open')");
        let text = page.eval("document.querySelector('.verdict-popover').innerText");
        let text = text.as_str().expect("a text");
        for name in [
            "Election Safety",
            "Leader Append-Only",
            "Log Matching",
            "Leader Completeness",
            "State Machine Safety",
            "Linearizability",
            "section 5.4.3",
            "Elections won",
            "Committed entries",
        ] {
            assert!(text.contains(name), "{name}: {text}");
        }
        let numbers = page.eval(
            "[...document.querySelectorAll('.run-numbers dd')].map(number => number.textContent)",
        );
        assert_eq!(numbers[0], "1");
        assert_eq!(numbers[2], "1");
        assert_eq!(numbers[3], "2");
        page.press("Escape");
        page.wait_for("document.activeElement.matches('button.verdict')");

        run(
            page,
            "servers 3\nelection-timeout never\nheartbeat never\nrule majority off\n\
             timeout s1,s2\nsettle\n",
        );
        page.wait_for("document.querySelector('.verdict.bad')");
        let verdict = page.eval("document.querySelector('button.verdict').textContent");
        assert!(verdict.as_str().is_some_and(|text| text.contains("Election Safety violated")));
        let states = page.eval(STATES);
        assert_eq!(states["election-safety"], "broken");
        assert_eq!(states["log-matching"], "holds");
        assert_eq!(states["linearizability"], "holds");
    });
}
