//! Uses one control of each kind with the keyboard: something happens, the focus is not lost, and
//! Escape closes what has opened.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::Page;

use super::walk::prepare;

/// How long a control may take to do something.
const EFFECT_MAX: Duration = Duration::from_secs(10);

/// Uses each control within `root`, each time in the state that `restore` makes. The complaints.
pub fn use_all(page: &Page, state: &str, root: &str, restore: impl Fn(&Page)) -> Vec<String> {
    let renew = || {
        restore(page);
        prepare(page);
        settle(page);
    };
    renew();
    let kinds = page.eval(&format!("controls.kinds('{root}')"));
    let kinds: Vec<String> = serde_json::from_value(kinds).expect("kinds");
    assert!(!kinds.is_empty(), "{state} has no control");
    let mut complaints = Vec::new();
    for kind in kinds {
        renew();
        let focus = format!("controls.focus({})", Value::from(kind.as_str()));
        if page.eval(&focus) == Value::Bool(false) {
            // What was used before has hidden it.
            page.go("?again");
            renew();
        }
        let complaint = match page.eval(&focus) {
            Value::Bool(true) => use_focused(page, &kind),
            _ => Some("it cannot be focused".to_owned()),
        };
        complaints.extend(complaint.map(|complaint| format!("{state}: {complaint}: {kind}")));
    }
    complaints
}

/// Uses the focused control, and says what is wrong with it.
fn use_focused(page: &Page, kind: &str) -> Option<String> {
    settle(page);
    let layers = page.eval("controls.layers().length").as_u64().expect("a number");
    let how = page.eval("controls.use()");
    if how["silent"] == Value::Bool(true) {
        return Some("it is disabled without a reason".to_owned());
    }
    if how["readOnly"] == Value::Bool(true) || how["disabled"].is_string() {
        return None;
    }
    page.eval("window.before = controls.observe(); null");
    let keys = how["keys"].as_array().expect("keys").clone();
    let has_effect = keys.iter().any(|key| {
        page.press(key.as_str().expect("a key"));
        changes(page)
    });
    if !has_effect {
        return Some(format!("{keys:?} do nothing"));
    }
    settle(page);
    if page.eval("controls.focused()") == Value::Null {
        return Some("the focus is lost".to_owned());
    }
    if page.eval("controls.layers().length").as_u64() <= Some(layers) {
        return None;
    }
    let opened = page.eval("controls.layers().at(-1)");
    page.press("Escape");
    let closed = waits(page, &format!("controls.layers().length === {layers}"));
    let returned = format!("controls.focused() === {}", Value::from(kind));
    match closed {
        false => Some(format!("Escape does not close {opened}")),
        true if waits(page, &returned) => None,
        true => {
            let there = page.eval("controls.focused()");
            Some(format!("Escape moves the focus to {there}"))
        }
    }
}

/// Whether what a person can see changes soon.
fn changes(page: &Page) -> bool {
    waits(page, "controls.observe() !== window.before")
}

fn waits(page: &Page, condition: &str) -> bool {
    let start = Instant::now();
    let most = if condition.contains("before") { EFFECT_MAX / 5 } else { EFFECT_MAX };
    while start.elapsed() < most {
        if page.eval(condition) == Value::Bool(true) {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Waits until nothing changes any more.
pub fn settle(page: &Page) {
    page.eval(
        "(async () => {
             const frame = () => new Promise(done => setTimeout(done, 16));
             for (let was = '', same = 0, turn = 0; same < 2 && turn < 100; turn += 1) {
                 await frame();
                 const now = controls.observe();
                 same = now === was ? same + 1 : 0;
                 was = now;
             }
         })()",
    );
}
