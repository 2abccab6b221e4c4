//! A tab with the page in it.

use super::{browser, page_errors::PageErrors, site};
use headless_chrome::protocol::cdp::{
    Emulation, Page as Cdp, Runtime, Target, types::Event, types::Method,
};
use headless_chrome::{Browser, Tab};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
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
    pub(super) tab: Arc<Tab>,
    errors: PageErrors,
    /// Chromium ends with the last page that holds it.
    _browser: Arc<Browser>,
}

impl Page {
    /// An empty tab of 1280 by 800 CSS pixels.
    pub fn blank() -> Self {
        let browser = browser::browser();
        let context = browser.new_context().expect("a fresh profile");
        let window = new_window(Some(context.get_id()));
        let tab = browser.new_tab_with_options(window).expect("a new window");
        Self::around(tab, browser)
    }

    /// An empty tab in a Chromium of its own, whose cache on disk survives the tab.
    pub fn in_own_browser() -> Self {
        let browser = Arc::new(browser::launch());
        let tab = browser.new_tab_with_options(new_window(None)).expect("a new window");
        Self::around(tab, browser)
    }

    fn around(tab: Arc<Tab>, browser: Arc<Browser>) -> Self {
        tab.set_default_timeout(WAIT_MAX);
        let errors = PageErrors::watch(&tab);
        let page = Self { tab, errors, _browser: browser };
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
        self.tab.navigate_to(url).expect("opening the page");
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
        let answer = self.call(EvaluateIn {
            expression: js,
            context_id: world.execution_context_id,
            await_promise: true,
            return_by_value: true,
        });
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
        let png = Cdp::CaptureScreenshotFormatOption::Png;
        let bytes = self.tab.capture_screenshot(png, None, None, true);
        std::fs::write(file, bytes.expect("a picture")).expect("writing the picture");
    }

    /// The page's errors so far.
    pub fn errors(&self) -> Vec<String> {
        self.errors.list()
    }

    /// Calls `hear` for each event of the browser's protocol on this tab.
    pub fn listen(&self, hear: impl Fn(&Event) + Send + Sync + 'static) {
        self.tab.add_event_listener(Arc::new(hear)).expect("listening to the tab");
    }

    /// Calls a method of the browser's protocol on this tab.
    pub fn call<C: Method + Serialize + Debug>(&self, method: C) -> C::ReturnObject {
        let answer = self.tab.call_method(method);
        answer.unwrap_or_else(|error| panic!("{}: {error}", C::NAME))
    }

    pub fn close(self) {
        // It may be closed already.
        let _ = self.tab.close_target();
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

/// A tab behind another one draws no frames, so each gets a window.
fn new_window(context: Option<&str>) -> Target::CreateTarget {
    Target::CreateTarget {
        url: "about:blank".into(),
        left: None,
        top: None,
        width: Some(1280),
        height: Some(800),
        window_state: None,
        browser_context_id: context.map(str::to_owned),
        enable_begin_frame_control: None,
        new_window: Some(true),
        background: None,
        for_tab: None,
        hidden: None,
    }
}

/// `Runtime.evaluate` with an untyped answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Evaluate<'a> {
    expression: &'a str,
    await_promise: bool,
    return_by_value: bool,
    user_gesture: bool,
}

impl Method for Evaluate<'_> {
    const NAME: &'static str = <Runtime::Evaluate as Method>::NAME;
    type ReturnObject = Value;
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
