//! A tab with the page in it.

use super::{accessible, browser, site, troubles::Troubles};
use headless_chrome::browser::tab::{ModifierKey, point::Point};
use headless_chrome::protocol::cdp::{DOM, Emulation, Page as Cdp, Runtime, Target, types::Method};
use headless_chrome::{Browser, Tab};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How long the page may take to start.
const START_MAX: Duration = Duration::from_secs(30);
/// What is true once the page has started.
const STARTED: &str = "document.querySelector('h1') !== null && 'raftarium' in window";
/// How long a thing to click may take to appear.
const APPEAR_MAX: Duration = Duration::from_secs(5);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(25);

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

/// A tab of its own, with storage of its own.
pub struct Page {
    tab: Arc<Tab>,
    troubles: Troubles,
    /// Chromium ends with the last page that holds it.
    _browser: Arc<Browser>,
}

impl Page {
    /// A tab that shows nothing yet, 1280 by 800 CSS pixels.
    pub fn blank() -> Self {
        let browser = browser::browser();
        let context = browser.new_context().expect("a fresh profile");
        let tab = browser.new_tab_with_options(window(context.get_id())).expect("a new window");
        let troubles = Troubles::watch(&tab);
        let page = Self { tab, troubles, _browser: browser };
        page.resize(1280, 800);
        page
    }

    /// Opens the page with `rest` after its address, and waits until it shows
    /// a heading.
    pub fn go(&self, rest: &str) {
        let address = format!("{}{rest}", site::url());
        self.navigate(&address);
        if !self.holds_within(STARTED, START_MAX) {
            // Seen once on a machine that was compiling at the same time, with a browser that had just been started.
            eprintln!("NOT STARTED after {START_MAX:?}, opened again: {:?}", self.troubles());
            self.eval("void location.reload()");
            self.wait_for(STARTED, START_MAX);
        }
    }

    /// Whether a JavaScript expression becomes true in that time.
    fn holds_within(&self, condition: &str, timeout: Duration) -> bool {
        let start = Instant::now();
        while start.elapsed() < timeout {
            if self.try_eval(&format!("Boolean({condition})")) == Ok(Value::Bool(true)) {
                return true;
            }
            thread::sleep(LOOK_EVERY);
        }
        false
    }

    /// Opens an address and waits until it is there, started or not.
    pub fn navigate(&self, url: &str) {
        self.tab.navigate_to(url).expect("opening the page");
        let there = format!("location.href === {url:?} && document.readyState === 'complete'");
        self.wait_for(&there, START_MAX);
    }

    /// Runs a script before the page's own, from the next opening on.
    pub fn before_each_start(&self, script: &str) {
        self.call(Cdp::AddScriptToEvaluateOnNewDocument {
            source: script.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        });
    }

    /// The value of a JavaScript expression; a promise is awaited.
    pub fn eval(&self, js: &str) -> Value {
        self.try_eval(js).unwrap_or_else(|error| panic!("{js}\n{error}"))
    }

    /// The value of a JavaScript expression over the document of the first frame in the page.
    pub fn eval_in_frame(&self, js: &str) -> Value {
        let tree = self.call(Cdp::GetFrameTree(None)).frame_tree;
        let frames = tree.child_frames.unwrap_or_default();
        let frame = frames.first().expect("a frame in the page").frame.id.clone();
        let world = self.call(Cdp::CreateIsolatedWorld {
            frame_id: frame,
            world_name: None,
            grant_univeral_access: None,
        });
        let answer = self.call(EvaluateIn {
            expression: js,
            context_id: world.execution_context_id,
            await_promise: true,
            return_by_value: true,
        });
        answer["result"].get("value").cloned().unwrap_or(Value::Null)
    }

    fn try_eval(&self, js: &str) -> Result<Value, String> {
        let evaluate = Evaluate {
            expression: js,
            await_promise: true,
            return_by_value: true,
            user_gesture: true,
        };
        let answer = self.tab.call_method(evaluate).map_err(|error| error.to_string())?;
        if let Some(details) = answer.get("exceptionDetails") {
            let thrown = details["exception"]["description"].as_str();
            return Err(thrown.unwrap_or("it threw").to_owned());
        }
        Ok(answer["result"].get("value").cloned().unwrap_or(Value::Null))
    }

