//! Uses one control of each kind with the keyboard: something happens, the focus is not lost, and
//! Escape closes what has opened.

use serde_json::Value;

use crate::harness::Page;

use super::walk::prepare;

/// Uses each control within `root`, each time in the state that `restore` makes. The complaints.
pub fn use_all(page: &Page, state: &str, root: &str, restore: impl Fn(&Page)) -> Vec<String> {
    let kinds_now = || -> Vec<String> {
        restore(page);
        prepare(page);
        let kinds = page.eval(&format!("controls.kinds('{root}')"));
        serde_json::from_value(kinds).expect("kinds")
    };
    let kinds = kinds_now();
    assert!(!kinds.is_empty(), "{state} has no control");
    let mut complaints = Vec::new();
    for kind in kinds {
        if page.eval("controls.isRestored()") == Value::Bool(false) {
            kinds_now();
        }
        let mut how = aim(page, &kind);
        if how.is_null() {
            // What was used before has hidden it.
            page.go("?again");
            kinds_now();
            how = aim(page, &kind);
        }
        let complaint = match how.is_null() {
            true => Some("it cannot be focused".to_owned()),
            false => use_focused(page, &kind, &how),
        };
        complaints.extend(complaint.map(|complaint| format!("{state}: {complaint}: {kind}")));
    }
    complaints
}

/// Focuses a control of that kind. How to use it.
fn aim(page: &Page, kind: &str) -> Value {
    page.eval(&format!("controls.aim({})", Value::from(kind)))
}

/// Uses the focused control, and says what is wrong with it.
fn use_focused(page: &Page, kind: &str, how: &Value) -> Option<String> {
    if how["silent"] == Value::Bool(true) {
        return Some("it is disabled without a reason".to_owned());
    }
    if how["readOnly"] == Value::Bool(true) || how["disabled"].is_string() {
        return None;
    }
    let keys = how["keys"].as_array().expect("keys");
    let mut outcome = Value::Null;
    let has_effect = keys.iter().any(|key| {
        page.press(key.as_str().expect("a key"));
        outcome = page.eval("controls.outcome()");
        outcome["changes"] == Value::Bool(true)
    });
    if !has_effect {
        return Some(format!("{keys:?} do nothing"));
    }
    if outcome["focused"].is_null() {
        return Some("the focus is lost".to_owned());
    }
    let layers = outcome["layers"].as_array().expect("layers");
    let layers_before = how["layers"].as_u64().expect("a number");
    if layers.len() as u64 <= layers_before {
        return None;
    }
    page.press("Escape");
    let end = page.eval(&format!("controls.closed({layers_before}, {})", Value::from(kind)));
    if end["closed"] == Value::Bool(false) {
        return Some(format!("Escape does not close {:?}", layers.last()));
    }
    let is_back = end["returned"] == Value::Bool(true);
    (!is_back).then(|| format!("Escape moves the focus to {}", end["focused"]))
}
