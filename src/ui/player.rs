//! Runs the cluster in real time: looks at the clock, moves the run on, moves what moves on the
//! stage, and takes a new picture when something changed, at most some six times a second.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use yew::Callback;

use crate::sim::{Act, Micros, World};

use super::animation::Animations;
use super::bench::{Bench, PICTURE_MS};
use super::keeping::Keeper;
use super::opening;
use super::platform::api;
use super::platform::clock::{Alarm, now_ms};
use super::platform::dom::{self, Element};
use super::platform::listen::{Listener, on_fragment, on_visibility};
use super::platform::panic;
use super::playback::{Playback, SPEED_AT_START};
use super::scene::Layout;
use super::state::{Action, Focus};
use super::text;
use super::view::Picture;
use crate::script::{Halt, Session, act_line};

/// What the page is told by the player.
pub struct Listeners {
    /// There is a new picture.
    pub picture: Callback<Rc<Picture>>,
    /// The page's own state changes.
    pub action: Callback<Action>,
    /// Something for those who listen.
    pub announce: Callback<String>,
}

/// Runs the cluster.
pub struct Player {
    pub(super) bench: RefCell<Bench>,
    listeners: OnceCell<Listeners>,
    alarm: OnceCell<Alarm>,
    visibility: OnceCell<Listener>,
    fragment: OnceCell<Listener>,
    /// Set while the run is being moved on, when nobody else may.
    busy: Cell<bool>,
    /// What is kept of the session.
    pub(super) keeper: Keeper,
}

/// Two players are equal only where they are one.
impl PartialEq for Player {
    fn eq(&self, other: &Player) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Player {
    /// A player with that cluster, before anybody looks.
    pub fn new(session: Session) -> Rc<Player> {
        let at_us = session.cluster().world().now_us();
        let mut picture = Picture::take(&session, &Focus::default(), None);
        picture.speed = SPEED_AT_START;
        let bench = Bench {
            playback: Playback::paused_at(at_us, SPEED_AT_START),
            animations: None,
            clock: None,
            slider: None,
            slider_ms: 0.0,
            scrubbed_us: None,
            clock_shown: (f64::MIN, 0),
            focus: Focus::default(),
            picture: Rc::new(picture),
            picture_ms: 0.0,
            stale: false,
            seen_event: 0,
            seen_violations: 0,
            session,
        };
        let player = Rc::new(Player {
            bench: RefCell::new(bench),
            listeners: OnceCell::new(),
            alarm: OnceCell::new(),
            visibility: OnceCell::new(),
            fragment: OnceCell::new(),
            busy: Cell::new(false),
            keeper: Keeper::default(),
        });
        let weak: Weak<Player> = Rc::downgrade(&player);
        let (woken, moved) = (weak.clone(), weak.clone());
        let _ = player.fragment.set(on_fragment(move || {
            let _ = moved.upgrade().map(|player| player.address_changed());
        }));
        let _ = player.alarm.set(Alarm::new(move || {
            woken.upgrade().into_iter().for_each(|player| player.wake());
        }));
        let _ = player.visibility.set(on_visibility(move || {
            weak.upgrade().into_iter().for_each(|player| player.visibility_changed());
        }));
        player
    }

    /// Says who is told.
    pub fn tell(&self, listeners: Listeners) {
        let _ = self.listeners.set(listeners);
    }

    /// The newest picture.
    pub fn picture(&self) -> Rc<Picture> {
        self.bench.borrow().picture.clone()
    }

    /// Reads from the world as it is now.
    pub fn with_world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(self.bench.borrow().session.cluster().world())
    }

    /// Whether time passes, and how fast.
    pub fn pace(&self) -> (bool, f64) {
        let bench = self.bench.borrow();
        (bench.playback.playing(), bench.playback.speed())
    }

    /// Draws what moves into this element, from now on.
    pub fn attach_animations(&self, root: Element, prototypes: Element, layout: Rc<Layout>) {
        let mut bench = self.bench.borrow_mut();
        let pace = bench.pace(now_ms());
        let mut animations = Animations::new(root, prototypes, layout, pace);
        animations.update(bench.session.cluster().world(), pace);
        bench.animations = Some(animations);
    }

    /// The stage has other proportions.
    pub fn relayout(&self, layout: Rc<Layout>) {
        let mut bench = self.bench.borrow_mut();
        let pace = bench.pace(now_ms());
        let Bench { animations, session, .. } = &mut *bench;
        if let Some(animations) = animations {
            animations.relayout(session.cluster().world(), layout, pace);
        }
    }

