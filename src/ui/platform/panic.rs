//! What a person sees where the program has a bug: a page that says so, not a dead one, with the script that shows
//! the bug again.

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;

use crate::ui::kept::Kept;

use super::dom::{self, find, set_root_attribute};
use super::listen::on_click;
use super::storage;

thread_local! {
    static HAPPENED: Cell<bool> = const { Cell::new(false) };
    static SESSION: RefCell<Kept> = const { RefCell::new(Kept { text: String::new(), time_us: 0 }) };
    static TRYING: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whether the program has broken down. Nothing of it can be trusted then.
pub fn happened() -> bool {
    HAPPENED.get()
}

/// The session, as it would have to be told.
pub fn remember(session: &Kept) {
    SESSION.with_borrow_mut(|kept| kept.clone_from(session));
}

/// The session's moment.
pub fn remember_moment(time_us: u64) {
    SESSION.with_borrow_mut(|kept| kept.time_us = time_us);
}

/// What is being done; nothing once it is done.
pub fn trying(line: &str) {
    TRYING.with_borrow_mut(|trying| line.clone_into(trying));
}

/// Shows the panic screen of index.html instead of the page, from now on.
pub fn show_a_screen() {
    std::panic::set_hook(Box::new(|info| {
        // What comes after the first is of no use to anybody.
        if HAPPENED.replace(true) {
            return;
        }
        let what = description(info) + &session();
        web_sys::console::error_1(&JsValue::from_str(&what));
        set_root_attribute("data-state", "panicked");
        if let Some(detail) = find("#panic-detail") {
            detail.set_text_content(Some(&what));
        }
        if let Some(screen) = find("#panic") {
            let _ = screen.remove_attribute("hidden");
        }
    }));
    if let Some(button) = find("#panic-fresh") {
        on_click(&button, || {
            storage::keep(storage::SESSION, None);
            storage::set_restoring(false);
            dom::drop_fragment();
            let _ = dom::window().location().reload();
        });
    }
}

fn description(info: &PanicHookInfo<'_>) -> String {
    let text = info
        .payload()
        .downcast_ref::<&str>()
        .map(|text| (*text).to_string())
        .or_else(|| info.payload().downcast_ref::<String>().cloned())
        .unwrap_or_default();
    match info.location() {
        Some(place) => format!("{text} ({}:{})", place.file(), place.line()),
        None => text,
    }
}

/// The script that the session was.
fn session() -> String {
    let in_memory = SESSION.with(|kept| kept.try_borrow().ok().map(|kept| kept.clone()));
    let known = in_memory.filter(|kept| !kept.text.is_empty());
    let kept = known.or_else(|| Kept::read(&storage::kept(storage::SESSION)?));
    let Some(Kept { text, time_us }) = kept else { return String::new() };
    let trying = TRYING.with(|line| line.try_borrow().map_or(String::new(), |line| line.clone()));
    let then = if trying.is_empty() { trying } else { format!("\n# and then: {trying}") };
    format!("\n\n# The script of your session, at {time_us} us:\n{}{then}", text.trim_end())
}
