//! The session's script: its text, its link, edits, undo and redo.

use crate::script::{Session, ShareLink};
use crate::sim::Micros;

use super::Player;
use crate::ui::platform::dom;
use crate::ui::text;

impl Player {
    /// The script, up to now.
    pub fn script(&self) -> String {
        self.read_session(Session::text_to_here)
    }

    /// The address that shows this script at this moment.
    pub fn link(&self) -> Result<String, String> {
        let link = self.read_session(|session| ShareLink {
            text: session.text(),
            time_us: session.world().now_us(),
        });
        link.fragment().map(|fragment| format!("{}#{fragment}", dom::address()))
    }

    pub fn undo(&self) {
        let title = self.read_session(Session::undo_title);
        match title.filter(|_| self.with_session(Session::undo)) {
            Some(title) => self.notice(text::undone(&title)),
            None => self.notice(format!("{}.", text::NOTHING_TO_UNDO)),
        }
    }

    pub fn redo(&self) {
        let title = self.read_session(Session::redo_title);
        match title.filter(|_| self.with_session(Session::redo)) {
            Some(title) => self.notice(text::redone(&title)),
            None => self.notice(format!("{}.", text::NOTHING_TO_REDO)),
        }
    }

    /// Replaces the whole script.
    pub fn edit(&self, text: &str) -> Result<(), String> {
        self.edit_with(|session| session.edit(text))
    }

    /// Replaces a line, or removes it.
    pub fn edit_line(&self, number: u32, line: Option<&str>) -> Result<(), String> {
        self.edit_with(|session| session.edit_line(number, line))
    }

    /// Inserts a line after that one; 0 inserts it as the first.
    pub fn insert_line(&self, number: u32, line: &str) -> Result<(), String> {
        self.edit_with(|session| session.insert_line(number, line))
    }

    fn edit_with(
        &self,
        change: impl FnOnce(&mut Session) -> Result<(), String>,
    ) -> Result<(), String> {
        let was_us = self.with_session(|session| session.world().now_us());
        let result = self.with_session(change);
        if result.is_ok() {
            self.notice_if_short_of(was_us);
        }
        result
    }

    /// Says so where a seek to that moment had to end before it.
    pub(super) fn notice_if_short_of(&self, time_us: Micros) {
        let now_us = self.now_us();
        if now_us < time_us {
            self.notice(text::too_far(time_us, now_us));
        }
    }
}
