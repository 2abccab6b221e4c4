//! What fits at which size of the window, and what a violation marks.

use serde_json::Value;

use crate::harness::{Page, visit};

/// A read that breaks linearizability, and a partition: the widest header and table.
const STALE_READ: &str = include_str!("../../scenarios/broken/read-quorum.raft");

fn show_stale_read(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(STALE_READ)));
    assert_eq!(page.eval("raftarium.run()")["ok"], true);
    page.wait_for("document.querySelector('.side-line.majority')");
}

#[test]
fn the_controls_stand_in_one_row_beside_the_panels() {
    visit(|page| {
        for width in [1024, 1280, 1440, 1920] {
            page.resize(width, 800);
            page.wait_for(&format!("innerWidth === {width}"));
            let rows = "new Set([...document.querySelectorAll('.controls > button')]\
                        .map(part => Math.round(part.getBoundingClientRect().top))).size";
            page.wait_for_value(rows, 1);
        }
    });
}

#[test]
fn nothing_is_wider_than_a_phone() {
    visit(|page| {
        page.resize(390, 844);
        page.wait_for("innerWidth === 390");
        show_stale_read(page);
        page.wait_for("document.querySelector('.verdict').textContent.includes('violated')");
        assert_eq!(page.eval("document.documentElement.scrollWidth"), 390);
        page.click("tab", "Servers");
        let table = "document.querySelector('.tab-panel')";
        let hidden = page.eval(&format!("{table}.scrollWidth - {table}.clientWidth"));
        assert_eq!(hidden, 0, "a part of the table is out of sight");
    });
}

#[test]
fn the_answer_that_fits_no_order_is_marked_in_words() {
    visit(|page| {
        show_stale_read(page);
        page.click("tab", "Clients");
        let outcomes = "[...document.querySelectorAll('.operations td:nth-child(3)')]\
                        .map(cell => cell.textContent.trim())";
        let expected = serde_json::json!(["✓ ok", "✓ ok", "✗ returned 1, fits no order"]);
        page.wait_for_value(outcomes, expected);
    });
}
