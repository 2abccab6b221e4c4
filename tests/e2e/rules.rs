//! The cards of the rules: switches, counts, the rule that decided, and what goes wrong without it.

use serde_json::{Value, json};

use crate::harness::{Page, visit, visit_host_page};

fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
}

const LIT: &str = "[...document.querySelectorAll('.rule-card.lit')].map(card => card.dataset.rule)";

fn switch(rule: &str) -> String {
    format!("document.querySelector('[data-rule=\"{rule}\"] [role=switch]').ariaChecked")
}

#[test]
fn every_rule_has_a_switch_that_is_recorded() {
    visit(|page| {
        assert_eq!(page.eval("document.querySelectorAll('[role=switch]').length"), 14);
        page.click("switch", "commit-own-term");
        page.wait_for_value(&switch("commit-own-term"), "false");
        let script = page.eval("raftarium.script()");
        assert!(script.as_str().is_some_and(|text| text.contains("rule commit-own-term off")));
        page.wait_for("document.querySelector('.deviation').textContent === 'commit-own-term off'");
        assert_eq!(page.eval("document.activeElement.ariaLabel"), "commit-own-term");
        page.press("Enter");
        page.wait_for_value(&switch("commit-own-term"), "true");
        page.wait_for("document.querySelector('.deviation') === null");
    });
}

#[test]
fn the_rule_that_decides_is_lit_and_its_last_event_is_a_link() {
    visit(|page| {
        load(page, "servers 3\nelection-timeout never\ntimeout s1\n");
        page.wait_for_value("document.querySelectorAll('.server').length", 3);
        let mut seen = Vec::new();
        for _ in 0..12 {
            page.click("button", "Next event");
            seen.extend(page.eval(LIT).as_array().cloned().unwrap_or_default());
        }
        for rule in ["persist-vote", "up-to-date", "majority"] {
            assert!(seen.contains(&json!(rule)), "{rule}: {seen:?}");
        }
        // A lit card is in sight.
        let link = "document.querySelector('[data-rule=\"leader-noop\"] [data-selection]')";
        page.wait_for(link);
        let event = page.eval(&format!("{link}.dataset.selection"));
        page.eval(&format!("{link}.click()"));
        // Beside the list of events.
        let details = "document.querySelector('.event-details')";
        page.wait_for(&format!("{details}?.querySelector('.inspector-title')"));
        let text = page.eval(&format!("{details}.innerText"));
        assert!(text.as_str().is_some_and(|text| text.contains("no-op")), "{event}: {text}");
    });
}

#[test]
fn what_goes_wrong_without_a_rule_is_one_click_away() {
    visit(|page| {
        page.eval("raftarium.exec('set x 1')");
        page.click("button", "What goes wrong without it: majority");
        page.wait_for("document.querySelector('.banner')?.textContent.includes('split brain')");
        let script = page.eval("raftarium.script()");
        let file = include_str!("../../scenarios/broken/majority.raft");
        assert_eq!(script.as_str().map(str::trim_end), Some(file.trim_end()));
        page.eval("raftarium.run()");
        page.wait_for("document.querySelector('.verdict.bad')");
        page.click("button", "Restore the previous session");
        page.wait_for("document.querySelector('.verdict.good')");
    });
}

/// A frame without an origin fetches scenarios, and says that it cannot search.
#[test]
fn a_sandboxed_frame_opens_scenarios_and_says_that_it_cannot_search() {
    let html = |address: &str| {
        format!(
            "<!doctype html><meta charset=\"utf-8\"><title>Host</title>\
             <link rel=\"icon\" href=\"data:,\">\
             <iframe style=\"width: 1300px; height: 800px\" sandbox=\"allow-scripts\" \
             src=\"{address}\"></iframe>"
        )
    };
    visit_host_page(html, |page| {
        let click = |selector: &str| {
            page.wait_for_in_frame(&format!("document.querySelector('{selector}')"));
            page.eval_in_frame(&format!("document.querySelector('{selector}').click()"));
        };
        click("[data-rule=one-vote] .rule-links button");
        page.wait_for_in_frame("document.body.innerText.includes('two leaders in one term')");
        click("[data-rule=one-vote] .find");
        let command = "raftarium fuzz --rule one-vote";
        page.wait_for_in_frame(&format!(
            "document.querySelector('.search-row').innerText.includes('{command}')"
        ));
    });
}

#[test]
fn a_scenario_that_cannot_be_fetched_changes_nothing() {
    visit(|page| {
        page.eval("window.fetch = () => Promise.reject(new TypeError('offline')); null");
        page.click("button", "What goes wrong without it: dedupe");
        page.wait_for("document.querySelector('.banner.bad')");
        let text = page.eval("document.querySelector('.banner').innerText");
        let text = text.as_str().expect("a text");
        assert!(
            text.contains("cannot be opened") && text.contains("Nothing has changed"),
            "{text}"
        );
        let script = page.eval("raftarium.script()");
        assert!(script.as_str().is_some_and(|text| !text.contains("rule")), "{script}");
    });
}

#[test]
fn on_a_phone_the_rules_are_a_tab() {
    visit(|page| {
        page.resize(390, 844);
        page.wait_for("innerWidth === 390");
        assert!(!page.has("switch", "majority"));
        page.click("tab", "Rules");
        page.click("switch", "majority");
        page.wait_for_value(&switch("majority"), "false");
        assert_eq!(page.eval("document.documentElement.scrollWidth"), 390);
    });
}

#[test]
fn a_term_of_a_card_explains_itself_and_is_marked_once() {
    visit(|page| {
        let terms = "[...document.querySelectorAll('.rule-card .term button')]
            .map(term => term.textContent.toLowerCase())";
        page.wait_for(&format!("{terms}.includes('term') && {terms}.includes('majority')"));
        let twice = page.eval(&format!("{terms}.length - new Set({terms}).size"));
        assert_eq!(twice, 0);
        page.eval("document.querySelector('.rule-card .term button').focus()");
        page.wait_for(
            "document.querySelector('.term-tip:popover-open').textContent.includes('clock')",
        );
    });
}
