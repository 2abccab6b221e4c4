//! Plays the session in real time.
//!
//! The player looks at the clock, advances the session, moves the messages and timers on the stage,
//! and in the same frame makes a new model of the stage and the logs, if something on them changed.
//! The panels follow at most six times a second. Nothing happens before [`Player::begin`], so it
//! can be built without a browser.

mod adaptive_pace;
mod address;
mod advance;
mod comparing;
mod controls;
mod counterexample;
pub mod crash_report;
mod editing;
mod exports;
mod gallery;
mod hint_progress;
mod make_challenge;
mod messages;
mod opening;
mod playback;
mod played_session;
mod recognition;
mod saved_session;
mod scenarios;
mod scrub;
mod session_storage;
mod single_export;
mod slider;
mod story;
mod timeline;
mod travel;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use yew::Callback;

use crate::script::{Session, act_line};
use crate::sim::{Act, Micros, World};

use super::animation::{Animations, StageElements};
use super::first_cluster;
use super::platform::clock::{Alarm, now_ms};
use super::platform::dom::Element;
use super::platform::listen::{Listener, on_fragment, on_visibility};
use super::progress::OpenStory;
use super::scene::Layout;
use super::state::{Action, Banner, ModelScope};
use super::text;
use super::view::ClusterModel;

pub use gallery::stored_progress;
pub use playback::{
    Playback, SPEED_AT_START, STOP_MAX, STOP_MIN, speed_at_stop, speed_words, stop_near,
};
pub use scenarios::broken_rule_file;
pub use slider::{Slider, ticks};
pub use travel::{CONDITION, GOALS, MOMENT};

use counterexample::RunningSearch;
use played_session::PlayedSession;
use session_storage::SessionStorage;

/// What the player reports to the page.
pub struct Listeners {
    pub model: Callback<Rc<ClusterModel>>,
    pub action: Callback<Action>,
    /// A sentence for screen readers.
    pub announce: Callback<String>,
    /// An event for scripts, with the simulated time.
    pub event: Callback<(PageEvent, Micros)>,
}

/// The events that `window.raftarium` dispatches; `docs/embedding.md` describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageEvent {
    Ready,
    Load,
    Play,
    Pause,
    Seek,
    Act,
    Leader,
    Violation,
}

impl PageEvent {
    pub fn name(self) -> &'static str {
        match self {
            PageEvent::Ready => "ready",
            PageEvent::Load => "load",
            PageEvent::Play => "play",
            PageEvent::Pause => "pause",
            PageEvent::Seek => "seek",
            PageEvent::Act => "act",
            PageEvent::Leader => "leader",
            PageEvent::Violation => "violation",
        }
    }
}

pub struct Player {
    played: RefCell<PlayedSession>,
    storage: SessionStorage,
    /// The narrated script that is open.
    story: RefCell<Option<OpenStory>>,
    /// The script of the page with the same text, if it was opened from elsewhere.
    recognized: RefCell<Option<OpenStory>>,
    /// The session and the number of its actions where a worked solution was opened.
    solution: Cell<Option<(u64, usize)>>,
    listeners: OnceCell<Listeners>,
    /// Wakes the player when the next event is due.
    alarm: OnceCell<Alarm>,
    /// Writes the address once nothing has changed for a moment.
    address: OnceCell<Alarm>,
    subscriptions: OnceCell<Vec<Listener>>,
    /// The search for a counterexample, while there is one.
    search: RefCell<Option<RunningSearch>>,
    /// Set while the session advances. Nothing else may change it meanwhile.
    advancing: Cell<bool>,
}

/// A player equals only itself.
impl PartialEq for Player {
    fn eq(&self, other: &Player) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Player {
    /// A player that stands still until it begins.
    pub fn new(session: Session) -> Rc<Player> {
        Rc::new(Player {
            played: RefCell::new(PlayedSession::new(session)),
            storage: SessionStorage::default(),
            story: RefCell::default(),
            recognized: RefCell::default(),
            solution: Cell::default(),
            listeners: OnceCell::new(),
            alarm: OnceCell::new(),
            address: OnceCell::new(),
            subscriptions: OnceCell::new(),
            search: RefCell::default(),
            advancing: Cell::new(false),
        })
    }

    /// Opens what the address holds, or the last session, or plays a new cluster. Called once, when
    /// the page is on the screen.
    pub fn begin(self: &Rc<Self>, listeners: Listeners) {
        let _ = self.listeners.set(listeners);
        let weak: Weak<Player> = Rc::downgrade(self);
        let call = move |then: fn(&Player)| {
            let weak = weak.clone();
            move || weak.upgrade().into_iter().for_each(|player| then(&player))
        };
        let _ = self.alarm.set(Alarm::new(call(Player::wake)));
        let _ = self.address.set(self.address_alarm());
        let mut subscriptions = vec![
            on_fragment(call(Player::open_changed_address)),
            on_visibility(call(Player::visibility_changed)),
        ];
        subscriptions.extend(self.subscribe_to_files());
        let _ = self.subscriptions.set(subscriptions);
        self.open_at_start();
        self.notify(PageEvent::Ready);
    }

    /// The newest model.
    pub fn model(&self) -> Rc<ClusterModel> {
        self.played.borrow().model.clone()
    }

    pub fn with_world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(self.played.borrow().session.cluster().world())
    }

