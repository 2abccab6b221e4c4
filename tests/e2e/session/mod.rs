//! The session is a script: actions become its lines; it is saved, shared and opened.

mod lines;
mod sharing;
mod storage;

use serde_json::Value;

use crate::harness::Page;

/// The names of the lines in the Script tab.
pub const LINES: &str =
    "[...document.querySelectorAll('.script-line .line')].map(e => e.getAttribute('aria-label'))";

/// Waits for a line that contains `part`. Returns its name.
pub fn line_with(page: &Page, part: &str) -> String {
    page.wait_for(&format!("{LINES}.some(line => line.includes({}))", Value::from(part)));
    let name = page.eval(&format!("{LINES}.find(line => line.includes({}))", Value::from(part)));
    name.as_str().expect("a name").to_owned()
}

pub fn wait_for_no_line_with(page: &Page, part: &str) {
    page.wait_for(&format!("!{LINES}.some(line => line.includes({}))", Value::from(part)));
}

pub fn wait_for_text(page: &Page, selector: &str, part: &str) {
    let text = format!("document.querySelector({})?.textContent", Value::from(selector));
    page.wait_for(&format!("{text}?.includes({})", Value::from(part)));
}

/// Loads a script, paused at its beginning, and shows it.
pub fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.click("tab", "Script");
}

pub fn reload(page: &Page) {
    page.eval("window.left = true; void location.reload()");
    page.wait_for("!window.left && document.querySelector('h1') && 'raftarium' in window");
}

pub fn hash(page: &Page) -> Value {
    page.eval("raftarium.hash()")
}

pub fn script(page: &Page) -> String {
    page.eval("raftarium.script()").as_str().expect("a text").to_owned()
}
