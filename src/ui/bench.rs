//! The run as the page plays it: the cluster, its clock, and what moves on the stage.

use std::rc::Rc;

use crate::script::{Halt, Session};
use crate::sim::Micros;

use super::animation::Animations;
use super::platform::animation::Pace;
use super::platform::clock::Alarm;
use super::platform::dom::{self, Element, HtmlInputElement};
use super::playback::Playback;
use super::state::Focus;
use super::text;
use super::timeline::Slider;
use super::view::{Picture, moment};

/// Pictures are at least so far apart while time passes, in real milliseconds.
pub(super) const PICTURE_MS: f64 = 160.0;
/// The clock is shown anew so often, in real milliseconds.
pub(super) const CLOCK_MS: f64 = 160.0;
/// From this moment on the clock needs more letters, in simulated microseconds.
const LONG_US: Micros = 100_000_000;
/// At the end of what was seen the slider is moved so often, in real milliseconds.
const SLIDER_MS: f64 = 1_000.0;
/// Events closer together than this are looked at together, in real milliseconds.
pub(super) const LOOK_MS: f64 = 40.0;

/// The run, its clock and what is drawn of it.
pub(super) struct Bench {
    pub session: Session,
    pub playback: Playback,
    pub animations: Option<Animations>,
    pub clock: Option<Element>,
    /// The slider of time, and when it is heeded.
    pub slider: Option<(HtmlInputElement, Alarm)>,
    /// When the slider was drawn last, in real milliseconds.
    pub slider_ms: f64,
    /// Where the slider was moved to, until it is heeded.
    pub scrubbed_us: Option<Micros>,
    pub clock_shown: (f64, Micros),
    pub focus: Focus,
    pub picture: Rc<Picture>,
    pub picture_ms: f64,
    pub stale: bool,
    pub seen_event: u64,
    pub seen_violations: usize,
}

impl Bench {
    pub fn now_us(&self) -> Micros {
        self.session.cluster().world().now_us()
    }

    /// How what is drawn moves: in a hidden tab it does not.
    pub fn pace(&self, real_ms: f64) -> Pace {
        Pace {
            playing: self.playback.playing() && !dom::hidden(),
            speed: self.playback.speed(),
            now_ms: self.playback.target_us(real_ms) as f64 / 1000.0,
            real_ms,
        }
    }

    pub fn advance(&mut self, now: f64) -> Halt {
        let halt = self.session.play_until(self.playback.target_us(now));
        let at_us = self.now_us();
        self.playback.reached(now, at_us);
        halt
    }

    pub fn show_motion_if_changed(&mut self, now: f64) {
        let newest = self.session.cluster().world().event();
        if newest != self.seen_event {
            self.seen_event = newest;
            self.stale = true;
            self.show_motion(now);
        }
    }

    pub fn show_motion(&mut self, now: f64) {
        let pace = self.pace(now);
        self.seen_event = self.session.cluster().world().event();
        if let Some(animations) = &mut self.animations {
            animations.update(self.session.cluster().world(), pace);
        }
    }

    /// The cluster is about to be elsewhere in time.
    pub fn forget_motion(&mut self) {
        if let Some(animations) = &mut self.animations {
            animations.clear_messages();
        }
    }

    pub fn show_clock(&mut self, now: f64, at_once: bool) {
        let at_us = self.now_us();
        let (shown_ms, shown_us) = self.clock_shown;
        if at_us == shown_us && shown_ms > f64::MIN && !at_once
            || !at_once && now - shown_ms < CLOCK_MS * 0.8
        {
            return;
        }
        if let Some(clock) = &self.clock {
            clock.set_text_content(Some(&moment(at_us)));
            let _ = clock.class_list().toggle_with_force("long", at_us >= LONG_US);
            self.clock_shown = (now, at_us);
        }
        let end_us = self.session.end_us();
        // Where time goes on at its end the knob stays at the right: moving the scale under it can wait.
        let can_wait = at_us == end_us && !at_once && now - self.slider_ms < SLIDER_MS;
        if let (Some((slider, _)), None, false) = (&self.slider, self.scrubbed_us, can_wait) {
            self.slider_ms = now;
            dom::move_slider(slider, Slider::at(at_us, end_us), &text::of_run(at_us, end_us));
        }
    }

    /// When the page must look at the clock again; never while time stands still.
    pub fn wake_in_ms(&self, now: f64) -> Option<f64> {
        if !self.playback.playing() {
            return None;
        }
        let event = self
            .session
            .next_due_us()
            .and_then(|due_us| self.playback.real_ms_until(now, due_us))
            .map_or(CLOCK_MS, |ms| ms.max(LOOK_MS));
        let picture =
            if self.stale { (self.picture_ms + PICTURE_MS - now).max(0.0) } else { CLOCK_MS };
        Some(event.min(picture).min(CLOCK_MS))
    }
}
