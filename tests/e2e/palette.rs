//! The palette: every action of the page, found by a few letters.

use headless_chrome::browser::tab::ModifierKey;

use crate::cluster::{state, visit_with_leader, wait_for_state};
use crate::harness::{Page, visit};
use crate::session::{load, script, wait_for_text};

/// The name of the option that Enter would choose.
const ACTIVE: &str = "document.getElementById(document.activeElement
    .getAttribute('aria-activedescendant'))?.querySelector('.action-name').textContent";

fn open(page: &Page) {
    page.press_with("k", &[ModifierKey::Ctrl]);
    page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
}

/// Searches, and runs the action of that name.
fn choose(page: &Page, query: &str, name: &str) {
    open(page);
    page.type_text(query);
    page.wait_for_value(ACTIVE, name);
    page.press("Enter");
    page.wait_for("!document.querySelector('dialog')");
}

#[test]
fn an_action_is_found_and_done_by_keyboard_alone() {
    visit_with_leader(|page, leader, _| {
        page.eval("raftarium.pause()");
        let name = leader.to_uppercase();
        choose(page, &format!("{leader} crsh"), &format!("{name}: Crash"));
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        assert!(script(page).contains(&format!("crash {leader}")));
    });
}

#[test]
fn an_unavailable_action_says_why_and_stays() {
    visit(|page| {
        load(page, "servers 3\n");
        let before = script(page);
        open(page);
        page.type_text("heal all links");
        page.wait_for_value(ACTIVE, "Heal all links");
        page.press("Enter");
        wait_for_text(page, "dialog [role=status]", "Not done: No link is cut");
        assert_eq!(script(page), before);
        let disabled = "document.querySelector('[role=option]').getAttribute('aria-disabled')";
        assert_eq!(page.eval(disabled), "true");
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
    });
}

#[test]
fn arrows_select_and_the_focus_returns() {
    visit(|page| {
        page.focus("button", "Search actions");
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.wait_for_value(ACTIVE, "Pause");
        page.press("ArrowDown");
        page.wait_for_value(ACTIVE, "Next event");
        page.press("ArrowUp");
        page.press("ArrowUp");
        let selected = "document.querySelectorAll('[role=option][aria-selected=true]').length";
        assert_eq!(page.eval(selected), 1);
        page.type_text("zzzz");
        wait_for_text(page, "dialog [role=status]", "No action matches");
        page.press("Escape");
        page.wait_for("document.activeElement.textContent.startsWith('Search actions')");
    });
}

#[test]
fn the_palette_opens_dialogs_tabs_statements_and_terms() {
    visit(|page| {
        choose(page, "dark", "Theme: dark");
        page.wait_for("document.documentElement.dataset.theme === 'dark'");
        choose(page, "show script", "Show Script");
        page.wait_for(
            "document.querySelector('.tabs [aria-selected=true]').textContent
            === 'Script'",
        );
        open(page);
        page.type_text("console isolate");
        page.wait_for_value(ACTIVE, "isolate SET");
        page.press("Enter");
        page.wait_for("document.activeElement.value === 'isolate leader'");
        page.eval("document.activeElement.blur()");
        open(page);
        page.type_text("quorum glossary");
        page.wait_for(&format!("/quorum/.test({ACTIVE})"));
        page.press("Enter");
        page.wait_for("document.querySelector('dialog[aria-label=Glossary] dfn')");
    });
}

#[test]
fn a_rule_is_switched_off_as_an_action_of_the_language() {
    visit(|page| {
        load(page, "servers 3\n");
        choose(page, "rule commit own", "Rule commit-own-term: turn off");
        page.wait_for("(await raftarium.script()).includes('rule commit-own-term off')");
        assert_eq!(state(page)["playing"], false);
    });
}

#[test]
fn the_question_mark_opens_the_keys_and_single_keys_can_be_switched_off() {
    visit(|page| {
        page.press("?");
        page.wait_for("document.querySelector('dialog[aria-label=\"Keyboard shortcuts\"]')");
        for key in ["Space", "Ctrl+K", "Ctrl+Shift+Z", "1 to 9"] {
            let shown = format!(
                "[...document.querySelectorAll('dialog kbd')].some(k => k.textContent === '{key}')"
            );
            assert_eq!(page.eval(&shown), true, "{key}");
        }
        page.click("checkbox", "Single-key shortcuts");
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
        page.eval("raftarium.pause()");
        page.press("?");
        page.press(".");
        // The palette has a key with Ctrl, which still works.
        open(page);
        assert_eq!(page.eval("document.querySelectorAll('dialog').length"), 1);
    });
}

#[test]
fn a_tap_chooses_an_action() {
    visit(|page| {
        page.click("button", "Search actions");
        page.wait_for("document.querySelector('[role=option]')");
        page.click_starting("option", "Pause");
        wait_for_state(page, "!state.playing");
    });
}

#[test]
fn each_export_is_an_action_of_its_own() {
    visit(|page| {
        load(page, "servers 3\nlatency 15ms\nwait leader\n");
        page.eval("raftarium.run()");
        page.eval(
            "window.saved = [];
             const make = URL.createObjectURL;
             URL.createObjectURL = blob => { saved.push(blob.type); return make.call(URL, blob) };
             null",
        );
        open(page);
        page.type_text("export:");
        let names = "[...document.querySelectorAll('[role=option] .action-name')]
            .filter(name => name.textContent.startsWith('Export:')).length";
        page.wait_for_value(names, 10);
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
        for (query, name, file) in [
            ("stage svg", "Export: save Stage as SVG", "raftarium-stage.svg"),
            ("timeline png", "Export: save Timeline as PNG", "raftarium-timeline.png"),
            ("save mermaid", "Export: save Mermaid", "raftarium.mmd"),
            ("save trace", "Export: save Trace", "raftarium.jsonl"),
        ] {
            choose(page, query, name);
            wait_for_text(page, ".notice", file);
        }
        page.wait_for("saved.length === 4");
    });
}

#[test]
fn the_menu_of_the_selected_message_or_client_comes_first() {
    visit(|page| {
        load(page, "latency 200ms..250ms\nelection-timeout never\ntimeout s1\n");
        page.eval("raftarium.exec('run 40ms')");
        page.click("button", "RequestVote S1 to S3, term 1");
        page.press("Escape");
        open(page);
        page.wait_for_value(ACTIVE, "RequestVote S1 to S3, term 1: Drop");
        page.press("Enter");
        wait_for_state(page, "state.messages.every(message => message.to !== 's3')");
        page.click_starting("button", "C1");
        page.press("Escape");
        open(page);
        page.wait_for_value(ACTIVE, "C1: Cut off from all servers");
        page.press("Enter");
        wait_for_state(page, "state.links.filter(l => l.from === 'c1').every(l => !l.up)");
    });
}
