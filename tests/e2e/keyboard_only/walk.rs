//! Walks through all controls of the page as it stands: Tab, and the arrow keys inside a group.

use headless_chrome::protocol::cdp::types::Method;
use serde::Serialize;
use serde_json::Value;

use crate::harness::Page;

const CONTROLS: &str = include_str!("controls.js");
/// No page has more stops.
const STOPS_MAX: usize = 500;

/// An arrow key may lead past this many known controls to a new one.
const PATIENCE: usize = 4;

/// `Accessibility.getFullAXTree`, with an untyped answer.
#[derive(Debug, Serialize)]
struct FullTree {}

impl Method for FullTree {
    const NAME: &'static str = "Accessibility.getFullAXTree";
    type ReturnObject = Value;
}

/// Teaches the page to answer about its controls, once a document.
pub fn prepare(page: &Page) {
    if page.eval("'controls' in window") == Value::Bool(false) {
        page.eval(CONTROLS);
    }
}

/// Reaches every control of the page with the keys. The complaints: what is out of reach, looks the
/// same with the focus, has no name or takes only the mouse.
pub fn walk(page: &Page, state: &str) -> Vec<String> {
    prepare(page);
    page.eval("controls.start()");
    // Where the focus is already, as in a menu.
    note(page);
    explore(page);
    let mut left = 0;
    for _ in 0..STOPS_MAX {
        if page.eval("document.querySelector('[role=menu]') !== null") == Value::Bool(true) {
            // Tab leaves a menu.
            break;
        }
        page.press("Tab");
        match note(page).as_str() {
            "new" => explore(page),
            // The browser's own controls lie between the last control and the first.
            "none" if left == 0 => left = 1,
            _ => break,
        }
    }
    note(page);
    let list = |call: &str, complaint: &str| -> Vec<String> {
        let kinds: Vec<String> = serde_json::from_value(page.eval(call)).expect("kinds");
        kinds.into_iter().map(|kind| format!("{state}: {complaint}: {kind}")).collect()
    };
    let mut complaints = list("controls.missed()", "no key reaches it");
    complaints.extend(list("controls.mouseOnly()", "only the mouse uses it"));
    complaints.extend(list("controls.unmarked()", "the focus is invisible on it"));
    complaints.extend(list("controls.roleless()", "it has no role"));
    let unnamed = unnamed(page).into_iter();
    complaints.extend(unnamed.map(|role| format!("{state}: it has no name: {role}")));
    complaints
}

fn note(page: &Page) -> String {
    page.eval("controls.note()").as_str().expect("a word").to_owned()
}

/// Walks through the group of the focused control with the arrow keys.
fn explore(page: &Page) {
    let is_focused = page.eval("document.activeElement !== document.body");
    if is_focused == Value::Bool(false) {
        return;
    }
    let beside = page.eval("controls.beside()").as_u64().expect("a number");
    if beside == 0 {
        return;
    }
    let finds = |key: &str| {
        page.press(key);
        note(page) == "new"
    };
    // Past those that are known: the rows of a table differ in length.
    let sweep = |key: &str| {
        let mut known = 0;
        while known < PATIENCE {
            known = if finds(key) { 0 } else { known + 1 };
        }
    };
    if page.eval("controls.isTab()") == Value::Bool(true) {
        // Once around, so that the same panel is in front again.
        for _ in 0..=beside {
            finds("ArrowRight");
        }
        return;
    }
    loop {
        sweep("ArrowRight");
        sweep("ArrowLeft");
        if !finds("ArrowDown") {
            break;
        }
    }
}

/// The roles of what takes the focus and has no accessible name.
fn unnamed(page: &Page) -> Vec<String> {
    let tree = page.call(FullTree {});
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let takes_focus = |node: &Value| {
        let properties = node["properties"].as_array().into_iter().flatten();
        let mut focusable = properties.filter(|property| property["name"] == "focusable");
        focusable.any(|property| property["value"]["value"] == Value::Bool(true))
    };
    let is_unnamed = |node: &Value| {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        // A note takes the focus only when it has words, the body of a dialog only from the page.
        let exempt = ["RootWebArea", "note", "generic"].map(Value::from);
        name.trim().is_empty() && !exempt.contains(&node["role"]["value"])
    };
    let shown = nodes.iter().filter(|node| node["ignored"] != Value::Bool(true));
    let unnamed = shown.filter(|node| takes_focus(node) && is_unnamed(node));
    unnamed.map(|node| node["role"]["value"].to_string()).collect()
}
