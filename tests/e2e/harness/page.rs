//! A tab with the page in it.

use super::connection::Connection;
use super::{browser, page_errors, site};
use base64::prelude::{BASE64_STANDARD, Engine};
use headless_chrome::Browser;
use headless_chrome::protocol::cdp::{Emulation, Page as Cdp, types::Method};
use serde::Serialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How long any condition may take to become true. A test on a healthy machine needs a fraction of
/// it; the rest is for one whose cores are all busy.
pub const WAIT_MAX: Duration = Duration::from_secs(180);
/// How often a condition is checked.
pub const POLL_INTERVAL: Duration = Duration::from_millis(25);
/// True once the page has started.
const STARTED: &str = "document.querySelector('h1') !== null && 'raftarium' in window";

/// A tab with storage of its own.
pub struct Page {
    pub(super) connection: Connection,
    target_id: String,
    errors: RefCell<Vec<String>>,
    /// Chromium ends with the last page that holds it.
    _browser: Arc<Browser>,
}

impl Page {
    /// An empty tab of 1280 by 800 CSS pixels.
    pub fn blank() -> Self {
        let browser = browser::browser();
        let context = Connection::to_browser(&browser)
            .command("Target.createBrowserContext", json!({}))
            .expect("a fresh profile");
        Self::open(browser, json!({ "browserContextId": context["browserContextId"] }))
    }

    /// An empty tab in a Chromium of its own, whose cache on disk survives the tab.
    pub fn in_own_browser() -> Self {
        Self::open(Arc::new(browser::launch()), json!({}))
    }

    /// A tab behind another one draws no frames, so each gets a window.
    fn open(browser: Arc<Browser>, mut target: Value) -> Self {
        target["url"] = "about:blank".into();
        target["newWindow"] = true.into();
        (target["width"], target["height"]) = (1280.into(), 800.into());
        let target = Connection::to_browser(&browser).command("Target.createTarget", target);
        let target = target.expect("a new window");
        let target_id = target["targetId"].as_str().expect("its name").to_owned();
        let connection = Connection::to_tab(&browser, &target_id);
        let page = Self { connection, target_id, errors: RefCell::default(), _browser: browser };
        // Scripts before each start, the page's errors, and the policies that it breaks.
        for domain in ["Page", "Runtime", "Log"] {
            page.command(&format!("{domain}.enable"), json!({}));
        }
        page.resize(1280, 800);
        page
    }

    /// Opens the page with `rest` after its address and waits until it has started.
    pub fn go(&self, rest: &str) {
        self.go_to(&format!("{}{rest}", site::url()));
    }

    /// Opens a built page at an address and waits until it has started.
    pub fn go_to(&self, url: &str) {
        self.navigate(url);
        self.wait_for(STARTED);
    }

    /// Opens an address and waits until the document is loaded, started or not.
    pub fn navigate(&self, url: &str) {
        self.command("Page.navigate", json!({ "url": url }));
        self.wait_for(&format!("location.href === {url:?} && document.readyState === 'complete'"));
    }

    /// Runs a script before the page's own, each time a page opens from now on.
    pub fn before_each_start(&self, script: &str) {
        self.call(Cdp::AddScriptToEvaluateOnNewDocument {
            source: script.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        });
    }

    /// The value of a JavaScript expression, or of its promise.
    pub fn eval(&self, js: &str) -> Value {
        self.try_eval(js).unwrap_or_else(|error| panic!("{js}\n{error}"))
    }

    fn try_eval(&self, js: &str) -> Result<Value, String> {
        let evaluate = json!({
            "expression": js,
            "awaitPromise": true,
            "returnByValue": true,
            "userGesture": true,
        });
        let answer = self.connection.command("Runtime.evaluate", evaluate)?;
        if let Some(details) = answer.get("exceptionDetails") {
            let thrown = details["exception"]["description"].as_str();
            return Err(thrown.unwrap_or("it threw").to_owned());
        }
        Ok(answer["result"].get("value").cloned().unwrap_or(Value::Null))
    }

