//! Exports functions as an object on the window, and dispatches events to its listeners.

use std::rc::Rc;

use js_sys::{Error, Function, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dom::window;
use super::messages;

/// Performs the call of the function of that name.
type CallByName = dyn Fn(&str, Argument) -> Result<JsonValue, String>;

/// An object with functions that scripts can call.
pub struct Export {
    /// The name of the object, of its events and of its messages.
    pub name: &'static str,
    pub functions: Vec<&'static str>,
    pub call: Box<CallByName>,
    /// The simulated time that a page hears when it asks whether this one is ready.
    pub now_us: Box<dyn Fn() -> u64>,
}

/// A JavaScript value that a caller passes.
pub struct Argument(pub(super) JsValue);

impl Argument {
    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    pub fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }
}

/// A plain JSON value for a caller: maps are objects, integers are numbers, `None` is `null`.
pub struct JsonValue(pub(super) JsValue);

impl JsonValue {
    /// # Errors
    /// An integer above 2^53, which JavaScript cannot represent.
    pub fn new(value: &impl Serialize) -> Result<JsonValue, String> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        value.serialize(&serializer).map(JsonValue).map_err(|error| error.to_string())
    }
}

/// A value as JSON on one line.
///
/// # Errors
/// As [`JsonValue::new`].
pub fn to_json(value: &impl Serialize) -> Result<String, String> {
    let JsonValue(value) = JsonValue::new(value)?;
    let text = js_sys::JSON::stringify(&value).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| "it is no JSON".to_owned())
}

/// Puts the object on the window, and answers calls that come as messages. Each function returns a
/// promise.
pub fn install(export: Export) {
    let export = Rc::new(export);
    let object = Object::new();
    for name in &export.functions {
        set(&object, name, &function(export.clone(), name));
    }
    set(&window(), export.name, &object);
    messages::answer(export);
}

/// Dispatches an event to the window and to the page around this one. Listeners may call: they run
/// once the program is idle.
pub fn dispatch(name: &'static str, event: &'static str, time_us: u64) {
    spawn_local(async move {
        let (detail, time) = (Object::new(), JsValue::from(time_us as f64));
        set(&detail, "type", &event.into());
        set(&detail, "time", &time);
        let init = web_sys::CustomEventInit::new();
        init.set_detail(&detail);
        if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(name, &init) {
            let _ = window().dispatch_event(&event);
        }
        messages::post_event(name, event, time_us);
    });
}

/// A function that lives as long as the page.
fn function(export: Rc<Export>, name: &'static str) -> JsValue {
    let closure = Closure::<dyn Fn(JsValue) -> Promise>::new(move |argument| {
        match (export.call)(name, Argument(argument)) {
            Ok(JsonValue(value)) => Promise::resolve(&value),
            Err(message) => Promise::reject(&Error::new(&message)),
        }
    });
    closure.into_js_value().unchecked_into::<Function>().into()
}

pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Setting a new field of a plain object, or of the window, does not fail.
    let _ = Reflect::set(object, &name.into(), value);
}
