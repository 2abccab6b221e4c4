//! Play, pause, a single step, and the speed.

use super::{PageEvent, Player};
use crate::ui::state::Action;
use crate::ui::text;

impl Player {
    /// Whether time passes, and how fast.
    pub fn pace(&self) -> (bool, f64) {
        let played = self.played.borrow();
        (played.playback.playing(), played.playback.speed())
    }

    pub fn play(&self) {
        self.dispatch(Action::Played);
        self.change_pace(|playback, now_ms, at_us| playback.play(now_ms, at_us));
        self.notify(PageEvent::Play);
    }

    pub fn pause(&self) {
        self.catch_up();
        self.change_pace(|playback, now_ms, at_us| playback.pause(now_ms, at_us));
        self.notify(PageEvent::Pause);
    }

    pub fn toggle(&self) {
        if self.pace().0 { self.pause() } else { self.play() }
    }

    pub fn set_speed(&self, speed: f64) {
        self.catch_up();
        self.change_pace(|playback, now_ms, at_us| playback.set_speed(now_ms, at_us, speed));
    }

    /// Goes to the next event, and pauses there.
    pub fn step(&self) {
        self.pause();
        let stepped = self.played.borrow_mut().session.step();
        self.settle_clock();
        let newest =
            self.read_session(|session| session.journal().newest().map(|event| event.title()));
        match newest {
            Some(title) if stepped => {
                self.dispatch(Action::ClearNotice);
                self.announce(title);
            }
            _ => self.notice(text::NOTHING_NEXT.to_string()),
        }
    }
}