    /// Waits until a JavaScript expression is true.
    pub fn wait_for(&self, condition: &str, timeout: Duration) {
        let start = Instant::now();
        loop {
            // While a page gives way to the next, an expression may find neither.
            let last = self.try_eval(&format!("(async () => Boolean({condition}))()"));
            if last == Ok(Value::Bool(true)) {
                return;
            }
            assert!(
                start.elapsed() < timeout,
                "waited {timeout:?} in vain for {condition}: {last:?}\nThe page said: {:#?}",
                self.troubles()
            );
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Presses a key by its name (`Tab`, `Enter`, `ArrowLeft`, `a`).
    pub fn press(&self, key: &str) {
        self.press_with(key, &[]);
    }

    /// Presses a key while others are held.
    pub fn press_with(&self, key: &str, held: &[ModifierKey]) {
        let pressed = self.tab.press_key_with_modifiers(key, Some(held));
        pressed.unwrap_or_else(|error| panic!("pressing {key}: {error}"));
    }

    /// Types text where the focus is, key by key.
    pub fn type_text(&self, text: &str) {
        self.tab.type_str(text).expect("typing");
    }

    /// Clicks in the middle of what has this role and accessible name.
    pub fn click(&self, role: &str, name: &str) {
        let middle = self.middle_of(role, name);
        self.tab.click_point(middle).expect("clicking");
    }

    /// Clicks at a place, in CSS pixels from the upper left of the view.
    pub fn click_at(&self, x: f64, y: f64) {
        self.tab.click_point(Point { x, y }).expect("clicking");
    }

    /// Presses the mouse at one place, moves it to another and lets go there.
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

    /// Presses Tab until that is true of the focused element `e`.
    pub fn tab_to(&self, condition: &str) {
        for _ in 0..120 {
            let there = format!("(e => Boolean({condition}))(document.activeElement)");
            if self.eval(&there) == Value::Bool(true) {
                return;
            }
            self.press("Tab");
        }
        panic!("no Tab leads to {condition}");
    }

    /// Whether something has this role and accessible name.
    pub fn has(&self, role: &str, name: &str) -> bool {
        !accessible::find(&self.tab, role, name).is_empty()
    }

    /// Clicks in the middle of the first thing with this role whose accessible name begins so.
    pub fn click_starting(&self, role: &str, start: &str) {
        let name = self.name_starting(role, start);
        self.click(role, &name);
    }

    /// Whether something has this role and a name that begins so.
    pub fn has_starting(&self, role: &str, start: &str) -> bool {
        accessible::names(&self.tab, role).iter().any(|name| name.starts_with(start))
    }

    /// The whole name of the first thing with this role whose name begins so; waits for it.
    pub fn name_starting(&self, role: &str, start: &str) -> String {
        let began = Instant::now();
        loop {
            let names = accessible::names(&self.tab, role);
            if let Some(name) = names.iter().find(|name| name.starts_with(start)) {
                return name.clone();
            }
            assert!(
                began.elapsed() < APPEAR_MAX,
                "no {role} begins {start:?}; there are {names:?}"
            );
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Puts the focus on what has this role and accessible name.
    pub fn focus(&self, role: &str, name: &str) {
        self.call(DOM::Focus {
            node_id: None,
            backend_node_id: Some(self.find(role, name)),
            object_id: None,
        });
    }

    /// The role and accessible name must belong to one thing; waits for it.
    fn find(&self, role: &str, name: &str) -> u32 {
        let start = Instant::now();
        loop {
            let found = accessible::find(&self.tab, role, name);
            if let [one] = found[..] {
                return one;
            }
            assert!(
                start.elapsed() < APPEAR_MAX,
                "found {} of {role} {name:?}; there are {role} {:?}",
                found.len(),
                accessible::names(&self.tab, role)
            );
            thread::sleep(LOOK_EVERY);
        }
    }

    fn middle_of(&self, role: &str, name: &str) -> Point {
        let node = Some(self.find(role, name));
        self.call(DOM::ScrollIntoViewIfNeeded {
            node_id: None,
            backend_node_id: node,
            object_id: None,
            rect: None,
        });
        let quads = self.call(DOM::GetContentQuads {
            node_id: None,
            backend_node_id: node,
            object_id: None,
        });
        let Some(quad) = quads.quads.first() else {
            panic!("{role} {name:?} takes no room");
        };
        let mean = |from: usize| quad.iter().skip(from).step_by(2).sum::<f64>() / 4.0;
        Point { x: mean(0), y: mean(1) }
    }

    /// Sets the size of the view, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.call(Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            scale: None,
            screen_width: None,
            screen_height: None,
            position_x: None,
            position_y: None,
            dont_set_visible_size: None,
            screen_orientation: None,
            viewport: None,
            display_feature: None,
            device_posture: None,
        });
    }

    /// Answers a media query of the page: `prefers-color-scheme`, `dark`.
    pub fn prefer(&self, feature: &str, value: &str) {
        self.call(Emulation::SetEmulatedMedia {
            media: None,
            features: Some(vec![Emulation::MediaFeature {
                name: feature.to_owned(),
                value: value.to_owned(),
            }]),
        });
    }

    /// Writes a picture of the view as PNG.
    pub fn screenshot(&self, file: &Path) {
        let png = Cdp::CaptureScreenshotFormatOption::Png;
        let bytes = self.tab.capture_screenshot(png, None, None, true);
        std::fs::write(file, bytes.expect("a picture")).expect("writing the picture");
    }

    /// Errors logged, exceptions, failed loads and breaches of the policy so far.
    pub fn troubles(&self) -> Vec<String> {
        self.troubles.list()
    }

    /// A call of the browser's protocol on this tab.
    pub fn call<C: Method + Serialize + Debug>(&self, method: C) -> C::ReturnObject {
        let answer = self.tab.call_method(method);
        answer.unwrap_or_else(|error| panic!("{}: {error}", C::NAME))
    }

    /// Closes the tab.
    pub fn close(self) {
        // A tab that is gone already is closed.
        let _ = self.tab.close_target();
    }
}

/// A window of its own: a tab behind another draws no frames.
fn window(context: &str) -> Target::CreateTarget {
    Target::CreateTarget {
        url: "about:blank".into(),
        left: None,
        top: None,
        width: Some(1280),
        height: Some(800),
        window_state: None,
        browser_context_id: Some(context.to_owned()),
        enable_begin_frame_control: None,
        new_window: Some(true),
        background: None,
        for_tab: None,
        hidden: None,
    }
}

/// `Runtime.evaluate`, its answer taken as it comes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Evaluate<'a> {
    expression: &'a str,
    await_promise: bool,
    return_by_value: bool,
    user_gesture: bool,
}

/// The same, in a frame.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct EvaluateIn<'a> {
    expression: &'a str,
    context_id: u32,
    await_promise: bool,
    return_by_value: bool,
}

impl Method for EvaluateIn<'_> {
    const NAME: &'static str = <Runtime::Evaluate as Method>::NAME;
    type ReturnObject = Value;
}

impl Method for Evaluate<'_> {
    const NAME: &'static str = <Runtime::Evaluate as Method>::NAME;
    type ReturnObject = Value;
}
