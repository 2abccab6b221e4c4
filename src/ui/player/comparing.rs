//! Compares the run with the same run under one other setting: both are drawn, in step.

use std::rc::Rc;

use crate::script::Session;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::timeline::ComparedRun;

use super::Player;
use super::played_session::PlayedSession;

impl Player {
    /// Runs the script again with that setting, draws it below this run, and keeps it in step.
    ///
    /// # Errors
    /// If the line is no setting, or changes nothing.
    pub fn compare_with(&self, line: &str) -> Result<(), String> {
        self.catch_up();
        let number = self.played.borrow_mut().session.add_variant(line)?;
        self.compare_in_timeline(Some(number));
        let (first_us, name) = self.read_session(|session| {
            let branch = &session.branches()[number];
            let other = branch.diagram();
            let first_us = other.and_then(|other| session.diagram().first_difference_us(other));
            (first_us, branch.name().to_owned())
        });
        if let Some(first_us) = first_us {
            self.with_timeline(|board, session| board.center(first_us, session));
        }
        self.dispatch(Action::Compare(Some(name.clone())));
        self.notice(text::compared_with(&name, first_us));
        self.redraw();
        Ok(())
    }

    /// Goes to the first difference from the run that is drawn below, and pauses there. A notice
    /// says if there is none.
    pub fn go_to_first_difference(&self) {
        let first_us = self.read_timeline(|board, session| board.first_difference_us(session));
        match first_us.flatten() {
            Some(first_us) => {
                self.go_to(first_us);
                self.with_timeline(|board, session| board.center(first_us, session));
            }
            None => self.notice(text::NO_DIFFERENCE.to_owned()),
        }
    }
}

impl PlayedSession {
    /// Lets the run that is compared catch up with this one.
    pub(super) fn advance_compared(&mut self) {
        let PlayedSession { timeline, session, .. } = self;
        let Some((board, _)) = timeline else { return };
        let Some(number) = session.variant() else { return };
        let is_drawn = board.compared_name() == Some(session.branches()[number].name());
        if is_drawn && session.branches()[number].end_us() < session.end_us() {
            session.advance_variant();
            board.extend_compared(compared_run(session, number));
        }
    }
}

/// A branch as the timeline draws it; `None` if its diagram is not kept.
pub(super) fn compared_run(session: &Session, number: usize) -> Option<ComparedRun> {
    let branch = session.branches().get(number)?;
    Some(ComparedRun {
        name: branch.name().to_owned(),
        diagram: Rc::new(branch.diagram()?.clone()),
        end_us: branch.end_us(),
        clients: session.world().clients().len(),
    })
}
