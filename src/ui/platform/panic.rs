//! What a person sees where the program has a bug: a page that says so, not a dead one.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;

use super::dom::{find, set_root_attribute};

/// Shows the panic screen of index.html instead of the page, from now on.
pub fn show_a_screen() {
    std::panic::set_hook(Box::new(|info| {
        let what = description(info);
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
