//! Real time: the clock, and callbacks.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;

use super::dom::window;

/// Now, in milliseconds since the page was opened.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Calls back once after some real milliseconds, or with the next frame if that is soon enough.
/// Setting it again replaces the earlier time.
pub struct Alarm {
    callback: Closure<dyn FnMut()>,
    frame: RefCell<Option<i32>>,
    timeout: Rc<RefCell<Option<Timeout>>>,
}

/// A shorter wait ends with the next frame.
const FRAME_MS: f64 = 18.0;

impl Alarm {
    pub fn new(callback: impl FnMut() + 'static) -> Alarm {
        let callback = Closure::new(callback);
        Alarm { callback, frame: RefCell::default(), timeout: Rc::default() }
    }

    pub fn set_in(&self, ms: f64) {
        self.clear();
        let function = self.callback.as_ref().unchecked_ref::<js_sys::Function>();
        if ms < FRAME_MS {
            *self.frame.borrow_mut() = window().request_animation_frame(function).ok();
            return;
        }
        let function = function.clone();
        let timeout = Timeout::new(ms.min(1e6) as u32, move || {
            let _ = function.call0(&JsValue::NULL);
        });
        *self.timeout.borrow_mut() = Some(timeout);
    }

    pub fn clear(&self) {
        if let Some(frame) = self.frame.borrow_mut().take() {
            let _ = window().cancel_animation_frame(frame);
        }
        self.timeout.borrow_mut().take();
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.clear();
    }
}
