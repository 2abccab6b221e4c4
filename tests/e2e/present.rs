//! Present: the page for a projector.

use serde_json::{Value, json};

use crate::cluster::visit_with_leader;
use crate::harness::{Page, visit};

const ON: &str = "document.documentElement.dataset.present === 'on'";
const OFF: &str = "document.documentElement.dataset.present === 'off'";

/// The size of the smallest text in sight, in CSS pixels, and the text. `outside` is a selector of
/// elements that do not count.
fn smallest_text(page: &Page, outside: &str) -> (f64, String) {
    let found = page.eval(&format!(
        "[...document.querySelectorAll('body *')].filter(element =>
            element.checkVisibility({{ visibilityProperty: true }}) &&
            !element.closest('.spoken, .prototypes, .arrived, option, noscript, {outside}') &&
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .map(element => {{
            const flights = element.closest('.flights');
            const scale = element.ownerSVGElement ? element.getScreenCTM().a
                : flights ? new DOMMatrix(getComputedStyle(flights).transform).a : 1;
            return [parseFloat(getComputedStyle(element).fontSize) * scale, element.textContent];
        }}).sort((a, b) => a[0] - b[0])[0]"
    ));
    (found[0].as_f64().expect("a size"), found[1].to_string())
}

fn resize(page: &Page, width: u32, height: u32) {
    page.resize(width, height);
    page.wait_for(&format!("innerWidth === {width} && innerHeight === {height}"));
}

const NO_SCROLL: &str = "(e => e.scrollWidth <= innerWidth && e.scrollHeight <= innerHeight)\
                         (document.documentElement)";

/// The zones lie in the window and do not overlap the stage.
const ZONES: &str = "['.stage', '.logs-zone', '.tabs-zone', '.latest', '.command-row', \
     '.timeline-zone'].every(zone => {
        const box = document.querySelector(zone).getBoundingClientRect();
        return box.width > 200 && box.height > 20 && box.left >= 0 && box.top >= 0 &&
            box.right <= innerWidth + 0.5 && box.bottom <= innerHeight + 0.5;
    })";

#[test]
fn everything_is_larger_and_one_panel_stands_beside_the_stage() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.pause()");
        resize(page, 1920, 1080);
        let term = "document.querySelector('.server .term').getBoundingClientRect().height";
        let before = page.eval(term).as_f64().expect("a height");
        page.click("button", "Present");
        page.wait_for(ON);
        for (width, height) in [(1280, 720), (1920, 1080)] {
            resize(page, width, height);
            page.wait_for(NO_SCROLL);
            page.wait_for(ZONES);
        }
        let (size, text) = smallest_text(page, ".none");
        assert!(size >= 16.0, "{text} has {size} px");
        page.wait_for(&format!("{term} > {before} * 1.3"));
        page.wait_for(
            "parseFloat(getComputedStyle(document.querySelector('.latest')).fontSize) > 30",
        );
        assert_eq!(page.eval("document.querySelector('.rules-zone')"), Value::Null);
        page.click("tab", "Rules");
        page.wait_for("document.querySelector('.tab-panel [role=switch]')");
        page.click("button", "Leave Present");
        page.wait_for(OFF);
        page.wait_for("document.querySelector('button.present') === document.activeElement");
    });
}

#[test]
fn a_large_window_has_large_type_without_present() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.pause()");
        resize(page, 1920, 1080);
        let (size, text) = smallest_text(page, ".stage");
        assert!(size >= 13.0, "{text} has {size} px");
        page.wait_for(NO_SCROLL);
    });
}

/// The event that the line under the stage is about.
fn latest(page: &Page) -> u64 {
    let name = page.eval("document.querySelector('.latest').dataset.selection");
    let number = name.as_str().and_then(|name| name.strip_prefix("event-"));
    number.and_then(|number| number.parse().ok()).expect("an event")
}

/// Presses a key that leads to another event.
fn go(page: &Page, key: &str) -> u64 {
    let before = latest(page);
    let time = page.eval("(async () => (await raftarium.state()).time)()");
    page.press(key);
    page.wait_for(&format!(
        "document.querySelector('.latest').dataset.selection !== 'event-{before}' ||
         (await raftarium.state()).time !== {time}"
    ));
    latest(page)
}

#[test]
fn a_clicker_steps_through_the_events_that_matter() {
    visit_with_leader(|page, _, _| {
        page.click("button", "Present");
        page.wait_for(ON);
        page.eval("raftarium.pause()");
        go(page, "PageUp");
        let first = go(page, "PageUp");
        let second = go(page, "PageUp");
        let third = go(page, "PageUp");
        assert!(first > second && second > third, "{first}, {second}, {third}");
        assert_eq!(go(page, "PageDown"), second);
        // It works while a command is typed, too.
        page.focus("textbox", "Command");
        assert_eq!(go(page, "PageDown"), first);
        assert!(page.has("button", "Play"), "it pauses there");
    });
}

const BLANK: &str = "Boolean(document.querySelector('.blank-screen'))";

#[test]
fn a_presenter_blanks_the_screen_changes_the_panel_and_leaves_by_key() {
    visit_with_leader(|page, _, _| {
        page.press("p");
        page.wait_for(ON);
        for key in [".", "b"] {
            page.press(key);
            page.wait_for_value(BLANK, true);
            page.wait_for(
                "(box => box.width === innerWidth && box.height === innerHeight)\
                 (document.querySelector('.blank-screen').getBoundingClientRect())",
            );
            page.press(key);
            page.wait_for_value(BLANK, false);
        }
        let panel = "document.querySelector('.tabs [aria-selected=true]').textContent";
        page.wait_for_value(panel, "Events");
        page.press("v");
        page.wait_for_value(panel, "Rules");
        page.press("b");
        page.wait_for_value(BLANK, true);
        page.press("Escape");
        page.wait_for_value(BLANK, false);
        assert_eq!(page.eval(ON), true);
        page.press("Escape");
        page.wait_for(OFF);
    });
}

#[test]
fn it_works_where_the_browser_refuses_the_whole_screen() {
    visit(|page| {
        page.eval(
            "document.documentElement.requestFullscreen = () => {
                 globalThis.asked = true;
                 return Promise.reject(new TypeError('not allowed'));
             }; null",
        );
        page.click("button", "Present");
        page.wait_for(ON);
        page.wait_for("globalThis.asked === true");
        page.press("Escape");
        page.wait_for(OFF);
        page.eval("delete document.documentElement.requestFullscreen; null");
        page.eval("Element.prototype.requestFullscreen = undefined; null");
        page.click("button", "Present");
        page.wait_for(ON);
    });
}

#[test]
fn settings_and_help_know_it() {
    visit(|page| {
        page.click("button", "Settings");
        page.eval(
            "[...document.querySelectorAll('dialog button')]
                .find(button => button.textContent === 'Present').click(); null",
        );
        page.wait_for(ON);
        page.wait_for("!document.querySelector('dialog')");
        page.press("?");
        page.wait_for("document.querySelector('dialog').textContent.includes('Page Down')");
        assert_eq!(
            page.eval("document.querySelector('.sections [aria-selected=true]').textContent"),
            json!("Sandbox")
        );
    });
}
