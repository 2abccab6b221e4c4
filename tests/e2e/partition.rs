//! The partition: its sheet beside the stage, presets, cuts that are kept, and the line.

use serde_json::json;

use crate::cluster::{visit_with_leader, wait_for_state};
use crate::harness::Page;
use crate::session::script;

fn open(page: &Page) {
    page.click("button", "Partition");
    page.wait_for("document.querySelector('dialog.partition[open]')");
}

/// The text of an element of the sheet.
fn text(page: &Page, selector: &str) -> String {
    let found = page.eval(&format!("document.querySelector('dialog {selector}').textContent"));
    found.as_str().expect("a text").to_owned()
}

/// The middle of a server on the stage.
fn middle(page: &Page, number: usize) -> (f64, f64) {
    let at = page.eval(&format!(
        "(() => {{ const box = document.querySelector('[data-server=\"{number}\"] .body')\
         .getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }})()"
    ));
    (at[0].as_f64().expect("a place"), at[1].as_f64().expect("a place"))
}

/// Waits for the groups that the sheet would make.
fn wait_for_outcome(page: &Page, groups: &str) {
    page.wait_for(&format!(
        "document.querySelector('dialog .outcome p')?.textContent === '{groups}'"
    ));
}

const HALVES: &str = "'partition s1,s2 | s3,s4,s5'";

#[test]
fn the_sheet_shows_the_present_partition_and_what_will_be_healed_and_kept() {
    visit_with_leader(|page, _, _| {
        page.eval(&format!("raftarium.exec({HALVES})"));
        page.eval("raftarium.exec('cut s4 -> s5')");
        open(page);
        page.wait_for(
            "document.querySelector('dialog').textContent.includes('Now: S1, S2  |  S3–S5')",
        );
        wait_for_outcome(page, "S1, S2  |  S3–S5");
        assert_eq!(
            page.eval("document.querySelector('dialog [type=submit]').ariaDisabled"),
            "true",
            "nothing would change"
        );
        // A click on the stage moves a server; its menu stays closed.
        let (x, y) = middle(page, 3);
        page.click_at(x, y);
        wait_for_outcome(page, "S1–S3  |  S4, S5");
        assert_eq!(page.eval("document.querySelector('[role=menu]')"), json!(null));
        assert_eq!(text(page, ".heals"), "Heals the links S1 to S3, S2 to S3.");
        assert_eq!(text(page, ".keeps"), "The link S4 to S5 stays cut.");
        page.click("button", "Partition the servers");
        wait_for_state(
            page,
            "state.links.filter(l => /^s/.test(l.from) && /^s/.test(l.to)).every(l => {
                 const left = ['s1', 's2', 's3'];
                 const together = left.includes(l.from) === left.includes(l.to);
                 return l.up === (together && !(l.from === 's4' && l.to === 's5'));
             })",
        );
        let text = script(page);
        assert!(text.contains("heal s1,s2 <-> s3") && text.contains("cut s1,s2,s3 <-> s4,s5"));
    });
}

#[test]
fn a_preset_isolates_the_leader() {
    visit_with_leader(|page, leader, _| {
        open(page);
        page.click("button", "Isolate the leader");
        page.click("button", "Partition the servers");
        wait_for_state(
            page,
            &format!(
                "state.links.filter(l => /^s/.test(l.from) && /^s/.test(l.to)).every(l => \
                 l.up === ((l.from === '{leader}') === (l.to === '{leader}')))"
            ),
        );
    });
}

#[test]
fn presets_without_a_leader_say_so() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.load('election-timeout never\\n')");
        open(page);
        page.wait_for(
            "[...document.querySelectorAll('dialog .choices button')].every(button => \
             button.ariaDisabled === 'true' && button.textContent.includes('there is no leader'))",
        );
    });
}

#[test]
fn a_finger_moves_a_server_and_the_stage_stays_in_sight_on_a_phone() {
    visit_with_leader(|page, _, _| {
        page.resize(390, 844);
        page.wait_for("document.querySelector('.stage').clientWidth < 390");
        page.eval(
            "[...document.querySelectorAll('button')].find(b => b.textContent === 'Partition')\
             .click(); scrollTo(0, 0); null",
        );
        page.wait_for("document.querySelector('dialog.partition[open]')");
        let covered =
            "(() => { const top = document.querySelector('dialog').getBoundingClientRect().top;
            return [...document.querySelectorAll('.server .body')]
                .filter(body => body.getBoundingClientRect().bottom > top).length })()";
        assert_eq!(page.eval(covered), 0);
        let at = middle(page, 1);
        page.swipe(at, at);
        wait_for_outcome(page, "S2–S5  |  S1");
    });
}

#[test]
fn escape_closes_the_sheet_and_the_page_goes_on_meanwhile() {
    visit_with_leader(|page, _, _| {
        open(page);
        let now = "(async () => (await raftarium.state()).time)()";
        let before = page.eval(now).as_f64().expect("a time");
        page.wait_for(&format!("await {now} > {before}"));
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
        page.wait_for("document.activeElement.textContent === 'Partition'");
    });
}

#[test]
fn a_line_keeps_the_cuts_that_there_are() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.exec('cut s3 <-> s4')");
        page.wait_for("document.querySelector('.cut-mark')");
        let ((left, y1), (right, y2)) = (middle(page, 5), middle(page, 2));
        let y = (middle(page, 1).1 + y1.min(y2)) / 2.0;
        page.drag((left - 30.0, y), (right + 30.0, y));
        wait_for_state(
            page,
            "state.links.filter(l => /^s/.test(l.from) && /^s/.test(l.to)).every(l => {
                 const pair = [l.from, l.to].sort().join();
                 return l.up === ((l.from === 's1') === (l.to === 's1') && pair !== 's3,s4');
             })",
        );
    });
}
