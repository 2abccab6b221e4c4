//! Keyboard and mouse, aimed at elements by role and accessible name.

use super::accessibility;
use super::keys::key;
use super::page::{Page, WAIT_MAX, wait_until};
use headless_chrome::browser::tab::ModifierKey;
use headless_chrome::protocol::cdp::types::Method;
use serde::Serialize;
use serde_json::{Value, json};

/// `Input.dispatchMouseEvent`, as far as a drag needs it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Mouse {
    #[serde(rename = "type")]
    kind: &'static str,
    x: f64,
    y: f64,
    button: &'static str,
    buttons: u32,
    click_count: u32,
}

impl Method for Mouse {
    const NAME: &'static str = "Input.dispatchMouseEvent";
    type ReturnObject = Value;
}

/// `Input.dispatchTouchEvent`: what a finger does on the glass.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Touch {
    #[serde(rename = "type")]
    kind: &'static str,
    touch_points: Vec<TouchPoint>,
}

#[derive(Debug, Serialize)]
struct TouchPoint {
    x: f64,
    y: f64,
}

impl Method for Touch {
    const NAME: &'static str = "Input.dispatchTouchEvent";
    type ReturnObject = Value;
}

/// How often to look whether an element stands still.
const LOOKS_MAX: usize = 40;

impl Page {
    /// Presses a key by its name (`Tab`, `Enter`, `ArrowLeft`, `a`).
    pub fn press(&self, key: &str) {
        self.press_with(key, &[]);
    }

    /// Presses a key while others are held.
    pub fn press_with(&self, name: &str, held: &[ModifierKey]) {
        self.strike(name, held);
        self.settle();
    }

    /// Types text into the focused element, key by key.
    pub fn type_text(&self, text: &str) {
        text.chars().for_each(|letter| self.strike(&letter.to_string(), &[]));
        self.settle();
    }

    fn strike(&self, name: &str, held: &[ModifierKey]) {
        let mut key = key(name);
        let types = key["text"].is_string();
        key["modifiers"] = held.iter().fold(0, |all, held| all | *held as u32).into();
        for kind in [if types { "keyDown" } else { "rawKeyDown" }, "keyUp"] {
            key["type"] = kind.into();
            self.command("Input.dispatchKeyEvent", key.clone());
        }
    }

