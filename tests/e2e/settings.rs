//! The settings dialog: every setting of the language, as actions on the running cluster.

use crate::cluster::{state, wait_for_state};
use crate::harness::{Page, visit};
use crate::session::{line_with, load, script, wait_for_text};

/// The field of a setting, by its line in the language.
fn field(line: &str) -> String {
    format!("document.querySelector('[data-setting=\"{line}\"]')")
}

fn open(page: &Page) {
    load(page, "servers 5\nclients 2\nlatency 1ms\n");
    page.click("button", "Settings");
    page.wait_for("document.querySelector('dialog[open] [data-setting]')");
}

/// Replaces the text in the focused field and leaves it.
fn enter(page: &Page, text: &str) {
    page.eval("document.activeElement.select()");
    page.type_text(text);
    page.press("Tab");
}

#[test]
fn a_change_is_a_recorded_action_that_can_be_undone() {
    visit(|page| {
        open(page);
        page.focus("textbox", "Loss");
        enter(page, "12.5%");
        page.click("switch", "Check quorum");
        page.focus("textbox", "Client timeout");
        enter(page, "never");
        page.click("switch", "majority");
        page.press("Escape");
        for line in ["loss 12.5%", "check-quorum on", "client-timeout never", "rule majority off"] {
            line_with(page, line);
        }
        assert!(script(page).contains("by-hand"), "{}", script(page));
        page.click("button", "Undo");
        wait_for_text(page, ".notice", "Undone");
        assert!(!script(page).contains("rule majority off"));
    });
}

#[test]
fn a_choice_is_made_with_the_arrow_keys() {
    visit(|page| {
        open(page);
        page.focus("radio", "redirect: a follower names the leader, and the client goes there");
        page.press("ArrowDown");
        page.wait_for(&format!(
            "{}.querySelector('input:checked') === document.activeElement",
            field("routing")
        ));
        page.press("Escape");
        line_with(page, "routing forward");
    });
}

#[test]
fn a_wrong_value_is_explained_and_changes_nothing() {
    visit(|page| {
        open(page);
        let before = script(page);
        page.focus("textbox", "Latency");
        enter(page, "15ms..5ms");
        let error = format!("{}.querySelector('[role=alert]')?.textContent", field("latency"));
        page.wait_for(&format!("{error}?.includes('did you mean 5ms..15ms')"));
        assert_eq!(script(page), before);
        page.focus("textbox", "Latency");
        enter(page, "5ms..15ms");
        page.wait_for(&format!("!{error}"));
        page.press("Escape");
        line_with(page, "latency 5ms..15ms");
    });
}

#[test]
fn a_preset_sets_both_timers_and_is_then_chosen() {
    visit(|page| {
        open(page);
        page.wait_for(&format!(
            "{}.querySelector('input:checked').parentNode.textContent
            .includes('section 9.3')",
            field("preset")
        ));
        page.click_starting("radio", "fastapi-raft");
        let value = |line| format!("{}.querySelector('input').value", field(line));
        page.wait_for_value(&value("election-timeout"), "3s..5s");
        page.wait_for_value(&value("heartbeat"), "500ms");
    });
}

#[test]
fn a_rule_and_a_clock_are_set_for_one_server() {
    visit(|page| {
        open(page);
        page.eval(
            "(select => { select.value = '2';
             select.dispatchEvent(new Event('change', { bubbles: true })) })
             (document.querySelector('dialog select'))",
        );
        page.click("switch", "one-vote");
        page.focus("textbox", "Clock of S3");
        enter(page, "1.5");
        page.press("Escape");
        line_with(page, "rule one-vote off on s2");
        line_with(page, "skew s3 1.5");
    });
}

#[test]
fn the_search_finds_a_setting_by_what_it_does() {
    visit(|page| {
        open(page);
        page.focus("searchbox", "Search settings");
        page.type_text("arrive twice or duplicates");
        page.wait_for("document.querySelector('dialog .empty')");
        page.eval("document.activeElement.select()");
        page.type_text("stale");
        page.wait_for_value(
            "[...document.querySelectorAll('dialog [data-setting]')]
                 .map(row => row.dataset.setting).includes('reads')",
            true,
        );
        page.wait_for(&format!("!{}", field("loss")));
    });
}

#[test]
fn a_new_cluster_gets_learners_spare_servers_and_the_settings() {
    visit(|page| {
        open(page);
        page.click("switch", "Pre vote");
        for (name, number) in [("Servers", "3"), ("Learners", "1"), ("Spare servers", "1")] {
            page.focus("spinbutton", name);
            enter(page, number);
        }
        page.click("button", "Start a new cluster");
        wait_for_state(page, "state.servers.length === 5");
        let text = script(page);
        for line in ["servers 5", "learners s4", "joining s5", "pre-vote on", "latency 1ms..1ms"] {
            assert!(text.contains(line), "{line} is missing in {text}");
        }
        assert_eq!(state(page)["playing"], true);
    });
}
