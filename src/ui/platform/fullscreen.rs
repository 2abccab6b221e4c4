//! The whole screen, where the browser allows it. A refusal changes nothing.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::dom::document;
use super::listen::{Listener, on_document};

/// Asks for the whole screen. Browsers grant that only after a click or a key.
pub fn enter() {
    if let Some(root) = document().document_element() {
        ask(&root, "requestFullscreen");
    }
}

pub fn leave() {
    if is_on() {
        ask(&document(), "exitFullscreen");
    }
}

/// Calls back when the browser gives the screen back: it keeps Escape to itself meanwhile.
pub fn on_left(mut callback: impl FnMut() + 'static) -> Listener {
    on_document("fullscreenchange", move |_| {
        if !is_on() {
            callback();
        }
    })
}

fn is_on() -> bool {
    document().fullscreen_element().is_some()
}

/// Some browsers lack the method, and some refuse with the promise.
fn ask(object: &JsValue, method: &str) {
    let Ok(method) = Reflect::get(object, &method.into()) else { return };
    let Some(answer) = method.dyn_ref::<Function>().and_then(|it| it.call0(object).ok()) else {
        return;
    };
    if let Ok(promise) = answer.dyn_into::<Promise>() {
        spawn_local(async {
            let _ = JsFuture::from(promise).await;
        });
    }
}