    /// Waits until the page has drawn what a key or a click did, as a person sees it before the
    /// next one. A page that is hidden draws nothing.
    fn settle(&self) {
        let drawn = "new Promise(done => {
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
            setTimeout(done, 100);
        })";
        // The key may have left the page.
        let _ = self
            .connection
            .command("Runtime.evaluate", json!({ "expression": drawn, "awaitPromise": true }));
    }

    /// Clicks the middle of the element with this role and accessible name.
    pub fn click(&self, role: &str, name: &str) {
        self.click_node(role, name, LOOKS_MAX, || self.only_node(role, name));
    }

    /// Clicks the middle of the first element with this role whose accessible name starts with
    /// `start`, even while it moves.
    pub fn click_starting(&self, role: &str, start: &str) {
        self.click_node(role, start, 1, || {
            let name = self.name_if_any(role, start)?;
            accessibility::find(&self.connection, role, &name).first().copied()
        });
    }

    /// The page may draw an element again between two calls, or still arrange itself, so this
    /// tries until one has stood still between two looks. After `looks_max` looks it is clicked
    /// where it was seen last.
    fn click_node(&self, role: &str, name: &str, looks_max: usize, node: impl Fn() -> Option<u64>) {
        let mut middle: Option<(f64, f64)> = None;
        let mut looks = 0;
        let found = wait_until(|| {
            let seen = node().and_then(|node| self.middle_of(node));
            let stands = seen.is_some() && seen == middle;
            looks += usize::from(seen.is_some());
            middle = seen;
            stands || looks >= looks_max && middle.is_some()
        });
        assert!(
            found,
            "waited {WAIT_MAX:?} for one {role} {name:?}; there are {:?}",
            accessibility::names(&self.connection, role)
        );
        let (x, y) = middle.expect("it was found");
        self.click_at(x, y);
    }

    /// Clicks at a point, in CSS pixels from the upper left of the view.
    pub fn click_at(&self, x: f64, y: f64) {
        let none = Mouse { kind: "mouseMoved", x, y, button: "none", buttons: 0, click_count: 0 };
        self.call(none);
        for kind in ["mousePressed", "mouseReleased"] {
            let buttons = u32::from(kind == "mousePressed");
            self.call(Mouse { kind, x, y, button: "left", buttons, click_count: 1 });
        }
        self.settle();
    }

    /// Presses the mouse at one point, moves it to another and releases it there.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let steps = [
            ("mouseMoved", from, 0),
            ("mousePressed", from, 1),
            ("mouseMoved", middle, 1),
            ("mouseMoved", to, 1),
            ("mouseReleased", to, 0),
        ];
        for (kind, (x, y), buttons) in steps {
            let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
            self.call(Mouse { kind, x, y, button, buttons, click_count: 1 });
        }
    }

    /// Taps with a finger on the middle of the element with this role whose accessible
    /// name starts with `start`.
    pub fn tap_starting(&self, role: &str, start: &str) {
        let mut middle = None;
        let found = wait_until(|| {
            let name = self.name_if_any(role, start);
            let node = name.and_then(|name| {
                accessibility::find(&self.connection, role, &name).first().copied()
            });
            middle = node.and_then(|node| self.middle_of(node));
            middle.is_some()
        });
        assert!(found, "waited {WAIT_MAX:?} for a {role} {start:?}");
        let (x, y) = middle.expect("it was found");
        self.tap(x, y);
    }

    /// Moves the mouse there, with no button pressed.
    pub fn move_to(&self, (x, y): (f64, f64)) {
        let kind = "mouseMoved";
        self.call(Mouse { kind, x, y, button: "none", buttons: 0, click_count: 0 });
    }

    /// Touches a point with a finger, and lifts it there.
    pub fn tap(&self, x: f64, y: f64) {
        let finger = |kind, touch_points| self.call(Touch { kind, touch_points });
        finger("touchStart", vec![TouchPoint { x, y }]);
        finger("touchEnd", Vec::new());
    }

    /// Puts a finger down at one point, moves it to another in small steps, and lifts it there. The
    /// browser decides, as on a phone, whether the gesture scrolls the page.
    pub fn swipe(&self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 12;
        let finger = |kind: &'static str, points: &[(f64, f64)]| {
            let touch_points = points.iter().map(|&(x, y)| TouchPoint { x, y }).collect();
            self.call(Touch { kind, touch_points });
        };
        finger("touchStart", &[from]);
        for step in 1..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let at = |from: f64, to: f64| from + (to - from) * share;
            finger("touchMove", &[(at(from.0, to.0), at(from.1, to.1))]);
        }
        finger("touchEnd", &[]);
    }

    /// Presses Tab until the condition holds of the focused element `e`.
    pub fn tab_to(&self, condition: &str) {
        self.tab_until(condition, &[]);
    }

    /// The same with Shift+Tab.
    pub fn tab_back_to(&self, condition: &str) {
        self.tab_until(condition, &[ModifierKey::Shift]);
    }

    fn tab_until(&self, condition: &str, modifiers: &[ModifierKey]) {
        for _ in 0..300 {
            let there = format!("(e => Boolean({condition}))(document.activeElement)");
            if self.eval(&there) == Value::Bool(true) {
                return;
            }
            self.press_with("Tab", modifiers);
        }
        panic!("no Tab leads to {condition}");
    }

    /// Focuses the element with this role and accessible name.
    pub fn focus(&self, role: &str, name: &str) {
        let focused = wait_until(|| {
            self.only_node(role, name).is_some_and(|node| {
                let focus = json!({ "backendNodeId": node });
                self.connection.command("DOM.focus", focus).is_ok()
            })
        });
        assert!(
            focused,
            "waited {WAIT_MAX:?} for one {role} {name:?}; there are {:?}",
            accessibility::names(&self.connection, role)
        );
    }

    /// Whether an element has this role and accessible name.
    pub fn has(&self, role: &str, name: &str) -> bool {
        !accessibility::find(&self.connection, role, name).is_empty()
    }

    /// Waits for an element with this role whose accessible name starts with `start`.
    pub fn wait_for_starting(&self, role: &str, start: &str) {
        assert!(
            wait_until(|| self.name_if_any(role, start).is_some()),
            "waited {WAIT_MAX:?} for a {role} {start:?}; there are {:?}",
            accessibility::names(&self.connection, role)
        );
    }

    fn name_if_any(&self, role: &str, start: &str) -> Option<String> {
        accessibility::names(&self.connection, role)
            .into_iter()
            .find(|name| name.starts_with(start))
    }

    fn only_node(&self, role: &str, name: &str) -> Option<u64> {
        match accessibility::find(&self.connection, role, name)[..] {
            [node] => Some(node),
            _ => None,
        }
    }

    /// None if the node is no longer in the document, or has no size.
    fn middle_of(&self, node: u64) -> Option<(f64, f64)> {
        let node = json!({ "backendNodeId": node });
        self.connection.command("DOM.scrollIntoViewIfNeeded", node.clone()).ok()?;
        let answer = self.connection.command("DOM.getContentQuads", node).ok()?;
        let quad = answer["quads"][0].as_array()?;
        let mean = |from: usize| {
            let numbers = quad.iter().skip(from).step_by(2).filter_map(Value::as_f64);
            numbers.sum::<f64>() / 4.0
        };
        Some((mean(0), mean(1)))
    }
}
