//! Links of their own: cut one way, latency and loss, by mouse, keyboard and touch.

use crate::cluster::{visit_with_leader, wait_for_state};
use crate::harness::Page;
use crate::session::script;

/// Opens the menu of the link between S1 and S2 with the keyboard.
fn open_menu(page: &Page) {
    page.eval("document.querySelector('[data-link=\"1-2\"]').focus()");
    page.press("Enter");
    page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
}

fn wait_for_link(page: &Page, name: &str) {
    page.wait_for(&format!(
        "document.querySelector('[data-link=\"1-2\"]').getAttribute('aria-label') === '{name}'"
    ));
}

/// Waits until the script of the session has a line that ends so.
fn wait_for_action(page: &Page, line: &str) {
    page.wait_for(&format!("(await raftarium.script()).includes(' {line}\\n')"));
}

/// Sets the value of a field of the link's sheet.
fn enter(page: &Page, field: &str, value: &str) {
    page.focus("textbox", field);
    page.eval("document.activeElement.select()");
    page.type_text(value);
    page.press("Enter");
}

#[test]
fn one_direction_is_cut_from_the_menu_and_healed() {
    visit_with_leader(|page, _, _| {
        open_menu(page);
        page.click("menuitem", "Cut S1 to S2");
        let up = |from: &str, to: &str, up: bool| {
            format!(
                "state.links.some(l => l.from === '{from}' && l.to === '{to}' && l.up === {up})"
            )
        };
        wait_for_state(page, &format!("{} && {}", up("s1", "s2", false), up("s2", "s1", true)));
        wait_for_link(page, "Link S1 to S2, cut from S1 to S2");
        open_menu(page);
        // An item that does not apply says why, and does nothing.
        page.wait_for(
            "[...document.querySelectorAll('[role=menuitem][aria-disabled=true]')]\
             .some(item => item.textContent === 'Cut S1 to S2already cut')",
        );
        page.click("menuitem", "Heal");
        wait_for_state(page, &up("s1", "s2", true));
        wait_for_link(page, "Link S1 to S2, up");
    });
}

#[test]
fn a_link_gets_a_latency_and_a_loss_of_its_own_by_keyboard_and_is_reset() {
    visit_with_leader(|page, _, _| {
        open_menu(page);
        page.press("l");
        page.wait_for("document.activeElement.textContent.startsWith('Latency and loss')");
        page.press("Enter");
        page.wait_for("document.querySelector('dialog.sheet[open]')");
        // The sheet is beside the stage: the ring is in sight and can be clicked.
        assert_eq!(
            page.eval(
                "(() => { const sheet = document.querySelector('dialog').getBoundingClientRect();
                  const stage = document.querySelector('.stage').getBoundingClientRect();
                  return stage.right <= sheet.left })()"
            ),
            true
        );
        enter(page, "Latency, both ways", "80ms..120ms");
        wait_for_action(page, "link s1 <-> s2 latency 80ms..120ms");
        wait_for_link(page, "Link S1 to S2, up, takes 80–120 ms");
        enter(page, "Loss, S2 to S1", "30%");
        wait_for_action(page, "link s2 -> s1 loss 30%");
        wait_for_link(page, "Link S1 to S2, up, loses 30 % from S2 to S1, takes 80–120 ms");
        page.wait_for(
            "document.querySelector('.lines .tube') && \
                       document.querySelectorAll('.own-label').length === 2",
        );
        // A wrong value is explained and sets nothing.
        enter(page, "Loss, S1 to S2", "much");
        page.wait_for("document.querySelector('dialog [role=alert]')");
        assert!(!script(page).contains("much"));
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
        page.wait_for("document.activeElement.dataset.link === '1-2'");
        open_menu(page);
        page.click("menuitem", "Reset latency and loss");
        wait_for_link(page, "Link S1 to S2, up");
        page.wait_for("!document.querySelector('.lines .tube, .own-label')");
    });
}

#[test]
fn a_finger_opens_the_menu_of_a_link() {
    visit_with_leader(|page, _, _| {
        page.resize(390, 844);
        page.wait_for("document.querySelector('.stage').clientWidth < 390");
        let middle = page.eval(
            "(() => { const box = document.querySelector('[data-link=\"1-2\"] .reach')\
             .getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })()",
        );
        let at = |index: usize| middle[index].as_f64().expect("a place");
        page.swipe((at(0), at(1)), (at(0), at(1)));
        page.wait_for("document.querySelector('[role=menu][aria-label=\"Link S1 to S2\"]')");
    });
}
