//! The slider of time.

use std::rc::Rc;

use crate::sim::Micros;

use super::Player;
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::dom::HtmlInputElement;
use crate::ui::text;

/// The slider of time, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slider {
    /// How far an arrow key goes: holding it takes some ten seconds from end to end.
    pub step_ms: u64,
    /// The furthest moment that was seen, rounded up to a step.
    pub max_ms: u64,
    pub value_ms: u64,
}

impl Slider {
    /// The slider at `now_us` of a run that was seen up to `end_us`.
    pub fn at(now_us: Micros, end_us: Micros) -> Slider {
        let step_ms = match end_us / 1_000_000 {
            0..10 => 1,
            10..100 => 10,
            _ => 100,
        };
        let max_ms = end_us.div_ceil(step_ms * 1000) * step_ms;
        let value_ms = if now_us >= end_us { max_ms } else { now_us / 1000 };
        Slider { step_ms, max_ms, value_ms }
    }
}

/// Marks at these moments, as a path over the slider's track, a unit a millisecond.
pub fn ticks(moments: impl Iterator<Item = Micros>) -> String {
    moments.map(|time_us| format!("M{} 0V1", time_us / 1000)).collect()
}

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
        let reached = self.pause_and(&mut |session| session.seek(to_us.min(session.end_us())));
        if let Err(error) = reached {
            self.notice(text::sentence(&error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_ends_where_the_run_ends() {
        let slider = |step_ms, max_ms, value_ms| Slider { step_ms, max_ms, value_ms };
        assert_eq!(Slider::at(0, 0), slider(1, 0, 0));
        assert_eq!(Slider::at(289_400, 1_204_001), slider(1, 1205, 289));
        assert_eq!(Slider::at(1_204_001, 1_204_001), slider(1, 1205, 1205));
        assert_eq!(Slider::at(5_000_000, 12_341_000), slider(10, 12_350, 5000));
        assert_eq!(Slider::at(900_000_000, 900_000_000), slider(100, 900_000, 900_000));
    }

    #[test]
    fn ticks_stand_at_their_moments() {
        assert_eq!(ticks([1_500_000, 20_900].into_iter()), "M1500 0V1M20 0V1");
        assert_eq!(ticks([].into_iter()), "");
    }
}
