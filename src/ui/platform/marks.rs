//! Marks of a thing wherever the page shows it: on each element whose `data-selection` names it. A
//! place on the page that nobody can select has its name in `data-place`.

use wasm_bindgen::JsCast;

use super::dom::{Element, all_within, document};
use super::listen::{Listener, on_document};

const NAMES: &str = "data-selection";
const PLACES: &str = "data-place";

/// Sets the attribute on all elements that stand for the things of these names, and on no other.
pub fn mark(attribute: &str, names: &[String]) {
    let Some(root) = document().document_element() else { return };
    for marked in all_within(&root, &format!("[{attribute}]")) {
        let is_named = |name: String| names.contains(&name);
        let name = marked.get_attribute(NAMES).or_else(|| marked.get_attribute(PLACES));
        if !name.is_some_and(is_named) {
            let _ = marked.remove_attribute(attribute);
        }
    }
    for name in names {
        for found in all_within(&root, &format!("[{NAMES}=\"{name}\"], [{PLACES}=\"{name}\"]")) {
            let _ = found.set_attribute(attribute, "");
        }
    }
}

/// Calls back with the name of the thing under the pointer, or with the keyboard focus;
/// `None` on anything else.
pub fn on_hover(callback: impl Fn(Option<String>) + Clone + 'static) -> Vec<Listener> {
    let kinds = [("pointerover", true), ("focusin", true), ("pointerout", false)];
    let listen = |(kind, comes): (&'static str, bool)| {
        let callback = callback.clone();
        on_document(kind, move |event| {
            // The pointer that leaves one element comes to another one, or leaves the page.
            let left_page = event
                .dyn_ref::<web_sys::MouseEvent>()
                .is_some_and(|event| event.related_target().is_none());
            if comes || left_page {
                callback(event.target().filter(|_| comes).and_then(named));
            }
        })
    };
    kinds.map(listen).into()
}

fn named(target: web_sys::EventTarget) -> Option<String> {
    let element: Element = target.dyn_into().ok()?;
    let found = element.closest(&format!("[{NAMES}]")).ok()??;
    found.get_attribute(NAMES)
}
