//! The diagram follows the run, and a person moves in it.

use std::rc::Rc;

use crate::script::Session;
use crate::sim::Micros;

use super::Player;
use super::comparing::compared_run;
use super::played_session::PlayedSession;
use super::slider::Slider;
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::dom::Element;
use crate::ui::timeline::DiagramBoard;

impl Player {
    /// Draws the diagram within that element from now on.
    pub fn attach_timeline(self: &Rc<Self>, root: &Element) {
        let weak = Rc::downgrade(self);
        let frame = Alarm::new(move || {
            weak.upgrade().into_iter().for_each(|player| player.draw_timeline());
        });
        let mut played = self.played.borrow_mut();
        played.timeline = DiagramBoard::new(root).map(|board| (board, frame));
    }

    /// Nothing draws the diagram any more.
    pub fn detach_timeline(&self) {
        self.played.borrow_mut().timeline = None;
    }

    /// Changes what the diagram shows; it is drawn with the next frame.
    pub fn with_timeline<T>(
        &self,
        change: impl FnOnce(&mut DiagramBoard, &Session) -> T,
    ) -> Option<T> {
        let mut played = self.played.borrow_mut();
        let PlayedSession { timeline, session, .. } = &mut *played;
        let (board, frame) = timeline.as_mut()?;
        let result = change(board, session);
        frame.set_in(0.0);
        Some(result)
    }

    /// Looks at what the diagram shows.
    pub fn read_timeline<T>(&self, read: impl FnOnce(&DiagramBoard, &Session) -> T) -> Option<T> {
        let played = self.played.borrow();
        let (board, _) = played.timeline.as_ref()?;
        Some(read(board, &played.session))
    }

    /// Draws that branch below this one, or only this one. False: its diagram is not kept.
    pub fn compare_in_timeline(&self, number: Option<usize>) -> bool {
        let run = self.read_session(|session| compared_run(session, number?));
        let found = run.is_some() || number.is_none();
        self.with_timeline(|board, _| board.compare(run));
        found
    }

    fn draw_timeline(&self) {
        self.played.borrow_mut().show_timeline(now_ms(), true);
    }
}

impl PlayedSession {
    /// Draws the diagram, if that is due.
    pub(super) fn show_timeline(&mut self, now: f64, at_once: bool) {
        let pace = self.pace(now);
        let (at_us, end_us) = (self.now_us(), self.session.end_us());
        let slider_end_us: Micros = Slider::at(at_us, end_us).max_ms * 1000;
        if let Some((board, _)) = &mut self.timeline {
            board.show(&self.session, pace, slider_end_us, at_once);
        }
    }
}
