//! The command row, and Reset and New beside Play.

use crate::cluster::{visit_with_leader, wait_for_state};
use crate::harness::{Page, visit};

/// Types a line into the field that has the focus, and enters it.
fn enter(page: &Page, line: &str) {
    page.type_text(line);
    page.press("Enter");
}

const FIELD: &str = "document.querySelector('[aria-label=Command]')";

#[test]
fn commands_and_statements_are_entered_by_keyboard_alone() {
    visit_with_leader(|page, leader, _| {
        page.tab_to("e.ariaLabel === 'Command' || e.getAttribute('aria-label') === 'Command'");
        enter(page, "set colour blue");
        wait_for_state(page, "state.servers.every(s => s.values.colour === 'blue')");
        enter(page, &format!("crash {leader}"));
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        // The newest line first, and the field is empty again below it.
        page.press("ArrowUp");
        page.wait_for_value(&format!("{FIELD}.value"), format!("crash {leader}"));
        page.press("ArrowUp");
        page.wait_for_value(&format!("{FIELD}.value"), "set colour blue");
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.wait_for_value(&format!("{FIELD}.value"), "");
        // The lines are the console's, too, and the script's.
        page.click("tab", "Console");
        page.wait_for("document.querySelector('.transcript').textContent.includes('crash s')");
        page.click("tab", "Script");
        page.wait_for("document.querySelector('.script').textContent.includes('set colour blue')");
    });
}

#[test]
fn a_wrong_line_is_explained_where_it_is_wrong() {
    visit(|page| {
        page.focus("textbox", "Command");
        enter(page, "crash leder");
        let alert = "document.querySelector('.command-row [role=alert]')";
        page.wait_for(&format!("{alert}?.textContent.includes('column 7')"));
        page.wait_for(&format!("{alert}.textContent.includes('leader')"));
        assert_eq!(page.eval(&format!("{FIELD}.value")), "crash leder");
        page.wait_for_value(&format!("{FIELD}.selectionStart"), 6);
        page.type_text(" ");
        page.wait_for(&format!("!{alert}"));
        // An empty line says what to type.
        page.eval(&format!("{FIELD}.value = ''"));
        page.click("button", "Send");
        page.wait_for(&format!("{alert}?.textContent.includes('set x 1')"));
    });
}

#[test]
fn the_chosen_client_sends_the_command() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nclients 3\\nwait leader\\n')");
        page.eval("raftarium.run()");
        page.eval(
            "(select => { select.value = '2';
               select.dispatchEvent(new Event('change', { bubbles: true })) })
             (document.querySelector('[aria-label=Client]'))",
        );
        page.focus("textbox", "Command");
        enter(page, "set x 1");
        wait_for_state(page, "state.clients[2].operations.length === 1");
        enter(page, "set x 2 by c2");
        wait_for_state(page, "state.clients[1].operations.length === 1");
    });
}

#[test]
fn reset_starts_the_script_over_and_the_run_can_be_brought_back() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nseed 7\\n')");
        page.eval("raftarium.seek(900000)");
        page.eval("raftarium.exec('crash leader')");
        page.eval("raftarium.seek(2000000)");
        let there = page.eval("raftarium.hash()");
        page.click("button", "Reset");
        wait_for_state(page, "state.time === 0 && state.servers.every(s => s.alive)");
        assert_eq!(page.eval("raftarium.script()"), "servers 3\nseed 7\n");
        page.click("button", "Restore the previous session");
        page.wait_for_value("raftarium.hash()", there);
        page.click("button", "New");
        wait_for_state(page, "state.playing && state.servers.length === 5");
    });
}
