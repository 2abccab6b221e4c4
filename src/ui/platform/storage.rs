//! What outlives the page. Where storage is denied or full, it is merely forgotten.

use web_sys::Storage;

use super::dom::window;

/// Under which name the theme is kept.
pub const THEME: &str = "raftarium.theme";
/// Under which name it is kept whether single keys are shortcuts.
pub const SHORTCUTS: &str = "raftarium.shortcuts";
/// Under which name the session is kept.
pub const SESSION: &str = "raftarium.session";
/// Under which name the session before it is kept.
pub const PREVIOUS: &str = "raftarium.previous";
/// Under which name it is kept that a session is just being restored.
pub const RESTORING: &str = "raftarium.restoring";
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

/// Where sessions are kept: each tab has its own, and a new tab gets the newest of all.
fn shelves() -> impl Iterator<Item = Storage> {
    let (own, common) = (window().session_storage(), window().local_storage());
    [own, common].into_iter().filter_map(|storage| storage.ok().flatten())
}

/// The session that was kept under that name, of this tab if possible.
pub fn kept(name: &str) -> Option<String> {
    shelves().find_map(|shelf| shelf.get_item(name).ok().flatten())
}

/// Keeps a session under that name; nothing forgets what was there.
pub fn keep(name: &str, text: Option<&str>) {
    for shelf in shelves() {
        let _ = match text {
            Some(text) => shelf.set_item(name, text),
            None => shelf.remove_item(name),
        };
    }
}

/// Whether this tab was restoring a session when it was left or broke down.
pub fn was_restoring() -> bool {
    shelves().next().is_some_and(|own| matches!(own.get_item(RESTORING), Ok(Some(_))))
}

/// Says whether this tab is restoring a session.
pub fn set_restoring(on: bool) {
    if let Ok(Some(own)) = window().session_storage() {
        let _ = if on { own.set_item(RESTORING, "1") } else { own.remove_item(RESTORING) };
    }
}
