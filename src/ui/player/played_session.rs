//! The session on the page: its clock, its newest model, and the elements that move with time.

use std::rc::Rc;

use crate::script::{Budget, Halt, Session};
use crate::sim::Micros;

use super::playback::{Playback, SPEED_AT_START};
use super::slider::Slider;
use crate::ui::animation::Animations;
use crate::ui::platform::animation::Pace;
use crate::ui::platform::clock::Alarm;
use crate::ui::platform::dom::{self, Element, HtmlInputElement};
use crate::ui::state::ModelScope;
use crate::ui::text;
use crate::ui::text::moment;
use crate::ui::timeline::DiagramBoard;
use crate::ui::view::{ClusterModel, RuleTally};

/// The least time between two models while time passes, in real milliseconds.
pub(super) const MODEL_MS: f64 = 160.0;
/// The time between two updates of the clock, in real milliseconds.
const CLOCK_MS: f64 = 160.0;
/// From this moment on the clock shows more digits, in simulated microseconds.
const LONG_US: Micros = 100_000_000;
/// The time between two updates of the slider while it follows the end of the run, in real
/// milliseconds.
const SLIDER_MS: f64 = 1_000.0;
/// Events closer together than this share one wake-up, in real milliseconds.
const WAKE_MS: f64 = 40.0;

pub(super) struct PlayedSession {
    pub session: Session,
    pub playback: Playback,
    pub animations: Option<Animations>,
    pub clock: Option<Element>,
    /// The slider of time, and the alarm that seeks to where it was dragged.
    pub slider: Option<(HtmlInputElement, Alarm)>,
    /// The diagram, and the alarm that draws it with the next frame.
    pub timeline: Option<(DiagramBoard, Alarm)>,
    /// When the slider was updated last, in real milliseconds.
    slider_ms: f64,
    /// Where the slider was dragged to, until the seek.
    pub scrubbed_us: Option<Micros>,
    /// When the clock was updated last, in real milliseconds, and the moment that it shows.
    clock_shown: (f64, Micros),
    pub scope: ModelScope,
    /// What the rules decided, for the model.
    tally: RuleTally,
    pub model: Rc<ClusterModel>,
    pub model_ms: f64,
    /// Whether something happened since the last whole model.
    pub stale: bool,
    /// Whether time has only passed since the last model: it did not jump.
    continues: bool,
    seen_event: u64,
    pub seen_violations: usize,
}

impl PlayedSession {
    pub fn new(session: Session) -> PlayedSession {
        let at_us = session.cluster().world().now_us();
        let playback = Playback::paused_at(at_us, SPEED_AT_START);
        let model = ClusterModel::of(&session, &ModelScope::default(), playback.model());
        PlayedSession {
            playback,
            animations: None,
            clock: None,
            slider: None,
            timeline: None,
            slider_ms: 0.0,
            scrubbed_us: None,
            clock_shown: (f64::MIN, 0),
            scope: ModelScope::default(),
            tally: RuleTally::default(),
            model: Rc::new(model),
            model_ms: 0.0,
            stale: false,
            continues: false,
            seen_event: 0,
            seen_violations: 0,
            session,
        }
    }

    /// Replaces the session by another, paused where it stands.
    pub fn open(&mut self, session: Session) {
        self.session = session;
        self.tally = RuleTally::default();
        self.seen_event = 0;
        self.seen_violations = 0;
        self.playback = self.playback.restarted_at(self.now_us());
        self.continues = false;
        if let Some(animations) = &mut self.animations {
            animations.clear_messages();
        }
        if let Some((board, _)) = &mut self.timeline {
            board.forget_session();
        }
        let mut model = (*self.model).clone();
        model.generation += 1;
        self.model = Rc::new(model);
    }

    /// After a change of the session: violations that it no longer has are news when they come
    /// back, and nothing that moved on the stage goes on moving.
    pub fn resync(&mut self) {
        self.continues = false;
        self.seen_violations = self.seen_violations.min(self.session.cluster().violations().len());
        if let Some(animations) = &mut self.animations {
            animations.clear_messages();
        }
        if let Some((board, _)) = &mut self.timeline {
            board.follow_if_lost(self.session.world().now_us());
        }
    }

