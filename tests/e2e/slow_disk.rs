//! A server's own slow disk: set in its menu, drawn on the stage, removed by its chip.

use headless_chrome::browser::tab::ModifierKey;
use serde_json::json;

use crate::harness::{Page, visit};
use crate::session::load;

/// Opens a cluster in which S1 leads and every write takes no time.
fn open(page: &Page) {
    load(
        page,
        "servers 3\nelection-timeout never\nheartbeat never\nlatency 10ms\ntimeout s1\nsettle\n",
    );
    page.eval("raftarium.run()");
    page.wait_for_starting("button", "S1, leader");
}

/// What the stage says of S2.
const SERVER: &str = "document.querySelector('[data-server=\"2\"]')";
/// Waits for that line of the session.
fn line_with(page: &Page, line: &str) {
    page.wait_for(&format!("(await raftarium.script()).includes('{line}')"));
}

const CHIPS: &str = "[...document.querySelectorAll('.deviation')].map(chip => chip.textContent)";

fn set_slow_disk(page: &Page, ms: &str) {
    page.press("2");
    page.press("Enter");
    page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
    page.click("menuitem", "Slow disk");
    page.wait_for("document.activeElement.type === 'number'");
    page.type_text(ms);
    page.press("Enter");
}

#[test]
fn a_slow_disk_is_set_by_keyboard_drawn_and_removed_by_its_chip() {
    visit(|page| {
        // Wide enough that no chip is folded.
        page.resize(1440, 900);
        open(page);
        page.eval("document.querySelector('[data-server=\"1\"]').focus()");
        set_slow_disk(page, "80");
        page.wait_for(&format!(
            "{SERVER}.getAttribute('aria-label').includes('its disk takes 80 ms for a write')"
        ));
        page.wait_for(&format!("{SERVER}.querySelector('.drum').getBoundingClientRect().width"));
        page.wait_for(&format!("{SERVER}.querySelector('.unusual').textContent === '80ms'"));
        page.wait_for(&format!("{CHIPS}.includes('S2 disk 80 ms')"));
        line_with(page, "disk 80ms on s2");

        page.click("button", "Remove S2 disk 80 ms");
        page.wait_for(&format!("!{CHIPS}.includes('S2 disk 80 ms')"));
        page.wait_for(&format!("!{SERVER}.querySelector('.drum')"));
        line_with(page, "disk default on s2");
        page.press_with("z", &[ModifierKey::Ctrl]);
        page.wait_for(&format!("{SERVER}.querySelector('.drum')"));
    });
}

#[test]
fn only_the_acknowledgements_of_that_server_wait() {
    visit(|page| {
        open(page);
        page.eval("document.querySelector('[data-server=\"1\"]').focus()");
        set_slow_disk(page, "80");
        line_with(page, "disk 80ms on s2");
        // The entry reaches S2 and S3 after 20 ms. S3 replies at once, S2 when it is written.
        page.eval("raftarium.exec('set x 1 via s1')");
        page.eval("raftarium.exec('run 25ms')");
        let replies = "(await raftarium.state()).messages
            .filter(message => message.kind === 'append-reply').map(message => message.from)";
        assert_eq!(page.eval(&format!("(async () => {replies})()")), json!(["s3"]));
        page.eval("raftarium.exec('run 80ms')");
        assert_eq!(page.eval(&format!("(async () => {replies})()")), json!(["s2"]));
        page.press("2");
        page.press("Enter");
        page.click("menuitem", "Usual disk");
        page.wait_for(&format!("!{SERVER}.querySelector('.drum')"));
        line_with(page, "disk default on s2");
    });
}

#[test]
fn the_settings_have_a_disk_for_each_server() {
    visit(|page| {
        open(page);
        page.click("button", "Settings");
        page.wait_for("document.querySelector('dialog[open] [data-setting]')");
        page.focus("textbox", "Disk of S3");
        page.eval("document.activeElement.select()");
        page.type_text("40ms..60ms");
        page.press("Tab");
        page.press("Escape");
        line_with(page, "disk 40ms..60ms on s3");
        page.wait_for(&format!("{CHIPS}.includes('S3 disk 40–60 ms')"));
    });
}
