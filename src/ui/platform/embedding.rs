//! The page within another page: the calls of `window.raftarium` as messages, and its events to the
//! page around it. `docs/embedding.md` is the manual.
//!
//! Only the page that embeds this one, the page that opened it, and its own scripts are answered. They may be of
//! any origin, by design: here is nothing secret, no message is run as code, and whatever a call does, the person
//! at the page can do by hand. An answer goes to nobody but the origin that asked.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element, MessageEvent, Window};

use crate::ui::player::Player;

use super::api::{NAME, call, set};
use super::dom::{document, window};

/// Listens for calls, for the page's lifetime.
pub fn listen(player: Rc<Player>) {
    let listener = EventListener::new(&window(), "message", move |event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            heed(&player, event);
        }
    });
    listener.forget();
    submit_without_leave();
}

/// A frame in a sandbox may not submit forms, and ours are sent nowhere: the click on a button that would submit
/// one (Enter in a field is such a click, too) tells the form so, and that is all.
fn submit_without_leave() {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "click", options, |click| {
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let closest = |from: Option<Element>, what: &str| from?.closest(what).ok().flatten();
        // What is filled in wrongly the browser tells, as ever.
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

/// Tells the page around this one, if there is one. Whose it is cannot be known before it asks.
pub fn tell(what: &str, time: &JsValue) {
    let parent = window().parent().ok().flatten();
    let parent = parent.filter(|parent| !Object::is(parent, &window()));
    if let Some(parent) = parent {
        post(&parent, "*", &event(what, time));
    }
}

fn event(what: &str, time: &JsValue) -> JsValue {
    let message = message();
    set(&message, "event", &what.into());
    set(&message, "time", time);
    message
}

fn message() -> JsValue {
    let message = Object::new();
    set(&message, "type", &NAME.into());
    message.into()
}

fn heed(player: &Player, asked: &MessageEvent) {
    let data = asked.data();
    let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or_default();
    let source = asked.source().map_or(JsValue::NULL, JsValue::from);
    let is_own = Object::is(&source, &window());
    // Not ours, or an answer or event of ours that came back.
    let is_call =
        field("type") == NAME && field("ok").is_undefined() && field("event").is_undefined();
    if !is_call || !is_own && !is_near(&source) {
        return;
    }
    let answer = message();
    set(&answer, "id", &field("id"));
    let name = field("call").as_string().unwrap_or_default();
    let args = field("args");
    let first = if Array::is_array(&args) { Array::from(&args).get(0) } else { args };
    let is_ping = name == "ping";
    let result = if is_ping { Ok(NAME.into()) } else { call(player, &name, first) };
    set(&answer, "ok", &result.is_ok().into());
    match &result {
        Ok(value) => set(&answer, "value", value),
        Err(error) => set(&answer, "error", &error.into()),
    }
    let origin = asked.origin();
    // A frame in a sandbox, or a page from a file, has no origin that could be named.
    let origin = if origin.is_empty() || origin == "null" { "*" } else { &origin };
    let source: &Window = source.unchecked_ref();
    post(source, origin, &answer);
    if is_ping {
        let time = player.with_world(|world| world.now_us());
        post(source, origin, &event("ready", &(time as f64).into()));
    }
}

/// Whether it is the page around this one, or the one that opened it.
fn is_near(source: &JsValue) -> bool {
    let parent = window().parent().ok().flatten().map_or(JsValue::NULL, JsValue::from);
    let opener = window().opener().unwrap_or(JsValue::NULL);
    !source.is_null() && (Object::is(source, &parent) || Object::is(source, &opener))
}

fn post(to: &Window, origin: &str, message: &JsValue) {
    // It fails where that window is gone.
    let _ = to.post_message(message, origin);
}