    /// The value of a JavaScript expression over the document of the page's first frame.
    pub fn eval_in_frame(&self, js: &str) -> Value {
        let tree = self.call(Cdp::GetFrameTree(None)).frame_tree;
        let frames = tree.child_frames.unwrap_or_default();
        let frame = frames.first().expect("a frame in the page").frame.id.clone();
        let world = self.call(Cdp::CreateIsolatedWorld {
            frame_id: frame,
            world_name: None,
            grant_univeral_access: None,
        });
        let evaluate = json!({
            "expression": js,
            "contextId": world.execution_context_id,
            "awaitPromise": true,
            "returnByValue": true,
        });
        let answer = self.command("Runtime.evaluate", evaluate);
        answer["result"].get("value").cloned().unwrap_or(Value::Null)
    }

    /// Fails if the page hardly draws for half a second: something keeps its thread.
    pub fn assert_it_draws(&self) {
        let frames = self.eval(
            "new Promise(done => {
                 let frames = 0;
                 const begun = performance.now();
                 const draw = now => {
                     frames += 1;
                     if (now - begun < 500) requestAnimationFrame(draw); else done(frames);
                 };
                 requestAnimationFrame(draw);
             })",
        );
        let draws = frames.as_u64().is_some_and(|frames| frames > 5);
        assert!(draws, "{frames} frames in half a second");
    }

    /// Waits until a JavaScript expression is true.
    pub fn wait_for(&self, condition: &str) {
        let js = format!("(async () => Boolean({condition}))()");
        let mut last = Ok(Value::Null);
        let holds = wait_until(|| {
            // Between two documents the expression may throw.
            last = self.try_eval(&js);
            last == Ok(Value::Bool(true))
        });
        assert!(
            holds,
            "waited {WAIT_MAX:?} for {condition}: {last:?}\nThe page reported: {:#?}",
            self.errors()
        );
    }

    /// Waits until a JavaScript expression over the document of the page's first frame is true.
    pub fn wait_for_in_frame(&self, condition: &str) {
        let mut last = Value::Null;
        let holds = wait_until(|| {
            last = self.eval_in_frame(&format!("Boolean({condition})"));
            last == Value::Bool(true)
        });
        assert!(holds, "waited {WAIT_MAX:?} in the frame for {condition}: {last:?}");
    }

    /// Waits until a JavaScript expression has this value.
    pub fn wait_for_value(&self, js: &str, value: impl Into<Value>) {
        let value = value.into();
        let mut last = Ok(Value::Null);
        let holds = wait_until(|| {
            last = self.try_eval(js);
            last.as_ref() == Ok(&value)
        });
        assert!(holds, "waited {WAIT_MAX:?} for {js} to be {value}: {last:?}");
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

    /// Sets what a media query sees: `prefers-color-scheme`, `dark`.
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
        let picture = self.command("Page.captureScreenshot", json!({ "format": "png" }));
        let bytes = BASE64_STANDARD.decode(picture["data"].as_str().expect("a picture"));
        std::fs::write(file, bytes.expect("a picture")).expect("writing the picture");
    }

    /// The page's errors so far.
    pub fn errors(&self) -> Vec<String> {
        // What happened before this call has been reported when it is answered.
        let _ = self.connection.command("Runtime.evaluate", json!({ "expression": "0" }));
        let events = self.connection.take_events();
        self.errors.borrow_mut().extend(events.iter().filter_map(page_errors::error_of));
        self.errors.borrow().clone()
    }

    /// The parameters of the next event of that name.
    pub fn event(&self, method: &str) -> Value {
        self.connection.event(method)
    }

    /// Calls a method of the browser's protocol on this tab.
    pub fn call<C: Method + Serialize>(&self, method: C) -> C::ReturnObject {
        let answer = self.connection.call(method);
        answer.unwrap_or_else(|error| panic!("{}: {error}", C::NAME))
    }

    /// The same without types.
    pub fn command(&self, method: &str, parameters: Value) -> Value {
        let answer = self.connection.command(method, parameters);
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    pub fn close(self) {
        // It may be closed already.
        let target = json!({ "targetId": self.target_id });
        let _ = self.connection.command("Target.closeTarget", target);
    }
}

/// Whether `condition` becomes true before [`WAIT_MAX`] has passed.
pub fn wait_until(mut condition: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < WAIT_MAX {
        if condition() {
            return true;
        }
        thread::sleep(POLL_INTERVAL);
    }
    false
}
