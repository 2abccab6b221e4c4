//! The focus: time and selection in the address, and the same thing marked in every view.

use serde_json::Value;

use crate::cluster::wait_for_state;
use crate::harness::{Page, visit, visit_at};

const SCRIPT: &str = "servers 3\nlatency 15ms..25ms\nseed 3\nwait leader\nset x 1\nrun 500ms\n";

fn load(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
    page.eval("raftarium.seek(700000)");
}

fn fragment(page: &Page) -> String {
    page.eval("location.hash").as_str().expect("a text").to_owned()
}

#[test]
fn the_address_restores_time_and_selection_and_back_leaves_the_page() {
    visit(|page| {
        let entries = page.eval("history.length");
        load(page);
        page.click("tab", "Servers");
        page.click("button", "Why S2 is in this state");
        page.wait_for("location.hash.endsWith('&select=s2')");
        assert_eq!(page.eval("history.length"), entries, "writing adds no entry");
        let address = fragment(page);
        visit_at(&address, |other| {
            wait_for_state(other, "state.time === 700000 && !state.playing");
            other.wait_for("document.querySelector('.inspector-title')?.textContent[1] === '2'");
            other.wait_for("document.querySelector('.server[data-selected]')");
        });
    });
}

#[test]
fn the_address_is_not_written_while_time_passes() {
    visit(|page| {
        load(page);
        page.wait_for("location.hash.length > 1");
        let before = fragment(page);
        page.eval(
            "window.writes = 0;
             const replace = history.replaceState;
             history.replaceState = function (...all) {
                 window.writes += 1;
                 return replace.apply(this, all);
             };
             raftarium.speed(1).then(() => raftarium.play())",
        );
        wait_for_state(page, "state.time > 3500000");
        assert_eq!(page.eval("window.writes"), 0);
        assert_eq!(fragment(page), before);
        page.eval("raftarium.pause()");
        page.wait_for("window.writes === 1");
        assert_ne!(fragment(page), before);
    });
}

#[test]
fn a_hovered_server_is_marked_in_every_view_and_escape_clears_the_selection() {
    visit(|page| {
        load(page);
        page.click("tab", "Servers");
        let marked = "[...document.querySelectorAll('[data-hovered]')].map(e => e.tagName).sort()";
        page.eval(
            "document.querySelector('.servers-table [data-selection=s2]').dispatchEvent(
                new PointerEvent('pointerover', { bubbles: true, relatedTarget: document.body }))",
        );
        page.wait_for(&format!("{marked}.join() === 'TH,TR,g'"));
        // The keyboard focus marks, too.
        page.eval("document.querySelector('[data-server=\"3\"]').focus()");
        page.wait_for("document.querySelector('tr[data-selection=s3][data-hovered]')");
        assert_eq!(
            page.eval("document.querySelectorAll('[data-selection=s2][data-hovered]').length"),
            0
        );
        page.click("button", "Why S1 is in this state");
        page.wait_for("document.querySelector('.server[data-selected]')");
        page.press("Escape");
        page.wait_for("!document.querySelector('[data-selected]')");
    });
}