    /// Shows simulated time in this element, from now on.
    pub fn attach_clock(&self, element: Element) {
        let mut bench = self.bench.borrow_mut();
        bench.clock = Some(element);
        bench.show_clock(now_ms(), true);
    }

    /// The person looks elsewhere.
    pub fn look(&self, focus: Focus) {
        let mut bench = self.bench.borrow_mut();
        if bench.focus != focus {
            bench.focus = focus;
            drop(bench);
            self.redraw();
        }
    }

    /// Lets time pass.
    pub fn play(&self) {
        self.emit(Action::Played);
        self.change_pace(|playback, now_ms, at_us| playback.play(now_ms, at_us));
        api::notify("play", self.now_us());
    }

    /// Stops time.
    pub fn pause(&self) {
        self.catch_up();
        self.change_pace(|playback, now_ms, at_us| playback.pause(now_ms, at_us));
        api::notify("pause", self.now_us());
    }

    /// Play, or pause.
    pub fn toggle(&self) {
        if self.pace().0 { self.pause() } else { self.play() }
    }

    /// Changes the speed.
    pub fn set_speed(&self, speed: f64) {
        self.catch_up();
        self.change_pace(|playback, now_ms, at_us| playback.set_speed(now_ms, at_us, speed));
    }

    /// Goes on to the next event, and stands there.
    pub fn step(&self) {
        self.pause();
        let went_on = self.bench.borrow_mut().session.step_event();
        self.settle_clock();
        let newest =
            self.read_session(|session| session.journal().newest().map(|event| event.title()));
        match newest {
            Some(title) if went_on => {
                self.emit(Action::ClearNotice);
                self.announce(title);
            }
            _ => self.notice(text::NOTHING_NEXT.to_string()),
        }
    }

    /// Does what the person asks, now.
    pub fn act(&self, act: Act) -> bool {
        self.catch_up();
        let (title, branches) = (act.title(), self.branched());
        panic::trying(&act_line(&act));
        let done = self.bench.borrow_mut().session.act(&act);
        panic::trying("");
        match done {
            Ok(()) => {
                let at_us = self.now_us();
                self.settle_clock();
                api::notify("act", at_us);
                if !self.pace().0 {
                    self.announce(title);
                }
                self.tell_branch(branches);
                true
            }
            Err(error) => {
                self.notice(text::cannot(&error.to_string()));
                false
            }
        }
    }

    /// Does what a line of the language says, and answers in plain words.
    pub fn exec(&self, line: &str) -> Result<String, String> {
        self.catch_up();
        let branches = self.branched();
        panic::trying(line);
        let answer = self.bench.borrow_mut().session.exec(line);
        panic::trying("");
        self.settle_clock();
        self.tell_branch(branches);
        answer
    }

    /// Opens another cluster; it stands at its beginning.
    pub fn open(&self, session: Session) {
        self.stop_alarm();
        self.make_room();
        {
            let mut bench = self.bench.borrow_mut();
            bench.session = session;
            bench.seen_event = 0;
            bench.seen_violations = 0;
            let at_us = bench.now_us();
            bench.playback = Playback::paused_at(at_us, bench.playback.speed());
            let mut picture = (*bench.picture).clone();
            picture.generation += 1;
            bench.picture = Rc::new(picture);
        }
        self.emit(Action::Opened);
        self.settle_clock();
        api::notify("load", self.now_us());
    }

    /// Reads from the session as it is now.
    pub fn read_session<T>(&self, read: impl FnOnce(&Session) -> T) -> T {
        read(&self.bench.borrow().session)
    }

