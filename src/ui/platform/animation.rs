//! Animations that run in the browser's compositor: between two events of the cluster the page's
//! main thread is idle.
//!
//! An animation's own time is simulated time, in milliseconds; its rate is the speed of the page.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::dom::Element;

#[wasm_bindgen]
extern "C" {
    /// `Element` of the Web Animations standard.
    type Animatable;
    #[wasm_bindgen(method)]
    fn animate(this: &Animatable, keyframes: &Object, options: &Object) -> Player;

    /// `Animation` of the same standard.
    type Player;
    #[wasm_bindgen(method)]
    fn pause(this: &Player);
    #[wasm_bindgen(method)]
    fn cancel(this: &Player);
    #[wasm_bindgen(method, catch)]
    fn play(this: &Player) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, js_name = currentTime)]
    fn set_current_time(this: &Player, ms: f64);
    #[wasm_bindgen(method, setter, js_name = startTime)]
    fn set_start_time(this: &Player, ms: f64);
    #[wasm_bindgen(method, setter, js_name = playbackRate)]
    fn set_playback_rate(this: &Player, rate: f64);
}

/// How simulated time passes for animations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub playing: bool,
    /// Simulated time per real time.
    pub speed: f64,
    /// Now, in simulated milliseconds.
    pub now_ms: f64,
    /// Now, in real milliseconds since the page was opened.
    pub real_ms: f64,
}

impl Pace {
    /// Whether simulated time has advanced by another amount since `before` than the animations,
    /// which follow real time: a slow page does not catch up.
    pub fn strays_from(self, before: Pace) -> bool {
        let moved_ms = (self.real_ms - before.real_ms) * self.speed;
        (self.now_ms - before.now_ms - moved_ms).abs() > STRAY_MS * self.speed
    }
}

/// A smaller difference is invisible, in real milliseconds.
const STRAY_MS: f64 = 5.0;

pub struct Keyframe {
    /// From 0 to 1.
    pub offset: f64,
    /// A CSS transform.
    pub transform: String,
}

/// The motion between two keyframes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Easing {
    Linear,
    /// That many jumps: for people who asked for less motion.
    Jumps(u32),
}

/// A transform that changes with simulated time, until it is dropped.
pub struct Animation {
    player: Player,
    start_ms: f64,
}

impl Animation {
    /// Moves the element by the keyframes. Start and length are in simulated milliseconds.
    pub fn new(
        element: &Element,
        keyframes: &[Keyframe],
        start_ms: f64,
        length_ms: f64,
        easing: Easing,
        pace: Pace,
    ) -> Animation {
        let options = Object::new();
        set(&options, "duration", length_ms.max(0.001).into());
        set(&options, "fill", "both".into());
        let player = element
            .unchecked_ref::<Animatable>()
            .animate(&keyframe_object(keyframes, easing), &options);
        let animation = Animation { player, start_ms };
        animation.follow(pace);
        animation
    }

    /// Seeks the animation to the page's time, and plays it at the page's pace.
    pub fn follow(&self, pace: Pace) {
        let passed_ms = pace.now_ms - self.start_ms;
        if !pace.playing {
            self.player.pause();
            self.player.set_current_time(passed_ms);
            return;
        }
        self.player.set_playback_rate(pace.speed);
        // With a start time the animation does not wait for the next frame.
        self.player.set_start_time(pace.real_ms - passed_ms / pace.speed);
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        self.player.cancel();
    }
}

/// A list for each property: half as many values as an object for each keyframe.
fn keyframe_object(keyframes: &[Keyframe], easing: Easing) -> Object {
    let object = Object::new();
    let list = |value: fn(&Keyframe) -> JsValue| -> Array { keyframes.iter().map(value).collect() };
    set(&object, "transform", list(|frame| frame.transform.as_str().into()).into());
    // Without offsets the keyframes are evenly spaced.
    if keyframes.len() > 2 {
        set(&object, "offset", list(|frame| frame.offset.into()).into());
    }
    if let Easing::Jumps(count) = easing {
        set(&object, "easing", format!("steps({count}, jump-none)").into());
    }
    object
}

fn set(object: &Object, name: &str, value: JsValue) {
    // Setting a field of a fresh plain object cannot fail.
    let _ = Reflect::set(object, &name.into(), &value);
}
