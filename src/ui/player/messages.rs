//! What a person does with the messages on the stage.

use crate::sim::{Flight, MessageId, Micros};

use super::{PageEvent, Player};
use crate::ui::text;

impl Player {
    /// Pauses while that message is still in flight, even if it was about to arrive.
    pub fn pause_for_message(&self, id: MessageId) {
        if !self.pace().0 {
            return;
        }
        let last = |flight: &Flight| flight.lost_us.unwrap_or(flight.due_us).saturating_sub(1);
        let found =
            self.with_world(|world| world.in_flight().find(|flight| flight.id == id).map(last));
        let limit_us = found.unwrap_or(Micros::MAX);
        self.catch_up_until(limit_us);
        self.change_pace(|playback, now_ms, at_us| playback.pause(now_ms, at_us));
        self.notify(PageEvent::Pause);
        self.notice(text::PAUSED_FOR_MESSAGE.to_owned());
    }

    /// The message that the Tab key leads to.
    pub fn set_message_tab_stop(&self, id: MessageId) {
        if let Some(animations) = &mut self.played.borrow_mut().animations {
            animations.set_tab_stop(id);
        }
    }
}