    /// Does something with the session that is no act of a person: goes elsewhere in time, or runs on.
    pub fn with_session<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        self.catch_up();
        let result = change(&mut self.bench.borrow_mut().session);
        {
            // What comes up again after a step back in time is news again.
            let mut bench = self.bench.borrow_mut();
            let known = bench.session.cluster().violations().len();
            bench.seen_violations = bench.seen_violations.min(known);
            bench.forget_motion();
        }
        self.settle_clock();
        result
    }

    /// Opens a fresh cluster of the page's own and lets it run from shortly before its first election.
    pub fn open_at_first_election(&self, script: &str) -> Result<(), String> {
        self.open(opening::prepared(script)?);
        self.play();
        Ok(())
    }

    pub(super) fn now_us(&self) -> Micros {
        self.bench.borrow().now_us()
    }

    fn change_pace(&self, change: impl FnOnce(&mut Playback, f64, Micros)) {
        {
            let mut bench = self.bench.borrow_mut();
            let (now, at_us) = (now_ms(), bench.now_us());
            change(&mut bench.playback, now, at_us);
        }
        self.settle_clock();
    }

    /// After a change by hand: everything is drawn at once.
    fn settle_clock(&self) {
        {
            let mut bench = self.bench.borrow_mut();
            let (now, at_us) = (now_ms(), bench.now_us());
            bench.playback.reached(now, at_us);
            bench.show_motion(now);
            bench.show_clock(now, true);
        }
        self.redraw();
        self.check_violations();
        self.set_alarm();
    }

    /// Brings the run to where the clock is now. In a hidden tab it is there already, whoever calls.
    fn catch_up(&self) {
        if dom::hidden() || !self.pace().0 || self.busy.replace(true) {
            return;
        }
        let halt = self.bench.borrow_mut().advance(now_ms());
        self.busy.set(false);
        self.heed(halt);
    }

    fn wake(&self) {
        if dom::hidden() || !self.pace().0 {
            return;
        }
        self.catch_up();
        let now = now_ms();
        let due = {
            let mut bench = self.bench.borrow_mut();
            bench.show_motion_if_changed(now);
            bench.show_clock(now, false);
            bench.stale && now - bench.picture_ms >= PICTURE_MS
        };
        if due {
            self.redraw();
        }
        self.check_violations();
        self.set_alarm();
    }

    fn heed(&self, halt: Halt) {
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
                let (line, what) = self.read_session(|session| {
                    let line = session.line_in_text(line);
                    (line, session.text().lines().nth(line as usize - 1).map(str::to_owned))
                });
                self.notice(text::breakpoint(line, what.as_deref()));
            }
            Halt::Violation => self.stop(),
        }
    }

    fn stop(&self) {
        let mut bench = self.bench.borrow_mut();
        let (now, at_us) = (now_ms(), bench.now_us());
        bench.playback.pause(now, at_us);
        bench.stale = true;
        bench.picture_ms = f64::MIN;
        bench.show_motion(now);
        bench.show_clock(now, true);
        api::notify("pause", at_us);
    }

    fn check_violations(&self) {
        let newest = {
            let mut bench = self.bench.borrow_mut();
            let found = bench.session.cluster().violations().len();
            if found <= bench.seen_violations {
                return;
            }
            bench.seen_violations = found;
            bench.session.cluster().violations().last().map(|found| found.property.name())
        };
        if self.pace().0 {
            self.stop();
        }
        self.redraw();
        api::notify("violation", self.now_us());
        if let Some(property) = newest {
            self.announce(text::violation_announcement(property));
        }
    }

    fn redraw(&self) {
        self.keep(false);
        let (picture, has_other_leader) = {
            let mut bench = self.bench.borrow_mut();
            bench.stale = false;
            bench.picture_ms = now_ms();
            let mut picture = Picture::take(&bench.session, &bench.focus, Some(&bench.picture));
            picture.playing = bench.playback.playing();
            picture.speed = bench.playback.speed();
            if picture == *bench.picture {
                return;
            }
            let has_other_leader = picture.leader != bench.picture.leader;
            bench.picture = Rc::new(picture);
            (bench.picture.clone(), has_other_leader)
        };
        // Who listens may ask back at once.
        if has_other_leader {
            api::notify("leader", self.now_us());
        }
        if let Some(listeners) = self.listeners.get() {
            listeners.picture.emit(picture);
        }
    }

    fn set_alarm(&self) {
        let Some(alarm) = self.alarm.get() else { return };
        match self.bench.borrow().wake_in_ms(now_ms()) {
            Some(ms) if !dom::hidden() => alarm.set_in(ms),
            _ => alarm.clear(),
        }
    }

    fn stop_alarm(&self) {
        self.alarm.get().into_iter().for_each(Alarm::clear);
    }

    /// A hidden tab stands still; when it is seen again, it goes on from there.
    fn visibility_changed(&self) {
        if panic::happened() {
            return;
        }
        self.keep(true);
        let mut bench = self.bench.borrow_mut();
        let (now, at_us) = (now_ms(), bench.now_us());
        bench.playback.reached(now, at_us);
        bench.show_motion(now);
        drop(bench);
        self.set_alarm();
    }

    pub(super) fn emit(&self, action: Action) {
        if let Some(listeners) = self.listeners.get() {
            listeners.action.emit(action);
        }
    }

    pub(super) fn notice(&self, text: String) {
        self.announce(text.clone());
        self.emit(Action::Notice(text));
    }

    pub(super) fn announce(&self, text: String) {
        if let Some(listeners) = self.listeners.get() {
            listeners.announce.emit(text);
        }
    }
}
