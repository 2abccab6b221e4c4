//! The session is a script: what is done by hand becomes its lines, and it is kept, shared and opened.

mod kept;
mod lines;
mod sharing;

use std::time::Duration;

use serde_json::Value;

use crate::harness::Page;

pub const SOON: Duration = Duration::from_secs(10);

/// The names of the lines in the Script tab.
pub const LINES: &str =
    "[...document.querySelectorAll('.script-line .line')].map(e => e.getAttribute('aria-label'))";

/// The name of the line that holds this, once there is one.
pub fn line_with(page: &Page, part: &str) -> String {
    page.wait_for(&format!("{LINES}.some(line => line.includes({}))", Value::from(part)), SOON);
    let name = page.eval(&format!("{LINES}.find(line => line.includes({}))", Value::from(part)));
    name.as_str().expect("a name").to_owned()
}

pub fn has_no_line_with(page: &Page, part: &str) {
    page.wait_for(&format!("!{LINES}.some(line => line.includes({}))", Value::from(part)), SOON);
}

pub fn wait_for_text(page: &Page, selector: &str, part: &str) {
    let text = format!("document.querySelector({})?.textContent", Value::from(selector));
    page.wait_for(&format!("{text}?.includes({})", Value::from(part)), SOON);
}

/// Loads a script, paused at its beginning, and shows it.
pub fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.click("tab", "Script");
}

pub fn reload(page: &Page) {
    page.eval("window.left = true; void location.reload()");
    page.wait_for("!window.left && document.querySelector('h1') && 'raftarium' in window", SOON);
}

pub fn hash(page: &Page) -> Value {
    page.eval("raftarium.hash()")
}

pub fn script(page: &Page) -> String {
    page.eval("raftarium.script()").as_str().expect("a text").to_owned()
}
