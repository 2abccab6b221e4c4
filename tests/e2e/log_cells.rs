//! The cells of the logs: selected by mouse, finger and keyboard; snapshots show what they hold.

use serde_json::Value;

use crate::harness::{Page, visit};

fn open(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    assert_eq!(page.eval("raftarium.run()")["ok"], true, "{script}");
}

const INSPECTED: &str = "document.querySelector('.inspector-title').textContent";
const FOCUSED: &str = "document.activeElement.getAttribute('aria-label')";

const COMMANDS: &str = "latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\nset x 3\n\
    wait answer = ok\nrun 200ms\nset y 4\nrun 20ms\n";

#[test]
fn a_cell_says_who_has_the_entry_and_why_it_is_not_committed() {
    visit(|page| {
        open(page, COMMANDS);
        page.click_starting("button", "S1 entry 3, term 1, y←4");
        page.wait_for_value(INSPECTED, "Entry 3 of term 1, in S1's log");
        page.wait_for(
            "document.querySelector('.commitment').textContent\
             .includes('It has 1 of the 3 copies that it needs')",
        );
        page.wait_for(
            "document.querySelector('.logs-panel').textContent\
             .includes('entry 3 is on 1 of 5, needs 3')",
        );
        page.tap_starting("button", "S2 entry 2, term 1, x←3");
        page.wait_for_value(INSPECTED, "Entry 2 of term 1, in S2's log");
        page.wait_for("document.querySelector('.commitment').textContent.startsWith('Committed')");
        page.click("button", "C1's command 1");
        page.wait_for_value(INSPECTED, "C1's command 1: set x 3");
    });
}

#[test]
fn the_arrow_keys_walk_through_the_cells() {
    visit(|page| {
        open(page, COMMANDS);
        page.tab_to("e.classList.contains('cell')");
        page.wait_for(&format!("{FOCUSED}.startsWith('S1 entry 1')"));
        page.press("ArrowRight");
        page.wait_for(&format!("{FOCUSED}.startsWith('S1 entry 2')"));
        page.press("ArrowDown");
        page.wait_for(&format!("{FOCUSED}.startsWith('S2 entry 2')"));
        page.press("Home");
        page.wait_for(&format!("{FOCUSED}.startsWith('S2 entry 1')"));
        page.press("ArrowUp");
        page.press("End");
        page.wait_for(&format!("{FOCUSED}.startsWith('S1 entry 3')"));
        page.press("Enter");
        page.wait_for_value(INSPECTED, "Entry 3 of term 1, in S1's log");
        // One stop of the Tab key, where the focus was.
        assert_eq!(page.eval("document.querySelectorAll('.cell[tabindex=\"0\"]').length"), 1);
    });
}

#[test]
fn a_snapshot_shows_its_keys_and_no_column_is_far_from_an_entry() {
    visit(|page| {
        open(page, &format!("{COMMANDS}wait answer = ok\nsnapshot s1\n"));
        page.click_starting("button", "S1's snapshot replaces entries 1 to 3: x=3 y=4");
        page.wait_for_value(INSPECTED, "S1's snapshot replaces entries 1 to 3");
        page.wait_for_value(
            "[...document.querySelectorAll('.snapshot-values tr')].map(r => r.textContent).join()",
            "x3,y4",
        );
        let columns = page.eval("document.querySelectorAll('.logs thead th').length");
        assert_eq!(columns, 1 + 6);
    });
}

#[test]
fn a_phone_shows_the_first_entries_whole() {
    visit(|page| {
        page.resize(390, 844);
        page.wait_for("innerWidth === 390");
        open(page, COMMANDS);
        // Three entries and the column after them fit.
        page.wait_for("document.querySelectorAll('.logs thead th').length <= 1 + 5");
        let first = page.eval(
            "(names => document.querySelector('.logs td.entry').getBoundingClientRect().left \
              >= names.right - 1)\
             (document.querySelector('.logs tbody th').getBoundingClientRect())",
        );
        assert_eq!(first, true);
        assert_eq!(page.eval("document.querySelector('.logs-scroll').scrollLeft"), 0);
    });
}
