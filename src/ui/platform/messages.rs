//! Calls that come as messages from other windows, their answers, and events to the page around
//! this one.
//!
//! Only the page that embeds this one, the page that opened it, and this page's own scripts get an
//! answer. They may have any origin, by design: nothing here is secret, no message is run as code,
//! and a call can do no more than the person at the page. An answer goes only to the origin that
//! asked.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element, MessageEvent, Window};

use super::dom::{document, window};
use super::export::{Argument, Export, JsonValue, set};

/// Answers calls of the export's functions as long as the page lives.
pub(super) fn answer(export: Rc<Export>) {
    let listener = EventListener::new(&window(), "message", move |event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            answer_message(&export, event);
        }
    });
    listener.forget();
    submit_within_the_page();
}

/// Lets forms work in a sandboxed frame, which may not submit them: a click on a submit button
/// (Enter in a field is such a click, too) becomes the form's `submit` event and nothing else.
fn submit_within_the_page() {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "click", options, |click| {
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let closest = |from: Option<Element>, what: &str| from?.closest(what).ok().flatten();
        // The browser reports the fields of an invalid form.
        let form = closest(closest(target, "[type=submit]"), "form:valid");
        let Some(form) = form.filter(|_| !click.default_prevented()) else { return };
        click.prevent_default();
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        if let Ok(submit) = CustomEvent::new_with_event_init_dict("submit", &init) {
            let _ = form.dispatch_event(&submit);
        }
    });
    listener.forget();
}

/// Posts an event to the page around this one. Its origin is unknown before it asks.
pub(super) fn post_event(name: &str, event: &str, time_us: u64) {
    let parent = window().parent().ok().flatten();
    let parent = parent.filter(|parent| !Object::is(parent, &window()));
    if let Some(parent) = parent {
        post(&parent, "*", &event_message(name, event, time_us));
    }
}

fn event_message(name: &str, event: &str, time_us: u64) -> JsValue {
    let message = message(name);
    set(&message, "event", &event.into());
    set(&message, "time", &(time_us as f64).into());
    message
}

fn message(name: &str) -> JsValue {
    let message = Object::new();
    set(&message, "type", &name.into());
    message.into()
}

fn answer_message(export: &Export, asked: &MessageEvent) {
    let data = asked.data();
    let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or_default();
    let source = asked.source().map_or(JsValue::NULL, JsValue::from);
    let is_own = Object::is(&source, &window());
    // A message with `ok` or `event` is an answer or event of this page.
    let is_call =
        field("type") == export.name && field("ok").is_undefined() && field("event").is_undefined();
    if !is_call || !is_own && !is_near(&source) {
        return;
    }
    let answer = message(export.name);
    set(&answer, "id", &field("id"));
    let call = field("call").as_string().unwrap_or_default();
    let args = field("args");
    let first = if Array::is_array(&args) { Array::from(&args).get(0) } else { args };
    let is_ping = call == "ping";
    let result = match is_ping {
        true => Ok(JsonValue(export.name.into())),
        false => (export.call)(&call, Argument(first)),
    };
    set(&answer, "ok", &result.is_ok().into());
    match &result {
        Ok(JsonValue(value)) => set(&answer, "value", value),
        Err(error) => set(&answer, "error", &error.into()),
    }
    let origin = asked.origin();
    // A sandboxed frame, or a page from a file, has no origin.
    let origin = if origin.is_empty() || origin == "null" { "*" } else { &origin };
    let source: &Window = source.unchecked_ref();
    post(source, origin, &answer);
    if is_ping {
        post(source, origin, &event_message(export.name, "ready", (export.now_us)()));
    }
}

/// Whether it is the page around this one, or the one that opened it.
fn is_near(source: &JsValue) -> bool {
    let parent = window().parent().ok().flatten().map_or(JsValue::NULL, JsValue::from);
    let opener = window().opener().unwrap_or(JsValue::NULL);
    !source.is_null() && (Object::is(source, &parent) || Object::is(source, &opener))
}

fn post(to: &Window, origin: &str, message: &JsValue) {
    // It fails where that window is closed.
    let _ = to.post_message(message, origin);
}
