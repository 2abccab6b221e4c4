//! The browser's storage. Where it is denied or full, and outside a browser, nothing is stored.

use std::cell::Cell;

use web_sys::Storage;

use super::dom::window;

pub const THEME: &str = "raftarium.theme";
pub const SHORTCUTS: &str = "raftarium.shortcuts";
pub const LEGEND: &str = "raftarium.legend";
/// The session.
pub const SESSION: &str = "raftarium.session";
/// The session before it.
pub const PREVIOUS: &str = "raftarium.previous";
/// Where the person stands in the narrated script that the session is.
pub const STORY: &str = "raftarium.story";
/// How far the person has come in lessons and scenarios.
pub const PROGRESS: &str = "raftarium.progress";
/// Present while the session is being restored.
const RESTORING: &str = "raftarium.restoring";
/// The lines typed into the console, the newest first.
pub const HISTORY: &str = "raftarium.console";

thread_local! {
    static IS_OFF: Cell<bool> = const { Cell::new(false) };
}

/// From now on nothing is read or stored: a frame in another page is not the person's own session.
pub fn turn_off() {
    IS_OFF.set(true);
}

fn is_on() -> bool {
    cfg!(target_arch = "wasm32") && !IS_OFF.get()
}

/// The storage that all tabs share.
fn common_store() -> Option<Storage> {
    if is_on() { window().local_storage().ok()? } else { None }
}

/// The storage of this tab.
fn own_store() -> Option<Storage> {
    if is_on() { window().session_storage().ok()? } else { None }
}

pub fn read(name: &str) -> Option<String> {
    common_store()?.get_item(name).ok()?
}

pub fn write(name: &str, text: &str) {
    if let Some(store) = common_store() {
        let _ = store.set_item(name, text);
    }
}

/// The stores of sessions: each tab has its own, and a new tab starts with the newest of all.
fn session_stores() -> impl Iterator<Item = Storage> {
    own_store().into_iter().chain(common_store())
}

/// The session of that name: of this tab, or else the newest.
pub fn read_session(name: &str) -> Option<String> {
    session_stores().find_map(|store| store.get_item(name).ok().flatten())
}

/// The same, of this tab only: it was there before a reload.
pub fn read_own_session(name: &str) -> Option<String> {
    own_store()?.get_item(name).ok()?
}

/// Stores a session under that name; `None` removes it.
pub fn write_session(name: &str, text: Option<&str>) {
    for store in session_stores() {
        let _ = match text {
            Some(text) => store.set_item(name, text),
            None => store.remove_item(name),
        };
    }
}

/// Whether this tab was restoring a session when it was left or crashed.
pub fn was_restoring() -> bool {
    own_store().is_some_and(|own| matches!(own.get_item(RESTORING), Ok(Some(_))))
}

pub fn set_restoring(on: bool) {
    if let Some(own) = own_store() {
        let _ = if on { own.set_item(RESTORING, "1") } else { own.remove_item(RESTORING) };
    }
}
