//! One Chromium for all tests that run at the same time.

use super::browsers::CHROMIUM;
use headless_chrome::{Browser, LaunchOptions};
use std::ffi::OsStr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// The connection closes after this time without a message, so it is longer than any one call.
const CALL_MAX: Duration = Duration::from_secs(600);

/// On a busy machine a start may exceed headless_chrome's own limit of 30 s.
const STARTS_MAX: u32 = 4;

const ARGS: [&str; 10] = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Tests run in parallel: a page behind another one must run at full speed.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--hide-scrollbars",
    // Keeps a sandboxed frame in the tab's own process, where the tests can look into it.
    "--disable-features=IsolateSandboxedIframes",
];

/// Weak, because a static is never dropped and Chromium would outlive the tests.
static RUNNING: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// The running Chromium, or a new one with a fresh profile. It ends with the last test that holds
/// it.
pub fn browser() -> Arc<Browser> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(browser) = running.upgrade() {
        return browser;
    }
    let browser = Arc::new(launch());
    *running = Arc::downgrade(&browser);
    browser
}

/// A Chromium with a fresh profile.
pub fn launch() -> Browser {
    let Some(path) = CHROMIUM.find() else {
        panic!("{}", CHROMIUM.remedy);
    };
    let options = || LaunchOptions {
        path: Some(path.clone()),
        // Root, and most containers, cannot have the sandbox. The tests open only our own pages.
        sandbox: false,
        enable_gpu: false,
        ignore_certificate_errors: false,
        window_size: Some((1280, 800)),
        idle_browser_timeout: CALL_MAX,
        args: ARGS.iter().map(OsStr::new).collect(),
        ..LaunchOptions::default()
    };
    for start in 1.. {
        match Browser::new(options()) {
            Ok(browser) => return browser,
            Err(error) if start < STARTS_MAX => eprintln!("Chromium did not start: {error:#}"),
            Err(error) => panic!("{} does not start: {error:#}", path.display()),
        }
    }
    unreachable!("the loop returns or panics")
}
