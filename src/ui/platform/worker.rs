//! A second thread: a worker that runs the lab's program, and the texts that it
//! exchanges with the page.
//!
//! The worker's script is `boot.js`. Its first message names the two files of the program, which it
//! starts as the page does its own.

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

use super::dom::find;
use super::lab_program;

/// A worker posts this once it has started, and waits for requests.
pub const READY: &str = "ready";

/// Ends when it is dropped, whatever it is doing.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 2],
}

impl Worker {
    /// Starts a worker. `receive` gets its texts; `fail` is called once it has crashed.
    ///
    /// # Errors
    /// If the browser allows none, as in a sandboxed frame.
    pub fn start(
        mut receive: impl FnMut(String) + 'static,
        mut fail: impl FnMut(String) + 'static,
    ) -> Result<Worker, String> {
        let script = find("script[src*='boot']")
            .and_then(|script| js_sys::Reflect::get(&script, &"src".into()).ok()?.as_string())
            .ok_or("the page does not name boot.js")?;
        let files = lab_program::files()?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&script, &options).map_err(error_text)?;
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(text) = data.and_then(|data| data.as_string()) {
                    receive(text);
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                fail(error.unwrap_or_default());
            }),
        ];
        worker.post_message(&files).map_err(error_text)?;
        Ok(Worker { worker, _listeners: listeners })
    }

    pub fn post(&self, text: &str) {
        // A text can always be cloned.
        let _ = self.worker.post_message(&text.into());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// The message of an error that JavaScript throws.
pub(super) fn error_text(error: JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.unwrap_or_else(|| "the browser gives no reason".to_owned())
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// How many threads the machine runs at once.
pub fn cores() -> usize {
    super::dom::window().navigator().hardware_concurrency() as usize
}

/// Whether the program runs in a worker, where there is no document.
pub fn is_worker() -> bool {
    scope().is_some()
}

/// In a worker: posts a text to the page.
pub fn post(text: &str) {
    if let Some(scope) = scope() {
        let _ = scope.post_message(&text.into());
    }
}

/// In a worker: handles the texts of the page as long as the worker lives.
pub fn receive(mut handle: impl FnMut(String) + 'static) {
    let Some(scope) = scope() else { return };
    let listener = EventListener::new(&scope, "message", move |event| {
        let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        if let Some(text) = data.and_then(|data| data.as_string()) {
            handle(text);
        }
    });
    listener.forget();
}

/// In a worker: now, in milliseconds.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}
