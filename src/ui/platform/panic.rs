//! The panic screen: the page says what went wrong, instead of standing still.

use std::cell::Cell;
use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;

use super::dom::{self, find, set_root_attribute};
use super::listen::on_click;

thread_local! {
    static HAPPENED: Cell<bool> = const { Cell::new(false) };
}

/// Whether the program has panicked. Nothing in memory can be trusted then.
pub fn happened() -> bool {
    HAPPENED.get()
}

/// Shows the panic screen of index.html after a panic of this program, with the error and
/// `details`.
pub fn install_screen(details: fn() -> String) {
    std::panic::set_hook(Box::new(move |info| {
        // Later panics are consequences of the first.
        if HAPPENED.replace(true) {
            return;
        }
        let what = description(info) + &details();
        web_sys::console::error_1(&JsValue::from_str(&what));
        set_root_attribute("data-state", "panicked");
        if let Some(detail) = find("#panic-detail") {
            detail.set_text_content(Some(&what));
        }
        if let Some(screen) = find("#panic") {
            let _ = screen.remove_attribute("hidden");
        }
    }));
}

/// The button of the panic screen calls `start_over` and reloads the page.
pub fn install_start_over(start_over: fn()) {
    if let Some(button) = find("#panic-fresh") {
        on_click(&button, move || {
            start_over();
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
