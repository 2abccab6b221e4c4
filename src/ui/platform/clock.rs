//! Real time: the clock, and callbacks.

use std::cell::RefCell;

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
    timeout: RefCell<Option<i32>>,
}

/// A shorter wait ends with the next frame.
const FRAME_MS: f64 = 18.0;

impl Alarm {
    pub fn new(callback: impl FnMut() + 'static) -> Alarm {
        let callback = Closure::new(callback);
        Alarm { callback, frame: RefCell::default(), timeout: RefCell::default() }
    }

    pub fn set_in(&self, ms: f64) {
        self.clear();
        let function = self.callback.as_ref().unchecked_ref::<js_sys::Function>();
        if ms < FRAME_MS {
            *self.frame.borrow_mut() = window().request_animation_frame(function).ok();
            return;
        }
        let ms = ms.min(1e6) as i32;
        let timeout = window().set_timeout_with_callback_and_timeout_and_arguments_0(function, ms);
        *self.timeout.borrow_mut() = timeout.ok();
    }

    pub fn clear(&self) {
        if let Some(frame) = self.frame.borrow_mut().take() {
            let _ = window().cancel_animation_frame(frame);
        }
        if let Some(timeout) = self.timeout.borrow_mut().take() {
            window().clear_timeout_with_handle(timeout);
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.clear();
    }
}
