//! The service worker, which keeps the page for visits without a network. Where the browser denies
//! it, as in a sandboxed frame or without storage, nothing happens.

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::dom::{self, window};
use super::export::set;
use super::listen::{Listener, on_visibility};

/// Its address beside the page.
const ADDRESS: &str = "service-worker.js";
/// The page starts first, in real milliseconds.
const DELAY_MS: u32 = 3_000;

/// Registers the worker, and calls back when the server has a newer version of the page. The worker
/// looks for one now, and each time the tab is shown again.
pub fn register(mut on_newer: impl FnMut() + 'static) -> Option<[Listener; 2]> {
    let container = container()?;
    let newer = EventListener::new(&container, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let kind = Reflect::get(&event.data(), &"type".into()).unwrap_or_default();
        if kind == "new-version" {
            on_newer();
        }
    });
    let shown = {
        let container = container.clone();
        on_visibility(move || {
            if !dom::hidden() {
                spawn_local(ask_for_newer(container.clone()));
            }
        })
    };
    spawn_local(async move {
        TimeoutFuture::new(DELAY_MS).await;
        if JsFuture::from(container.register(ADDRESS)).await.is_ok() {
            ask_for_newer(container).await;
        }
    });
    Some([Listener::of(newer), shown])
}

/// In a sandboxed frame even looking at it throws.
fn container() -> Option<ServiceWorkerContainer> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let navigator = window().navigator();
    Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

/// Sends the tags of this version, with the names of its files.
async fn ask_for_newer(container: ServiceWorkerContainer) {
    let Ok(ready) = container.ready() else { return };
    let Ok(registration) = JsFuture::from(ready).await else { return };
    let Some(head) = dom::find("head") else { return };
    let message = Object::new();
    set(&message, "type", &"check".into());
    set(&message, "head", &head.inner_html().into());
    if let Some(worker) = registration.unchecked_into::<ServiceWorkerRegistration>().active() {
        let _ = worker.post_message(&message);
    }
}
