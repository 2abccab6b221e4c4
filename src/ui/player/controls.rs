//! Play, pause, a single step, and the speed.

use super::{PageEvent, Player};
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::matters;

/// The most events to skip.
const SKIP_STEPS_MAX: u32 = 3_000;

impl Player {
    /// Whether time passes, and how fast.
    pub fn pace(&self) -> (bool, f64) {
        let played = self.played.borrow();
        (played.playback.playing(), played.playback.speed())
    }

    pub fn play(&self) {
        self.dispatch(Action::Played);
        self.change_pace(|playback, now_ms, at_us| playback.play(now_ms, at_us));
        self.leave_address();
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

    /// Whether the pace follows what happens.
    pub fn set_adaptive(&self, on: bool) {
        self.catch_up();
        self.change_pace(|playback, now_ms, at_us| playback.set_adaptive(now_ms, at_us, on));
    }

    /// Goes ahead to the next event that matters, past heartbeats. Goes on playing from there if
    /// time passes.
    pub fn skip(&self) {
        let found = self.with_session(|session| {
            (0..SKIP_STEPS_MAX).find_map(|_| {
                if !session.step() {
                    return Some(Err(text::NOTHING_NEXT.to_string()));
                }
                if session.run().is_at_step() {
                    return Some(Ok(()));
                }
                let newest = session.journal().newest().filter(|event| matters(event));
                newest.map(|_| Ok(()))
            })
        });
        match found {
            Some(Ok(())) => {
                self.dispatch(Action::ClearNotice);
                self.announce(self.model().latest.sentence.clone());
            }
            Some(Err(notice)) => self.notice(notice),
            None => self.notice(text::only_heartbeats(self.now_us())),
        }
        self.notify(PageEvent::Seek);
    }

    /// Goes ahead to the next event that matters, and pauses there.
    pub fn next_that_matters(&self) {
        self.pause();
        self.skip();
        self.settle_clock();
    }

    /// Goes to the next event, and pauses there.
    pub fn step(&self) {
        self.pause();
        let stepped = self.played.borrow_mut().session.step();
        self.settle_clock();
        if stepped {
            self.dispatch(Action::ClearNotice);
            self.announce(self.model().latest.sentence.clone());
        } else {
            self.notice(text::NOTHING_NEXT.to_string());
        }
    }
}