    pub fn now_us(&self) -> Micros {
        self.session.cluster().world().now_us()
    }

    /// The pace of the animations: they stand still in a hidden tab.
    pub fn pace(&self, real_ms: f64) -> Pace {
        Pace {
            playing: self.playback.playing() && !dom::hidden(),
            speed: self.playback.pace(),
            now_ms: self.playback.target_us(real_ms) as f64 / 1000.0,
            real_ms,
        }
    }

    /// Up to where the clock is, but no further than `limit_us`.
    pub fn advance(&mut self, now: f64, limit_us: Micros) -> Halt {
        let until_us = self.playback.target_us(now).min(limit_us);
        let halt = self.session.play_until_within(until_us, Budget::FRAME);
        let at_us = self.now_us();
        self.playback.reached(now, at_us);
        self.playback.adapt(self.session.world());
        halt
    }

    /// Makes a new model: a whole one, or only the stage and the logs. None if nothing differs.
    pub fn remodel(&mut self, now: f64, whole: bool) -> Option<Rc<ClusterModel>> {
        if whole {
            self.advance_compared();
        }
        let pace = self.playback.model();
        let (before, session, scope) = (&self.model, &self.session, &self.scope);
        let model = if whole {
            self.stale = false;
            self.model_ms = now;
            let refreshed = before.refreshed(session, scope, pace, self.continues);
            refreshed.with_rules(session, &mut self.tally)
        } else {
            before.with_stage_of(session, scope, pace, self.continues)
        };
        self.continues = true;
        if model == **before {
            return None;
        }
        self.model = model.into();
        Some(self.model.clone())
    }

    /// Whether something happened since the stage was drawn, or something on it disappears.
    pub fn stage_is_due(&self) -> bool {
        let world = self.session.world();
        let is_over = |until_us: Micros| until_us <= world.now_us();
        world.event() != self.seen_event || self.model.lingers_until_us().is_some_and(is_over)
    }

    pub fn show_motion(&mut self, now: f64) {
        let pace = self.pace(now);
        self.seen_event = self.session.cluster().world().event();
        if let Some(animations) = &mut self.animations {
            animations.update(self.session.cluster().world(), pace);
        }
    }

    pub fn show_clock(&mut self, now: f64, at_once: bool) {
        let at_us = self.now_us();
        let (shown_ms, shown_us) = self.clock_shown;
        if at_us == shown_us && shown_ms > f64::MIN && !at_once
            || !at_once && now - shown_ms < CLOCK_MS * 0.8
        {
            return;
        }
        if let Some(clock) = &self.clock {
            dom::set_text(clock, &moment(at_us));
            let _ = clock.class_list().toggle_with_force("long", at_us >= LONG_US);
            self.clock_shown = (now, at_us);
        }
        let end_us = self.session.end_us();
        // At the end of the run the knob stays at the right. Its scale can wait.
        let can_wait = at_us == end_us && !at_once && now - self.slider_ms < SLIDER_MS;
        if let (Some((slider, _)), None, false) = (&self.slider, self.scrubbed_us, can_wait) {
            self.slider_ms = now;
            let Slider { step_ms, max_ms, value_ms } = Slider::at(at_us, end_us);
            dom::move_slider(slider, [step_ms, max_ms, value_ms], &text::of_run(at_us, end_us));
        }
    }

    /// In how many real milliseconds the player has to wake; `None` while paused.
    pub fn wake_in_ms(&self, now: f64) -> Option<f64> {
        if !self.playback.playing() {
            return None;
        }
        let lingers_us = self.model.lingers_until_us();
        let event = self
            .session
            .next_due_us()
            .into_iter()
            .chain(lingers_us)
            .min()
            .and_then(|due_us| self.playback.real_ms_until(now, due_us))
            .map_or(CLOCK_MS, |ms| ms.max(WAKE_MS));
        let model = if self.stale { (self.model_ms + MODEL_MS - now).max(0.0) } else { CLOCK_MS };
        Some(event.min(model).min(CLOCK_MS))
    }
}
