//! Event listeners that are removed when they are dropped.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::*;

use super::dom::{Element, KeyboardEvent, WheelEvent, document, window};

/// Removed when dropped.
pub struct Listener(#[allow(dead_code)] EventListener);

impl Listener {
    pub(super) fn of(listener: EventListener) -> Listener {
        Listener(listener)
    }
}

/// Listens to `keydown` or `keyup` in the whole page. The callback may prevent their default.
pub fn on_key(kind: &'static str, mut callback: impl FnMut(&KeyboardEvent) + 'static) -> Listener {
    on_document(kind, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            callback(event);
        }
    })
}

/// Listens to events of that kind in the whole page. The callback may prevent their default.
pub fn on_document(
    kind: &'static str,
    callback: impl FnMut(&web_sys::Event) + 'static,
) -> Listener {
    let options = EventListenerOptions::enable_prevent_default();
    Listener(EventListener::new_with_options(&document(), kind, options, callback))
}

/// Listens to events of that kind on the window.
pub fn on_window(kind: &'static str, mut callback: impl FnMut() + 'static) -> Listener {
    Listener(EventListener::new(&window(), kind, move |_| callback()))
}

pub fn on_leave(mut callback: impl FnMut() + 'static) -> Listener {
    Listener(EventListener::new(&window(), "pagehide", move |_| callback()))
}

/// Listens as long as the page lives.
pub fn on_click(element: &Element, mut callback: impl FnMut() + 'static) {
    EventListener::new(element, "click", move |_| callback()).forget();
}

/// Calls back when the tab is hidden or shown.
pub fn on_visibility(mut callback: impl FnMut() + 'static) -> Listener {
    Listener(EventListener::new(&document(), "visibilitychange", move |_| callback()))
}

/// Calls back when the fragment of the address changes.
pub fn on_fragment(mut callback: impl FnMut() + 'static) -> Listener {
    Listener(EventListener::new(&window(), "hashchange", move |_| callback()))
}

/// Calls back when a pointer is pressed outside the element.
pub fn on_press_outside(element: Element, mut callback: impl FnMut() + 'static) -> Listener {
    let options = EventListenerOptions::run_in_capture_phase();
    Listener(EventListener::new_with_options(&document(), "pointerdown", options, move |event| {
        let node = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if !element.contains(node.as_ref()) {
            callback();
        }
    }))
}

/// Listens to the wheel over an element, which does not scroll then.
pub fn on_wheel(element: &Element, mut callback: impl FnMut(&WheelEvent) + 'static) -> Listener {
    let options = EventListenerOptions::enable_prevent_default();
    Listener(EventListener::new_with_options(element, "wheel", options, move |event| {
        if let Some(event) = event.dyn_ref::<WheelEvent>() {
            event.prevent_default();
            callback(event);
        }
    }))
}

/// Calls back when the system changes between light and dark, or forces its colours.
pub fn on_color_change(callback: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];
    let lists = queries.iter().filter_map(|query| window().match_media(query).ok().flatten());
    let listen = |list: web_sys::MediaQueryList| {
        let mut callback = callback.clone();
        Listener(EventListener::new(&list, "change", move |_| callback()))
    };
    lists.map(listen).collect()
}

/// Calls back when an element's size changes, until it is dropped.
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl SizeWatch {
    pub fn new(element: &Element, callback: impl FnMut() + 'static) -> Option<SizeWatch> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(SizeWatch { observer, _callback: callback })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
