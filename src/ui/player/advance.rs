//! Advances the session to where the clock is, and stops it.

use crate::script::{Halt, Session};
use crate::sim::Micros;

use super::playback::Playback;
use super::played_session::MODEL_MS;
use super::{PageEvent, Player};
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::{dom, panic};
use crate::ui::text;

impl Player {
    /// Changes how time passes, from now on.
    pub(super) fn change_pace(&self, change: impl FnOnce(&mut Playback, f64, Micros)) {
        {
            let mut played = self.played.borrow_mut();
            let (now, at_us) = (now_ms(), played.now_us());
            change(&mut played.playback, now, at_us);
        }
        self.settle_clock();
    }

    /// Draws everything at once, after a change that did not come of time passing.
    pub(super) fn settle_clock(&self) {
        {
            let mut played = self.played.borrow_mut();
            let (now, at_us) = (now_ms(), played.now_us());
            played.playback.reached(now, at_us);
            played.show_motion(now);
            played.show_clock(now, true);
            played.show_timeline(now, true);
        }
        self.redraw();
        self.check_violations();
        self.set_alarm();
        if !self.pace().0 {
            self.schedule_address();
        }
    }

    /// Advances the session to where the clock is. In a hidden tab time stands still.
    pub(super) fn catch_up(&self) {
        self.catch_up_until(Micros::MAX);
    }

    /// The same, but no further than that moment.
    pub(super) fn catch_up_until(&self, limit_us: Micros) {
        if dom::hidden() || !self.pace().0 || self.advancing.replace(true) {
            return;
        }
        let halt = self.played.borrow_mut().advance(now_ms(), limit_us);
        self.advancing.set(false);
        match halt {
            Halt::Reached => {
                let full = self.read_session(Session::full);
                if let Some(text) = full {
                    self.stop();
                    self.notice(text);
                }
            }
            Halt::Breakpoint { line } => {
                self.stop();
                let (line, statement) = self.read_session(|session| {
                    let line = session.line_in_text(line);
                    (line, session.text().lines().nth(line as usize - 1).map(str::to_owned))
                });
                self.notice(text::breakpoint(line, statement.as_deref()));
            }
            Halt::Violation if self.is_narrating() => {}
            Halt::Violation => self.stop(),
            Halt::Step => self.wait_at_step(),
        }
    }

    pub(super) fn wake(&self) {
        if dom::hidden() || !self.pace().0 {
            return;
        }
        self.catch_up();
        let now = now_ms();
        let (stage_due, whole_due) = {
            let mut played = self.played.borrow_mut();
            let stage_due = played.stage_is_due();
            if stage_due {
                played.stale = true;
                played.show_motion(now);
            }
            played.show_clock(now, false);
            played.show_timeline(now, false);
            (stage_due, played.stale && now - played.model_ms >= MODEL_MS)
        };
        if whole_due {
            self.redraw();
        } else if stage_due {
            self.report_model(false);
        }
        self.check_violations();
        self.set_alarm();
    }

    pub(super) fn stop(&self) {
        {
            let mut played = self.played.borrow_mut();
            let (now, at_us) = (now_ms(), played.now_us());
            played.playback.pause(now, at_us);
            played.stale = true;
            played.model_ms = f64::MIN;
            played.show_motion(now);
            played.show_clock(now, true);
            played.show_timeline(now, true);
        }
        self.schedule_address();
        self.notify(PageEvent::Pause);
    }

    fn check_violations(&self) {
        let newest = {
            let mut played = self.played.borrow_mut();
            let found = played.session.cluster().violations().len();
            if found <= played.seen_violations {
                return;
            }
            played.seen_violations = found;
            let found = played.session.explanations().last();
            found.map(|found| text::violation_announcement(found.property.name(), &found.headline))
        };
        if self.pace().0 && !self.is_narrating() {
            self.stop();
        }
        self.redraw();
        self.notify(PageEvent::Violation);
        if let Some(text) = newest {
            self.announce(text);
        }
    }

    /// Makes a whole new model, and reports it where it differs.
    pub(super) fn redraw(&self) {
        self.save(false);
        self.report_model(true);
    }

    /// Roles, terms, votes and logs change in the frame in which the message that causes it
    /// arrives; the panels beside them may follow later.
    fn report_model(&self, whole: bool) {
        let (model, has_other_leader) = {
            let mut played = self.played.borrow_mut();
            let leader = played.model.leader;
            let Some(model) = played.remodel(now_ms(), whole) else { return };
            let has_other_leader = model.leader != leader;
            (model, has_other_leader)
        };
        if whole {
            self.note_progress(model.narration.as_ref().as_ref());
        }
        if has_other_leader {
            self.notify(PageEvent::Leader);
            if model.pace.playing && model.leader.is_some() {
                self.announce(model.latest.sentence.clone());
            }
        }
        if let Some(listeners) = self.listeners.get() {
            listeners.model.emit(model);
        }
    }

    fn set_alarm(&self) {
        let Some(alarm) = self.alarm.get() else { return };
        match self.played.borrow().wake_in_ms(now_ms()) {
            Some(ms) if !dom::hidden() => alarm.set_in(ms),
            _ => alarm.clear(),
        }
    }

    pub(super) fn stop_alarm(&self) {
        self.alarm.get().into_iter().for_each(Alarm::clear);
    }

    /// Time stands still in a hidden tab, and passes again when the tab is shown.
    pub(super) fn visibility_changed(&self) {
        if panic::happened() {
            return;
        }
        self.save(true);
        // The style sheets end their transitions, too.
        dom::set_root_attribute("data-hidden", &dom::hidden().to_string());
        {
            let mut played = self.played.borrow_mut();
            let (now, at_us) = (now_ms(), played.now_us());
            played.playback.reached(now, at_us);
            played.show_motion(now);
            played.show_timeline(now, true);
        }
        self.set_alarm();
    }
}
