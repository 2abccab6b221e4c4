//! The player goes elsewhere in time, and tells of the branches that come of acting there.

use std::rc::Rc;

use crate::script::{Difference, Session, Sight};
use crate::sim::Micros;

use super::platform::api;
use super::platform::clock::{Alarm, now_ms};
use super::platform::dom::HtmlInputElement;
use super::player::Player;
use super::state::Action;
use super::text;
use super::timeline::moment_typed;
use super::view::moment;

/// What one can go to; the last two are typed.
pub const GOALS: [&str; 6] = ["election", "leader", "commit", "violation", "condition", "moment"];
/// The first that is typed.
pub const CONDITION: usize = 4;
/// The other one.
pub const MOMENT: usize = 5;

/// How one goes there.
type Journey<'a> = &'a mut dyn FnMut(&mut Session) -> Result<(), String>;

impl Player {
    /// Moves this slider with time, from now on.
    pub fn attach_slider(self: &Rc<Self>, slider: HtmlInputElement) {
        let weak = Rc::downgrade(self);
        let frame = Alarm::new(move || {
            weak.upgrade().into_iter().for_each(|player| player.follow_slider());
        });
        let mut bench = self.bench.borrow_mut();
        bench.slider = Some((slider, frame));
        bench.show_clock(now_ms(), true);
    }

    /// The slider was moved to there: time stops, and with the next frame it is that moment.
    pub fn scrub(&self, to_ms: f64) {
        self.bench.borrow_mut().scrubbed_us = Some((to_ms * 1000.0) as Micros);
        if self.pace().0 {
            self.pause();
        }
        if let Some((_, frame)) = &self.bench.borrow().slider {
            frame.set_in(0.0);
        }
    }

    fn follow_slider(&self) {
        let Some(to_us) = self.bench.borrow_mut().scrubbed_us.take() else { return };
        let went = self.travel(&mut |session| session.seek(to_us.min(session.end_us())));
        if let Err(error) = went {
            self.notice(text::sentence(&error));
        }
    }

    /// Goes back to the event before, and stands there.
    pub fn previous_event(&self) {
        self.arrive(self.travel(&mut |session| match session.previous_event() {
            true => Ok(()),
            false => Err(text::NOTHING_BEFORE.to_string()),
        }));
    }

    /// Goes on or back to one of [`GOALS`], and stands there. Where there is none, that is told.
    pub fn jump(&self, goal: usize, typed: &str, ahead: bool) {
        self.arrive(self.travel(&mut |session| {
            if goal == MOMENT {
                return session.seek(moment_typed(typed)?);
            }
            let named = if goal == CONDITION { typed } else { GOALS[goal] };
            let sight = Sight::named(named, session)?;
            if ahead { session.jump_ahead(&sight) } else { session.jump_back(&sight) }
        }));
    }

    /// Returns to a branch at the moment at which it was left, and stands there.
    pub fn return_to(&self, number: usize) {
        let went = self.travel(&mut |session| session.return_to(number));
        // What was selected may be another event there.
        self.emit(Action::Deselect);
        match went {
            Ok(()) => self.announce(text::returned(&self.picture().branches.this.name)),
            Err(error) => self.notice(text::sentence(&error)),
        }
    }

    /// Calls a branch something else; without a number, this one.
    pub fn rename_branch(&self, number: Option<usize>, name: &str) {
        self.with_session(|session| session.rename_branch(number, name));
    }

    /// What differs between this branch and that one, now.
    pub fn compare(&self, number: usize) -> Result<Vec<Difference>, String> {
        self.read_session(|session| session.compare(number))
    }

    /// How many branches there have been.
    pub(super) fn branched(&self) -> u32 {
        self.read_session(Session::branched)
    }

    /// Tells of a branch that was begun since there were so many.
    pub(super) fn tell_branch(&self, before: u32) {
        if self.branched() > before {
            let kept = self.read_session(|session| session.branches().last().map(text::branched));
            kept.into_iter().for_each(|told| self.notice(told));
        }
    }

    fn travel(&self, go: Journey<'_>) -> Result<(), String> {
        if self.pace().0 {
            self.pause();
        }
        let went = self.with_session(|session| go(session));
        if went.is_ok() {
            self.emit(Action::ClearNotice);
            api::notify("seek", self.now_us());
        }
        went
    }

    /// Says where it is now, or why it is not.
    fn arrive(&self, went: Result<(), String>) {
        match went {
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
