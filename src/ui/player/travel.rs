//! Seeks, jumps, and branches.

use crate::raft::ServerId;
use crate::script::{Difference, JumpTarget, Session, Statement, parse_statement};
use crate::sim::{Micros, ServerValue};

use super::{PageEvent, Player};
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::text::moment;
use crate::ui::view::matters;

/// What one can jump to. The last two take a typed condition or moment.
pub const GOALS: [&str; 6] = ["election", "leader", "commit", "violation", "condition", "moment"];
pub const CONDITION: usize = 4;
pub const MOMENT: usize = 5;

type Seek<'a> = &'a mut dyn FnMut(&mut Session) -> Result<(), String>;

impl Player {
    /// Goes to that moment, and pauses there.
    pub fn seek(&self, time_us: Micros) -> Result<(), String> {
        self.pause();
        let reached = self.with_session(|session| session.seek_in_story(time_us));
        self.notify(PageEvent::Seek);
        reached
    }

    /// Selects an event that happened at that moment. If it is not recorded any more, goes there:
    /// then it is recorded again.
    pub fn inspect(&self, event: u64, time_us: Micros) {
        if self.read_session(|session| session.journal().get(event).is_none())
            && let Err(error) = self.seek(time_us)
        {
            return self.notice(text::sentence(&error));
        }
        self.dispatch(Action::Select(Selection::Event(event)));
    }

    /// Goes to that moment, and pauses there; a notice says if that fails.
    pub fn go_to(&self, time_us: Micros) {
        if let Err(error) = self.seek(time_us) {
            self.notice(text::sentence(&error));
        }
    }

    /// Selects the event that set a value of the server, however long ago.
    pub fn follow_up(&self, server: ServerId, value: ServerValue) {
        match self.read_session(|session| session.last_change(server, value)) {
            Some((event, time_us)) => self.inspect(event, time_us),
            None => self.notice(text::NO_SOURCE.to_owned()),
        }
    }

    /// Goes back to the previous event, and pauses there.
    pub fn previous_event(&self) {
        self.report_arrival(self.pause_and(&mut |session| match session.previous_event() {
            true => Ok(()),
            false => Err(text::NOTHING_BEFORE.to_string()),
        }));
    }

    /// Goes back to the event before this moment that matters, past heartbeats, and pauses there.
    pub fn previous_that_matters(&self) {
        self.report_arrival(self.pause_and(&mut |session| {
            let now_us = session.world().now_us();
            let newest = session.journal().newest().map(|event| (event.id, event.time_us));
            let found = session.journal().events().rev().find(|event| {
                let is_here = newest == Some((event.id, now_us));
                matters(event) && !is_here
            });
            let Some((target, time_us)) = found.map(|event| (event.id, event.time_us)) else {
                return Err(text::NOTHING_BEFORE.to_string());
            };
            session.seek(time_us)?;
            // Several events may have happened at that moment.
            while session.journal().newest().is_some_and(|event| event.id > target) {
                if !session.previous_event() {
                    break;
                }
            }
            Ok(())
        }));
    }

    /// Goes ahead or back to one of [`GOALS`], and pauses there. A notice says if there is none.
    pub fn jump(&self, goal: usize, typed: &str, ahead: bool) {
        self.report_arrival(self.pause_and(&mut |session| {
            if goal == MOMENT {
                return session.seek_in_story(parse_moment(typed)?);
            }
            let named = if goal == CONDITION { typed } else { GOALS[goal] };
            let sight = JumpTarget::named(named, session)?;
            if ahead { session.jump_ahead(&sight) } else { session.jump_back(&sight) }
        }));
    }

    /// Returns to a branch at the moment at which it was left, and pauses there.
    pub fn return_to(&self, number: usize) {
        let reached = self.pause_and(&mut |session| session.return_to(number));
        // The number of the selected event may be another event's there.
        self.dispatch(Action::Deselect);
        match reached {
            Ok(()) => self.announce(text::returned(&self.model().branches.this.name)),
            Err(error) => self.notice(text::sentence(&error)),
        }
    }

    /// Renames a branch; `None` is this one.
    pub fn rename_branch(&self, number: Option<usize>, name: &str) {
        self.with_session(|session| session.rename_branch(number, name));
    }

    /// The differences between this branch and that one, now.
    pub fn compare(&self, number: usize) -> Result<Vec<Difference>, String> {
        self.read_session(|session| session.compare(number))
    }

    /// The number of branches that were ever begun.
    pub(super) fn branch_count(&self) -> u32 {
        self.read_session(Session::branched)
    }

    /// Shows a notice where a branch was begun since there were `before`.
    pub(super) fn report_new_branch(&self, before: u32) {
        if self.branch_count() > before {
            let text = self.read_session(|session| session.branches().last().map(text::branched));
            text.into_iter().for_each(|text| self.notice(text));
        }
    }

    pub(super) fn pause_and(&self, seek: Seek<'_>) -> Result<(), String> {
        if self.pace().0 {
            self.pause();
        }
        let reached = self.with_session(|session| seek(session));
        if reached.is_ok() {
            self.dispatch(Action::ClearNotice);
            self.notify(PageEvent::Seek);
        }
        reached
    }

    /// Announces the event there, or shows why there is none.
    fn report_arrival(&self, reached: Result<(), String>) {
        match reached {
            Ok(()) => {
                let newest = self
                    .read_session(|session| session.journal().newest().map(|event| event.title()))
                    .unwrap_or_default();
                self.announce(format!("{}: {newest}", moment(self.now_us())));
            }
            Err(error) => self.notice(text::sentence(&error)),
        }
    }
}

/// A moment as a person types it: `1.5s`, `350ms`, or as the clock shows it.
fn parse_moment(typed: &str) -> Result<Micros, String> {
    let typed: String = typed.split_whitespace().collect();
    match parse_statement(&format!("run {typed}"), 0, 0) {
        Ok(Some(Statement::Run(time_us))) => Ok(time_us),
        _ => Err(text::MOMENT_EXPECTED.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_unit() {
        assert_eq!(parse_moment("1.5s"), Ok(1_500_000));
        assert_eq!(parse_moment(" 350ms "), Ok(350_000));
        assert_eq!(parse_moment("0.289 s"), Ok(289_000));
        for wrong in ["", "5", "soon", "-1s", "1s crash s1", "1s\ncrash s1"] {
            assert_eq!(parse_moment(wrong), Err(text::MOMENT_EXPECTED.to_string()), "{wrong}");
        }
    }
}
