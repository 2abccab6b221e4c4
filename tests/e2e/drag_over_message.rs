//! A drag that begins on a message draws a partition line, as anywhere on the stage.

use crate::harness::{Page, visit};
use crate::session::{load, script};

/// Requests for votes are on their way.
const ELECTION: &str = "latency 15ms..25ms\nelection-timeout never\ntimeout s1\nrun 9ms\n";

/// The middle of a message on the stage.
fn message(page: &Page) -> (f64, f64) {
    load(page, ELECTION);
    page.eval("raftarium.run()");
    page.wait_for("document.querySelectorAll('[data-message]').length === 4");
    let at = page.eval(
        "(box => [box.x + box.width / 2, box.y + box.height / 2])\
         (document.querySelector('[data-message]').getBoundingClientRect())",
    );
    (at[0].as_f64().expect("a place"), at[1].as_f64().expect("a place"))
}

fn wait_for_partition(page: &Page) {
    page.wait_for(
        "(await raftarium.state()).links.some(link => !link.up) &&
         document.querySelector('.side-line')",
    );
    assert!(script(page).contains("cut ") || script(page).contains("partition "));
    assert_eq!(page.eval("document.querySelector('[role=menu]')"), serde_json::Value::Null);
}

#[test]
fn a_mouse_that_is_dragged_from_a_message_partitions() {
    visit(|page| {
        let (x, y) = message(page);
        page.drag((x, y), (x + 160.0, y + 20.0));
        wait_for_partition(page);
    });
}

#[test]
fn a_finger_that_is_dragged_from_a_message_partitions() {
    visit(|page| {
        let (x, y) = message(page);
        page.swipe((x, y), (x + 160.0, y + 20.0));
        wait_for_partition(page);
    });
}

#[test]
fn a_mouse_that_trembles_on_a_message_opens_its_menu() {
    visit(|page| {
        let (x, y) = message(page);
        page.drag((x, y), (x + 4.0, y + 3.0));
        page.wait_for("document.querySelector('[role=menu]')?.textContent.includes('Drop')");
        page.wait_for("(await raftarium.state()).links.every(link => link.up)");
    });
}
