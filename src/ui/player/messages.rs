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
        let last = |flight: &Flight| {
            let until_us = flight.lost_us.unwrap_or(flight.due_us);
            (until_us.saturating_sub(1), text::message_name(&flight.message, false))
        };
        let found =
            self.with_world(|world| world.in_flight().find(|flight| flight.id == id).map(last));
        let (limit_us, name) = found.unwrap_or((Micros::MAX, text::A_MESSAGE.to_owned()));
        self.catch_up_until(limit_us);
        self.change_pace(|playback, now_ms, at_us| playback.pause(now_ms, at_us));
        self.notify(PageEvent::Pause);
        self.notice(text::paused_at(&name));
    }

    /// The message that the Tab key leads to.
    pub fn set_message_tab_stop(&self, id: MessageId) {
        if let Some(animations) = &mut self.played.borrow_mut().animations {
            animations.set_tab_stop(id);
        }
    }
}
