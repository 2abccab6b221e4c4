//! The few choices that outlive the page. Where storage is denied, they are merely forgotten.

use super::dom::window;

/// Under which name the theme is kept.
pub const THEME: &str = "raftarium.theme";
/// Under which name it is kept whether single keys are shortcuts.
pub const SHORTCUTS: &str = "raftarium.shortcuts";
/// Under which name the lines are kept that were typed into the console, the newest first.
pub const HISTORY: &str = "raftarium.console";

/// What was kept under that name.
pub fn read(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under that name.
pub fn write(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, text);
    }
}
