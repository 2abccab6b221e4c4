//! The session's lines: recorded, edited, undone; triggers and breakpoints.

use headless_chrome::browser::tab::ModifierKey;

use crate::cluster::{state, visit_with_leader, wait_for_state};
use crate::harness::visit;

use super::{hash, line_with, load, script, wait_for_no_line_with, wait_for_text};

#[test]
fn a_crash_becomes_a_line_that_can_be_undone_and_redone() {
    visit_with_leader(|page, leader, _| {
        page.click("tab", "Script");
        line_with(page, "latency");
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.click("menuitem", "Crash");
        page.click("tab", "Script");
        let line = line_with(page, &format!("crash {leader}"));
        assert!(line.starts_with("Line 3, done: at "), "{line}");
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        page.press_with("z", &[ModifierKey::Ctrl]);
        wait_for_text(page, ".notice", &format!("crash {leader}"));
        wait_for_text(page, ".notice", "Undone");
        wait_for_no_line_with(page, "crash");
        assert!(
            state(page)["servers"].as_array().expect("a list").iter().all(|s| s["alive"] == true)
        );
        page.press_with("z", &[ModifierKey::Ctrl, ModifierKey::Shift]);
        line_with(page, &format!("crash {leader}"));
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        page.click("button", "Undo");
        wait_for_no_line_with(page, "crash");
        page.click("button", "Undo");
        wait_for_text(page, ".notice", "There is nothing to undo");
    });
}

#[test]
fn a_line_is_changed_added_and_removed_by_keyboard() {
    visit(|page| {
        load(page, "servers 3\nwait leader\nrun 1s\ncrash s1\nrun 1s\n");
        page.eval("raftarium.seek(3000000)");
        line_with(page, "Line 4, done: crash s1");
        let before = hash(page);
        page.focus("button", "Line 4, done: crash s1");
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('aria-label') === 'Line 4'");
        page.eval("document.activeElement.value = 'crahs s2'");
        page.press("Enter");
        wait_for_text(page, ".line-editor .wrong", "4:1");
        wait_for_text(page, ".line-editor .wrong", "did you mean crash?");
        assert_eq!(page.eval("document.activeElement.value"), "crahs s2");
        assert_eq!(hash(page), before);
        page.press("Escape");
        page.wait_for("document.activeElement.ariaLabel?.startsWith('Line 4, ')");
        page.press("Enter");
        page.wait_for("document.activeElement.value === 'crash s1'");
        page.eval("document.activeElement.value = 'crash s2'");
        page.press("Enter");
        line_with(page, "Line 4, done: crash s2");
        let alive = "['s1', 's3'].every(id => state.servers.find(s => s.id === id).alive)";
        wait_for_state(page, &format!("{alive} && state.time === 3000000"));
        page.click("button", "Add a line below line 5");
        page.wait_for("document.activeElement.getAttribute('aria-label') === 'New line'");
        page.type_text("crash s3");
        page.press("Enter");
        line_with(page, "Line 6, done: crash s3");
        page.focus("button", "Remove line 6");
        page.press("Enter");
        wait_for_no_line_with(page, "crash s3");
        // The focus is not lost with the line.
        page.wait_for("document.activeElement.textContent === 'Undo'");
        page.press("Enter");
        line_with(page, "crash s3");
    });
}

#[test]
fn every_wrong_line_of_an_edited_text_is_reported() {
    visit(|page| {
        load(page, "servers 3\nrun 1s\n");
        page.click("button", "Edit as text");
        page.wait_for("document.activeElement.value === 'servers 3\\nrun 1s\\n'");
        page.eval("document.activeElement.value = 'servers 3\\ncrahs s1\\nrun\\n'");
        page.click("button", "Apply");
        wait_for_text(page, ".text-editor .wrong", "2:1");
        wait_for_text(page, ".text-editor .wrong", "3:4");
        assert_eq!(script(page), "servers 3\nrun 1s\n");
        page.eval("document.querySelector('textarea').value = 'servers 4\\nrun 1s\\n'");
        page.click("button", "Apply");
        line_with(page, "servers 4");
        wait_for_state(page, "state.servers.length === 4");
    });
}

#[test]
fn a_trigger_from_the_form_is_recorded_and_a_breakpoint_stops() {
    visit(|page| {
        load(page, "servers 3\n");
        page.eval("document.querySelector('.trigger summary').focus()");
        page.press("Enter");
        page.focus("combobox", "Condition");
        page.type_text("leadr");
        page.press("Tab");
        page.type_text("stop");
        page.press("Enter");
        wait_for_text(page, ".trigger .wrong", "did you mean leader?");
        page.eval("document.querySelector('.trigger input').value = 'leader'");
        page.press("Enter");
        wait_for_text(page, ".trigger .result", "Trigger set.");
        let line = line_with(page, "when leader do stop");
        assert!(line.starts_with("Line 3, done: at 0"), "{line}");
        page.eval("raftarium.speed(2)");
        page.eval("raftarium.play()");
        wait_for_state(page, "!state.playing && state.servers.some(s => s.role === 'leader')");
        wait_for_text(page, ".notice", "Paused by line 3: at 0");
        line_with(page, "Line 3, stopped here");
        let stopped_us = state(page)["time"].as_u64().expect("a time");
        page.click("button", "Play");
        wait_for_state(page, &format!("state.time > {stopped_us}"));
        line_with(page, "Line 3, done");
    });
}

#[test]
fn a_violation_shows_the_script_that_leads_to_it() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrule one-vote off\\nrule majority off\\n')");
        page.eval("raftarium.exec('partition s1 | s2,s3')");
        page.eval("raftarium.seek(3000000)");
        wait_for_text(page, ".violation summary", "The script so far: 1 action");
        wait_for_text(page, ".violation pre", "partition s1");
        page.click("button", "Start over");
        wait_for_state(page, "state.playing && state.violations.length === 0");
    });
}
