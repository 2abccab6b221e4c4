//! One Chromium for all tests that run at the same time.

use super::chromium;
use headless_chrome::{Browser, LaunchOptions};
use std::ffi::OsStr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// Longer than any one call takes: the connection is given up after it.
const CALL_TIMEOUT: Duration = Duration::from_secs(300);

const ARGS: [&str; 10] = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Tests run side by side: a page behind another must not be slowed down.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--hide-scrollbars",
    // In a process of its own, a frame's troubles would not be heard.
    "--disable-features=IsolateSandboxedIframes",
];

/// Kept weakly: a static is never dropped, and Chromium would outlive the tests.
static RUNNING: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// The running Chromium, or a new one with a fresh profile. It ends with the last
/// test that holds it.
pub fn browser() -> Arc<Browser> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(browser) = running.upgrade() {
        return browser;
    }
    let browser = Arc::new(launch());
    *running = Arc::downgrade(&browser);
    browser
}

fn launch() -> Browser {
    let Some(path) = chromium::find() else {
        panic!("{}", chromium::REMEDY);
    };
    let options = LaunchOptions {
        path: Some(path.clone()),
        // As root, and in most containers, the sandbox cannot be had. The only
        // page that is opened is our own.
        sandbox: false,
        enable_gpu: false,
        ignore_certificate_errors: false,
        window_size: Some((1280, 800)),
        idle_browser_timeout: CALL_TIMEOUT,
        args: ARGS.iter().map(OsStr::new).collect(),
        ..LaunchOptions::default()
    };
    Browser::new(options)
        .unwrap_or_else(|error| panic!("{} does not start: {error:#}", path.display()))
}
