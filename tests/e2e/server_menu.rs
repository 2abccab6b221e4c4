//! The menu of a server: beside the ring, what applies first, values in a form.

use crate::cluster::{visit_with_leader, wait_for_state};
use crate::harness::Page;

/// Whether the menu covers a server of the ring.
const COVERS_A_SERVER: &str = "(() => {
    const menu = document.querySelector('.menu').getBoundingClientRect();
    return [...document.querySelectorAll('.server .body')].some(server => {
        const box = server.getBoundingClientRect();
        return menu.left < box.right && box.left < menu.right
            && menu.top < box.bottom && box.top < menu.bottom;
    });
})()";

fn items(page: &Page) -> Vec<String> {
    let names = page.eval(
        "[...document.querySelectorAll('[role=menuitem]')].map(item => item.firstChild.data)",
    );
    serde_json::from_value(names).expect("names")
}

#[test]
fn what_applies_stands_first_and_the_rest_under_more_with_reasons() {
    visit_with_leader(|page, leader, _| {
        page.eval("raftarium.pause()");
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.wait_for("document.querySelector('[role=menu]')");
        let before = items(page);
        assert_eq!(before[0], "Crash");
        assert!(!before.contains(&"Restart".to_owned()), "{before:?}");
        assert_eq!(page.eval("document.querySelectorAll('.menu [aria-disabled]').length"), 0);
        page.click_starting("menuitem", "More");
        page.wait_for("document.querySelector('.more[aria-expanded=true]')");
        let after = items(page);
        assert!(after.contains(&"Restart".to_owned()), "{after:?}");
        let without_reason = page.eval(
            "[...document.querySelectorAll('.menu [aria-disabled]')]\
             .filter(item => !item.querySelector('small')?.textContent).length",
        );
        assert_eq!(without_reason, 0);
    });
}

#[test]
fn the_menu_leaves_the_ring_in_view() {
    for (width, height) in [(1440, 900), (1280, 800), (390, 844)] {
        visit_with_leader(|page, _, _| {
            page.resize(width, height);
            page.eval("raftarium.pause()");
            for number in 1..=5 {
                page.eval(&format!(
                    "document.querySelector('[data-server=\"{number}\"]')\
                     .dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))"
                ));
                page.wait_for("document.querySelector('[role=menu]')");
                assert_eq!(page.eval(COVERS_A_SERVER), false, "S{number} at {width}x{height}");
                page.press("Escape");
                page.wait_for("!document.querySelector('[role=menu]')");
            }
        });
    }
}

#[test]
fn a_clock_and_a_pause_take_a_value_by_keyboard() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.pause()");
        page.press("2");
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        page.press("c");
        page.wait_for("document.activeElement.textContent === 'Clock speed'");
        page.press("Enter");
        page.wait_for("document.activeElement.type === 'number'");
        page.type_text("1.5");
        page.press("Enter");
        page.wait_for_starting("button", "S2, follower");
        page.wait_for(
            "document.querySelector('[data-server=\"2\"]').getAttribute('aria-label')\
             .includes('1.5 times the true speed')",
        );
        page.press("Enter");
        page.click("menuitem", "Pause for");
        page.wait_for("document.activeElement.type === 'number'");
        // What is out of range is not done.
        page.type_text("0");
        page.press("Enter");
        assert_eq!(page.eval("document.activeElement.type"), "number");
        page.press("Escape");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        page.click("menuitem", "Pause for");
        page.wait_for("document.activeElement.type === 'number'");
        page.type_text("200");
        page.press("Enter");
        wait_for_state(page, "state.servers[1].paused");
        page.eval("raftarium.exec('run 210ms')");
        wait_for_state(page, "!state.servers[1].paused");
    });
}
