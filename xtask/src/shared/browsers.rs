//! Finds Chromium and Firefox, for the gate and for the browser tests. The tests include this
//! file by its path.

use std::env;
use std::path::{Path, PathBuf};

/// A browser that may be installed.
pub struct InstalledBrowser {
    /// Names the program instead of the PATH.
    variable: &'static str,
    commands: &'static [&'static str],
    /// Where systems install it outside the PATH.
    paths: &'static [&'static str],
    /// The advice if there is none.
    pub remedy: &'static str,
}

/// Chromium, or a browser built on it.
pub const CHROMIUM: InstalledBrowser = InstalledBrowser {
    variable: "RAFTARIUM_CHROMIUM",
    commands: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
    ],
    paths: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ],
    remedy: "Chromium is missing. Install the package `chromium` (Debian, Ubuntu: sudo apt-get \
         install chromium), or name a Chromium or Chrome in RAFTARIUM_CHROMIUM",
};

pub const FIREFOX: InstalledBrowser = InstalledBrowser {
    variable: "RAFTARIUM_FIREFOX",
    commands: &["firefox-esr", "firefox"],
    paths: &[
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        "C:/Program Files/Mozilla Firefox/firefox.exe",
    ],
    remedy: "Firefox is missing. Install the package `firefox-esr` (Debian: sudo apt-get install \
         firefox-esr), or name a Firefox in RAFTARIUM_FIREFOX",
};

impl InstalledBrowser {
    /// The program that the variable names, or the first one installed.
    pub fn find(&self) -> Option<PathBuf> {
        if let Some(named) = env::var_os(self.variable) {
            return Some(PathBuf::from(named)).filter(|path| path.is_file());
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<_> = env::split_paths(&path).collect();
        let on_path = self.commands.iter().flat_map(|command| {
            let file = format!("{command}{}", env::consts::EXE_SUFFIX);
            folders.iter().map(move |folder| folder.join(&file))
        });
        let elsewhere = self.paths.iter().map(|path| Path::new(path).to_owned());
        on_path.chain(elsewhere).find(|path| path.is_file())
    }
}
