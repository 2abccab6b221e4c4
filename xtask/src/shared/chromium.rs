//! Finds Chromium, for the gate and for the browser tests. The tests include this file by its path.

use std::env;
use std::path::{Path, PathBuf};

/// The advice if there is no Chromium.
pub const REMEDY: &str = "Chromium is missing. Install the package `chromium` (Debian, Ubuntu: \
     sudo apt-get install chromium), or name a Chromium or Chrome in RAFTARIUM_CHROMIUM";

/// The commands of Chromium and the browsers built on it.
const COMMANDS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
];

/// Where systems install it outside the PATH.
const PATHS: [&str; 3] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/// The program that `RAFTARIUM_CHROMIUM` names, or the first one installed.
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
    let elsewhere = PATHS.iter().map(|path| Path::new(path).to_owned());
    on_path.chain(elsewhere).find(|path| path.is_file())
}
