//! Walks through the controls of a part of the page as it stands: Tab, and the arrow keys inside a
//! group.

use std::collections::BTreeMap;

use headless_chrome::protocol::cdp::types::Method;
use serde::{Deserialize, Serialize};
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

/// What has the focus after a key.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Note {
    word: String,
    beside: usize,
    tab: bool,
    menu: bool,
    ends: bool,
}

/// Teaches the page to answer about its controls, once a document.
pub fn prepare(page: &Page) {
    if page.eval("'controls' in window") == Value::Bool(false) {
        page.eval(CONTROLS);
    }
}

/// A walk through the elements that a selector names.
struct Walk<'a> {
    page: &'a Page,
    root: &'a str,
}

/// Reaches every control within `root` with the keys. The complaints: what is out of reach, looks
/// the same with the focus, has no name or takes only the mouse.
pub fn walk(page: &Page, state: &str, root: &str) -> Vec<String> {
    prepare(page);
    let walk = Walk { page, root };
    page.eval(&format!("controls.start('{root}')"));
    // Where the focus is already, as in a menu.
    let mut here = walk.note();
    walk.explore(&here);
    let mut left = 0;
    for _ in 0..STOPS_MAX {
        if here.menu {
            // Tab leaves a menu.
            break;
        }
        page.press("Tab");
        here = walk.note();
        match here.word.as_str() {
            _ if here.ends => break,
            "new" => walk.explore(&here),
            // The browser's own controls lie between the last control and the first.
            "none" if left == 0 => left = 1,
            _ => break,
        }
    }
    walk.note();
    let complaints = page.eval(&format!("controls.complaints('{root}')"));
    let complaints: BTreeMap<String, Vec<String>> =
        serde_json::from_value(complaints).expect("kinds by complaint");
    let unnamed = unnamed(page).into_iter().map(|role| ("it has no name".to_owned(), role));
    let by_kind = |(complaint, kinds): (String, Vec<String>)| {
        kinds.into_iter().map(move |kind| (complaint.clone(), kind))
    };
    let found = complaints.into_iter().flat_map(by_kind).chain(unnamed);
    found.map(|(complaint, kind)| format!("{state}: {complaint}: {kind}")).collect()
}

impl Walk<'_> {
    fn note(&self) -> Note {
        let note = self.page.eval(&format!("controls.note('{}')", self.root));
        serde_json::from_value(note).expect("a note")
    }

    /// Whether a key leads to a control that was not reached before.
    fn finds(&self, key: &str) -> bool {
        self.page.press(key);
        self.note().word == "new"
    }

    /// Goes on past known controls, because the rows of a table differ in length.
    fn sweep(&self, key: &str) {
        let mut known = 0;
        while known < PATIENCE {
            known = if self.finds(key) { 0 } else { known + 1 };
        }
    }

    /// Walks through the group of the focused control with the arrow keys.
    fn explore(&self, here: &Note) {
        if here.beside == 0 {
            return;
        }
        if here.tab {
            // Once around, so that the same panel is in front again.
            for _ in 0..=here.beside {
                self.page.press("ArrowRight");
                self.page.eval("controls.settled()");
                self.note();
            }
            return;
        }
        loop {
            self.sweep("ArrowRight");
            self.sweep("ArrowLeft");
            if !self.finds("ArrowDown") {
                break;
            }
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
