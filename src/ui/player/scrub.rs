//! The time slider moves as time passes, and a person drags it to seek.

use std::rc::Rc;

use crate::sim::Micros;

use super::Player;
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::dom::HtmlInputElement;
use crate::ui::text;

impl Player {
    /// Moves this slider as time passes.
    pub fn attach_slider(self: &Rc<Self>, slider: HtmlInputElement) {
        let weak = Rc::downgrade(self);
        let frame = Alarm::new(move || {
            weak.upgrade().into_iter().for_each(|player| player.seek_to_slider());
        });
        let mut played = self.played.borrow_mut();
        played.slider = Some((slider, frame));
        played.show_clock(now_ms(), true);
    }

    /// The slider was dragged: pauses, and seeks with the next frame.
    pub fn scrub(&self, to_ms: f64) {
        self.played.borrow_mut().scrubbed_us = Some((to_ms * 1000.0) as Micros);
        if self.pace().0 {
            self.pause();
        }
        if let Some((_, frame)) = &self.played.borrow().slider {
            frame.set_in(0.0);
        }
    }

    fn seek_to_slider(&self) {
        let Some(to_us) = self.played.borrow_mut().scrubbed_us.take() else { return };
        let reached =
            self.pause_and(&mut |session| session.seek_in_story(to_us.min(session.end_us())));
        if let Err(error) = reached {
            self.notice(text::sentence(&error));
        }
    }
}