    pub fn read_session<T>(&self, read: impl FnOnce(&Session) -> T) -> T {
        read(&self.played.borrow().session)
    }

    /// Draws messages and timers into these elements.
    pub fn attach_animations(&self, elements: StageElements, layout: Rc<Layout>) {
        let mut played = self.played.borrow_mut();
        let pace = played.pace(now_ms());
        let mut animations = Animations::new(elements, layout, pace);
        animations.update(played.session.cluster().world(), pace);
        played.animations = Some(animations);
    }

    /// The stage has other proportions.
    pub fn relayout(&self, layout: Rc<Layout>) {
        let mut played = self.played.borrow_mut();
        let pace = played.pace(now_ms());
        let PlayedSession { animations, session, .. } = &mut *played;
        if let Some(animations) = animations {
            animations.relayout(session.cluster().world(), layout, pace);
        }
    }

    /// Shows simulated time in this element.
    pub fn attach_clock(&self, element: Element) {
        let mut played = self.played.borrow_mut();
        played.clock = Some(element);
        played.show_clock(now_ms(), true);
    }

    /// Makes models for that scope.
    pub fn set_scope(&self, scope: ModelScope) {
        let mut played = self.played.borrow_mut();
        if played.scope != scope {
            let selects = played.scope.selection != scope.selection;
            played.scope = scope;
            drop(played);
            self.redraw();
            if selects {
                self.schedule_address();
            }
        }
    }

    /// Performs the act now. False where it is not possible; the notice says why.
    pub fn act(&self, act: Act) -> bool {
        self.catch_up();
        let refusal = self.read_session(|session| session.run().permissions().refusal_of(&act));
        if let Some(refusal) = refusal {
            self.notice(text::sentence(&refusal));
            return false;
        }
        let begins = self.begins_trying();
        let (title, branches) = (act.title(), self.branch_count());
        let progress = self.hint_progress();
        crash_report::set_attempt(&act_line(&act));
        let done = self.played.borrow_mut().session.act(&act);
        crash_report::set_attempt("");
        match done {
            Ok(()) => {
                self.settle_clock();
                self.report_hint_progress(&progress);
                self.notify(PageEvent::Act);
                if !self.pace().0 {
                    self.announce(title);
                }
                self.report_new_branch(branches);
                if begins {
                    self.play();
                }
                true
            }
            Err(error) => {
                self.notice(text::cannot(&error.to_string()));
                false
            }
        }
    }

    /// Why the reader of a narrated run may not do that line now, as a sentence.
    pub fn line_refusal(&self, line: &str) -> Option<String> {
        let refusal = self.read_session(|session| session.line_refusal(line.trim()));
        refusal.as_deref().map(text::sentence)
    }

    /// Executes a line of the language, and returns its answer.
    pub fn exec(&self, line: &str) -> Result<String, String> {
        self.catch_up();
        if let Some(refusal) = self.read_session(|session| session.line_refusal(line)) {
            return Err(refusal);
        }
        let (begins, actions) = (self.begins_trying(), self.read_session(Session::actions_done));
        let branches = self.branch_count();
        let progress = self.hint_progress();
        crash_report::set_attempt(line);
        let answer = self.played.borrow_mut().session.exec(line);
        crash_report::set_attempt("");
        self.settle_clock();
        self.report_hint_progress(&progress);
        self.report_new_branch(branches);
        if begins && self.read_session(Session::actions_done) > actions {
            self.play();
        }
        answer
    }

    /// Opens another session, paused where it stands.
    pub fn open(&self, mut session: Session) {
        session.begin_story();
        self.stop_alarm();
        self.forget_story();
        self.set_aside_current();
        self.played.borrow_mut().open(session);
        self.dispatch(Action::Opened);
        self.settle_clock();
        self.notify(PageEvent::Load);
    }

    /// Opens a script shortly before its first election, and plays it.
    pub fn open_at_first_election(&self, script: &str) -> Result<(), String> {
        self.open(first_cluster::before_first_election(script)?);
        self.play();
        Ok(())
    }

    /// Changes the session in another way than by an act, such as a seek.
    pub fn with_session<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        self.catch_up();
        let result = change(&mut self.played.borrow_mut().session);
        self.played.borrow_mut().resync();
        self.settle_clock();
        result
    }

    fn now_us(&self) -> Micros {
        self.played.borrow().now_us()
    }

    fn notify(&self, event: PageEvent) {
        if let Some(listeners) = self.listeners.get() {
            listeners.event.emit((event, self.now_us()));
        }
    }

    fn dispatch(&self, action: Action) {
        if let Some(listeners) = self.listeners.get() {
            listeners.action.emit(action);
        }
    }

    /// Shows a short notice under the stage, and announces it.
    pub fn notice(&self, text: String) {
        self.announce(text.clone());
        self.dispatch(Action::Notice(text));
    }

    /// Shows a banner above the cluster, and announces it.
    fn show_banner(&self, banner: Banner) {
        self.announce(banner.text.clone());
        self.dispatch(Action::ShowBanner(banner));
    }

    /// Has screen readers say it.
    pub fn announce(&self, text: String) {
        if let Some(listeners) = self.listeners.get() {
            listeners.announce.emit(text);
        }
    }
}
