//! Finds Chromium on this machine: for the gate, which may install it, and for
//! the browser tests, which take this file in by its path.

use std::env;
use std::path::{Path, PathBuf};

/// What to do where there is no Chromium.
pub const REMEDY: &str = "Chromium is missing. Install the package `chromium` (Debian, Ubuntu: \
     sudo apt-get install chromium), or name a Chromium or Chrome in RAFTARIUM_CHROMIUM";

/// The commands under which Chromium and its kin are installed.
const COMMANDS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
];

/// Where it is on a system that keeps programs outside the PATH.
const PLACES: [&str; 3] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/// The program named in `RAFTARIUM_CHROMIUM`, or the first that is found.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("RAFTARIUM_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    let on_path = COMMANDS.iter().flat_map(|command| {
        let file = format!("{command}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    let elsewhere = PLACES.iter().map(|place| Path::new(place).to_owned());
    on_path.chain(elsewhere).find(|path| path.is_file())
}
