//! `window.raftarium`: for course pages and for tests. Every call returns a promise of plain JSON
//! values, and rejects with the message that the command line would print.

use std::rc::Rc;

use js_sys::{Error, Function, JSON, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::sim::Micros;
use crate::ui::player::Player;

use super::dom::window;
use super::embedding;

/// The name of the object, of the events and of the messages.
pub const NAME: &str = "raftarium";

/// The longest way to go at once, in microseconds: as much as the language can say.
const MOMENT_MAX_US: f64 = 1e14;

type Call = fn(&Player, JsValue) -> Result<JsValue, String>;

/// All that can be asked of the page.
const CALLS: [(&str, Call); 11] = [
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

/// Puts the object on the window, and listens to pages around this one.
pub fn install(player: &Rc<Player>) {
    let api = Object::new();
    for (name, _) in CALLS {
        set(&api, name, &callable(player.clone(), name));
    }
    set(&window(), NAME, &api);
    embedding::listen(player.clone());
}

/// Does what that call asks.
pub fn call(player: &Player, name: &str, argument: JsValue) -> Result<JsValue, String> {
    match CALLS.iter().find(|(known, _)| *known == name) {
        Some((_, call)) => call(player, argument),
        None => {
            let names = CALLS.map(|(name, _)| name).join(", ");
            Err(format!("expected a call of {names} or ping, found `{name}`"))
        }
    }
}

/// Tells everybody who listens to `raftarium` on the window, and the page around this one. They are told once
/// what is going on here is done: who listens may call.
pub fn notify(what: &'static str, time_us: Micros) {
    spawn_local(async move {
        let (detail, time) = (Object::new(), JsValue::from(time_us as f64));
        set(&detail, "type", &what.into());
        set(&detail, "time", &time);
        let init = web_sys::CustomEventInit::new();
        init.set_detail(&detail);
        if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(NAME, &init) {
            let _ = window().dispatch_event(&event);
        }
        embedding::tell(what, &time);
    });
}

/// A function of the page's lifetime.
fn callable(player: Rc<Player>, name: &'static str) -> JsValue {
    let closure = Closure::<dyn Fn(JsValue) -> Promise>::new(move |argument| {
        match call(&player, name, argument) {
            Ok(value) => Promise::resolve(&value),
            Err(message) => Promise::reject(&Error::new(&message)),
        }
    });
    closure.into_js_value().unchecked_into::<Function>().into()
}

/// Gives an object a field.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Setting a new field of a plain object, or of the window, does not fail.
    let _ = Reflect::set(object, &name.into(), value);
}

fn done(result: Result<(), String>) -> Result<JsValue, String> {
    result.map(|()| JsValue::NULL)
}

fn json(value: &impl Serialize) -> Result<JsValue, String> {
    let text = crate::ui::json::json(value)?;
    JSON::parse(&text).map_err(|_| text)
}

fn text_of(value: JsValue) -> Result<String, String> {
    value.as_string().ok_or_else(|| "a text is expected here".to_string())
}

fn moment_of(value: JsValue) -> Result<f64, String> {
    let time = value.as_f64().filter(|time| (0.0..=MOMENT_MAX_US).contains(time));
    time.ok_or_else(|| "a moment is a number of microseconds, from 0 to 1e14".to_string())
}

fn number_of(value: JsValue) -> Result<f64, String> {
    let number = value.as_f64().filter(|number| *number > 0.0);
    number
        .ok_or_else(|| "a speed is a number above 0: 1 is real time, 0.05 a twentieth".to_string())
}
