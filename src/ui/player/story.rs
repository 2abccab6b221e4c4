//! The steps of a narrated session: time waits at each until the reader goes on.

use super::{PageEvent, Player};
use crate::script::Session;
use crate::ui::text;

impl Player {
    /// The session has come to a step.
    pub(super) fn wait_at_step(&self) {
        self.stop();
        self.announce_step();
    }

    fn announce_step(&self) {
        let said = self.read_session(|session| {
            session.run().story_step().map(|step| text::step_as_speech(step.narration))
        });
        said.into_iter().for_each(|said| self.announce(said));
    }

    /// Whether time passes on its way to the next step, which waits and explains what happened.
    pub(super) fn is_narrating(&self) -> bool {
        self.read_session(|session| {
            let run = session.run();
            let is_ahead = !run.is_flow_over() && !run.has_left_story();
            run.script().has_steps() && is_ahead
        })
    }

    /// Whether the person stands at the last step, from which the cluster runs on freely.
    pub(super) fn begins_trying(&self) -> bool {
        let at_end = |session: &Session| {
            let run = session.run();
            run.is_at_step() && run.is_flow_over() && !run.has_left_story()
        };
        !self.pace().0 && self.read_session(at_end)
    }

    /// At a step, lets time pass; before one, goes there at once.
    pub fn next_step(&self) {
        if !self.pace().0 && self.read_session(|session| session.run().is_at_step()) {
            return self.play();
        }
        match self.pause_and(&mut |session| session.next_step().map(|_| ())) {
            Ok(()) => self.announce_step(),
            Err(error) => self.notice(text::sentence(&error)),
        }
    }

    /// Goes back to the step before, and waits there.
    pub fn previous_step(&self) {
        if self.with_session_paused(Session::previous_step) {
            self.announce_step();
        }
    }

    /// Goes to the first step of a chapter, and waits there.
    pub fn go_to_chapter(&self, line: u32) {
        match self.pause_and(&mut |session| session.go_to_chapter(line)) {
            Ok(()) => self.announce_step(),
            Err(error) => self.notice(text::sentence(&error)),
        }
    }

    /// Goes back to where the person left the story.
    pub fn return_to_story(&self) {
        self.with_session_paused(Session::return_to_story);
        self.notice(text::RETURNED_TO_STORY.to_owned());
    }

    /// Keeps the choice, and goes on.
    pub fn choose(&self, line: u32, choice: u32) {
        self.with_session(|session| session.choose(line, choice));
        let waits = self.read_session(|session| session.run().is_at_step());
        if waits && !self.pace().0 {
            self.play();
        }
    }

    /// Claims that the goals cannot be reached, or takes that back.
    pub fn claim(&self, impossible: bool) {
        self.with_session(|session| session.claim(impossible));
        self.save(true);
    }

    /// Shows one hint more.
    pub fn show_hint(&self) {
        self.with_session(Session::show_hint);
    }

    fn with_session_paused<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        if self.pace().0 {
            self.pause();
        }
        let result = self.with_session(change);
        self.notify(PageEvent::Seek);
        result
    }
}
