//! `window.raftarium`: for course pages and for tests. Every call returns a promise of plain JSON
//! values, and rejects with the message that the command line would print.

use std::rc::Rc;

use js_sys::{Error, Function, JSON, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::sim::Micros;
use crate::ui::player::Player;

use super::dom::window;

/// The name of the object, and of the events.
const NAME: &str = "raftarium";

/// Puts the object on the window.
pub fn install(player: &Rc<Player>) {
    let api = Object::new();
    let calls: [(&str, Call); 11] = [
        ("load", |player, text| done(player.load(&text_of(text)?))),
        ("run", |player, _| json(&player.run_to_end())),
        ("exec", |player, line| player.exec(&text_of(line)?).map(JsValue::from)),
        ("state", |player, _| json(&player.state())),
        ("hash", |player, _| json(&player.hash())),
        ("seek", |player, time| done(player.seek(moment_of(time)?))),
        ("script", |player, _| Ok(player.script().into())),
        ("link", |player, _| player.link().map(JsValue::from)),
        ("play", |player, _| {
            player.play();
            done(Ok(()))
        }),
        ("pause", |player, _| {
            player.pause();
            done(Ok(()))
        }),
        ("speed", |player, speed| {
            player.set_speed(number_of(speed)?);
            done(Ok(()))
        }),
    ];
    for (name, call) in calls {
        set(&api, name, &callable(player.clone(), call));
    }
    set(&window(), NAME, &api);
}

/// Tells everybody who listens to `raftarium` on the window.
pub fn notify(what: &str, time_us: Micros) {
    let detail = Object::new();
    set(&detail, "type", &what.into());
    set(&detail, "time", &(time_us as f64).into());
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(NAME, &init) {
        let _ = window().dispatch_event(&event);
    }
}

type Call = fn(&Player, JsValue) -> Result<JsValue, String>;

/// A function of the page's lifetime.
fn callable(player: Rc<Player>, call: Call) -> JsValue {
    let closure =
        Closure::<dyn Fn(JsValue) -> Promise>::new(move |argument| match call(&player, argument) {
            Ok(value) => Promise::resolve(&value),
            Err(message) => Promise::reject(&Error::new(&message)),
        });
    closure.into_js_value().unchecked_into::<Function>().into()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Setting a new field of a plain object, or of the window, does not fail.
    let _ = Reflect::set(object, &name.into(), value);
}

fn done(result: Result<(), String>) -> Result<JsValue, String> {
    result.map(|()| JsValue::UNDEFINED)
}

fn json(value: &impl Serialize) -> Result<JsValue, String> {
    let text = crate::ui::json::json(value)?;
    JSON::parse(&text).map_err(|_| text)
}

fn text_of(value: JsValue) -> Result<String, String> {
    value.as_string().ok_or_else(|| "a text is expected here".to_string())
}

fn moment_of(value: JsValue) -> Result<f64, String> {
    let time = value.as_f64().filter(|time| *time >= 0.0 && time.is_finite());
    time.ok_or_else(|| "a moment is a number of microseconds, 0 or more".to_string())
}

fn number_of(value: JsValue) -> Result<f64, String> {
    let number = value.as_f64().filter(|number| *number > 0.0);
    number
        .ok_or_else(|| "a speed is a number above 0: 1 is real time, 0.05 a twentieth".to_string())
}
