//! The session as something that is kept: between visits, in links and files, and back a step.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use crate::script::{Link, ParseError, Session};
use crate::sim::Micros;

use super::kept::{Kept, is_text, unfit_file};
use super::opening;
use super::platform::clock::{Alarm, now_ms};
use super::platform::files::{self, File};
use super::platform::listen::{Listener, on_leave};
use super::platform::{dom, panic, storage};
use super::player::Player;
use super::state::{Action, Tell};
use super::text;

/// While only time passes, the session is kept so often, in real milliseconds.
const KEEP_MS: f64 = 5_000.0;
/// Keeping takes at most this part of the time: after so many times as long, it may be done again.
const REST: f64 = 40.0;
/// A session that has stood for so long, in real milliseconds, does not break the page.
const SAFE_MS: f64 = 1_000.0;

/// What there is to keep.
#[derive(Default)]
pub struct Keeper {
    /// What was kept last: which script of the session, and the moment.
    seen: Cell<Option<(u64, Micros)>>,
    kept_ms: Cell<f64>,
    rest_until_ms: Cell<f64>,
    /// Whether the address tells what the page shows, and whether it tells what is opened next.
    by_link: Cell<bool>,
    next_by_link: Cell<bool>,
    /// What was there before the session.
    previous: RefCell<Option<Kept>>,
    listeners: OnceCell<Vec<Listener>>,
    safe: OnceCell<Alarm>,
}

impl Player {
    /// Shows what the address holds, or what was left last time, or lets a fresh cluster run.
    pub fn begin(self: &Rc<Self>) {
        let weak: Weak<Player> = Rc::downgrade(self);
        let dropped = weak.clone();
        let mut listeners = Vec::from(files::on_drop(move |file, count| {
            let Some(player) = dropped.upgrade() else { return };
            match count {
                1 => player.open_file(&file),
                _ => player.tell_of(Tell::wrong(text::ONE_FILE.to_owned(), None)),
            }
        }));
        listeners.push(on_leave(move || {
            if !panic::happened() {
                weak.upgrade().into_iter().for_each(|player| player.keep(true));
                storage::set_restoring(false);
            }
        }));
        let _ = self.keeper.listeners.set(listeners);
        *self.keeper.previous.borrow_mut() = stored(storage::PREVIOUS);
        let left = stored(storage::SESSION);
        let opened = self.open_address();
        if matches!(opened, Some(Ok(()))) {
            if left.is_some() {
                self.put_aside(left);
            }
        } else if !self.restore() {
            self.play();
        }
        self.tell_of_link(opened);
    }

    /// The address is another one now.
    pub fn address_changed(&self) {
        let opened = self.open_address();
        self.tell_of_link(opened);
    }

    /// Shows what the address holds, at its moment; nothing where it holds no link. Where it cannot be read, what was
    /// there stays.
    fn open_address(&self) -> Option<Result<(), String>> {
        let fragment = dom::fragment();
        if fragment.len() < 2 {
            return None;
        }
        self.keeper.next_by_link.set(true);
        let opened = Link::read(&fragment).and_then(|link| self.open_at(&link.text, link.time_us));
        self.keeper.next_by_link.set(false);
        Some(opened)
    }

    fn tell_of_link(&self, opened: Option<Result<(), String>>) {
        match opened {
            None => {}
            Some(Ok(())) => self.tell_opened(text::OPENED_LINK),
            Some(Err(error)) => {
                self.tell_of(Tell::wrong(text::LINK_WRONG.to_owned(), Some(error)));
            }
        }
    }

    /// What was left last time is there again, paused. False: nothing was.
    fn restore(&self) -> bool {
        let Some(kept) = stored(storage::SESSION) else { return false };
        if storage::was_restoring() {
            storage::set_restoring(false);
            storage::keep(storage::SESSION, None);
            let text = kept.text.clone();
            self.put_aside(Some(kept));
            self.tell_of(Tell::wrong(text::KEPT_BREAKS.to_owned(), Some(text)));
            return false;
        }
        storage::set_restoring(true);
        panic::remember(&kept);
        let safe = self.keeper.safe.get_or_init(|| Alarm::new(|| storage::set_restoring(false)));
        let opened = self.open_at(&kept.text, kept.time_us);
        safe.set_in(SAFE_MS);
        match &opened {
            Ok(()) => {
                let text = text::restored(self.with_world(|world| world.now_us()));
                self.tell_of(Tell { fresh: true, ..Tell::brief(text) });
            }
            Err(error) => {
                self.tell_of(Tell::wrong(
                    text::KEPT_WRONG.to_owned(),
                    Some(format!("{error}\n\n{}", kept.text)),
                ));
            }
        }
        opened.is_ok()
    }

    /// Opens a script at that moment, or as near as one comes. Where it does not parse nothing has changed.
    fn open_at(&self, text: &str, time_us: Micros) -> Result<(), String> {
        self.open(Session::open(text).map_err(|errors| ParseError::all(&errors))?);
        let _ = self.with_session(|session| session.seek(time_us));
        self.notice_if_short(time_us);
        Ok(())
    }

    /// Opens what is in a file, soon.
    pub fn open_file(self: &Rc<Self>, file: &File) {
        let name = file.name();
        if let Some(error) = unfit_file(&name, &file.type_(), file.size()) {
            self.tell_of(Tell::wrong(error, None));
            return;
        }
        let player = self.clone();
        files::read(file, move |content| {
            let opened = match content {
                None => Err((text::file_unread(&name), None)),
                Some(content) if !is_text(&content) => Err((text::file_odd(&name), None)),
                Some(content) => player
                    .open_at(&content, 0)
                    .map_err(|errors| (text::file_wrong(&name), Some(errors))),
            };
            match opened {
                Ok(()) => player.tell_opened(&name),
                Err((text, detail)) => player.tell_of(Tell::wrong(text, detail)),
            }
        });
    }

    /// Starts afresh; what was there can be brought back.
    pub fn start_afresh(&self) {
        match self.open_at_first_election(opening::SCRIPT) {
            Ok(()) => self.tell_of(Tell {
                back: self.has_previous(),
                ..Tell::brief(text::OPENED_NEW.to_owned())
            }),
            Err(error) => self.notice(error),
        }
    }

    /// Brings back what was there before; what is there now can be brought back after that.
    pub fn bring_back(&self) {
        let previous = self.keeper.previous.take();
        let Some(kept) = previous else { return };
        storage::keep(storage::PREVIOUS, None);
        match self.open_at(&kept.text, kept.time_us) {
            Ok(()) => self.tell_opened("What was there"),
            Err(error) => {
                self.tell_of(Tell::wrong(text::KEPT_WRONG.to_owned(), Some(error)));
            }
        }
    }

    /// Whether something can be brought back.
    pub fn has_previous(&self) -> bool {
        self.keeper.previous.borrow().is_some()
    }

    /// Takes the last change back.
    pub fn undo(&self) {
        let title = self.read_session(Session::undo_title);
        match title.filter(|_| self.with_session(Session::undo)) {
            Some(title) => self.notice(text::undone(&title)),
            None => self.notice(format!("{}.", text::NOTHING_TO_UNDO)),
        }
    }

    /// Does again what was taken back.
    pub fn redo(&self) {
        let title = self.read_session(Session::redo_title);
        match title.filter(|_| self.with_session(Session::redo)) {
            Some(title) => self.notice(text::redone(&title)),
            None => self.notice(format!("{}.", text::NOTHING_TO_REDO)),
        }
    }

    /// Puts another script in place of the whole.
    pub fn edit(&self, text: &str) -> Result<(), String> {
        self.edited(|session| session.edit(text))
    }

    /// Puts other text in place of a line, or takes the line out.
    pub fn edit_line(&self, number: u32, line: Option<&str>) -> Result<(), String> {
        self.edited(|session| session.edit_line(number, line))
    }

    /// Puts a line after that one; 0 is before the first.
    pub fn insert_line(&self, number: u32, line: &str) -> Result<(), String> {
        self.edited(|session| session.insert_line(number, line))
    }

    fn edited(
        &self,
        change: impl FnOnce(&mut Session) -> Result<(), String>,
    ) -> Result<(), String> {
        let was_us = self.with_session(|session| session.world().now_us());
        let result = self.with_session(change);
        if result.is_ok() {
            self.notice_if_short(was_us);
        }
        result
    }

    /// Says so where a journey to that moment had to end before it.
    fn notice_if_short(&self, time_us: Micros) {
        let now_us = self.with_world(|world| world.now_us());
        if now_us < time_us {
            self.notice(text::too_far(time_us, now_us));
        }
    }

    /// Keeps the session where it has changed and it is time to, or at once.
    pub(super) fn keep(&self, at_once: bool) {
        let keeper = &self.keeper;
        let (revision, time_us, is_touched) = self.read_session(|session| {
            (session.revision(), session.world().now_us(), session.is_touched())
        });
        panic::remember_moment(time_us);
        let (now, is_new) = (now_ms(), keeper.seen.get().is_none_or(|seen| seen.0 != revision));
        let is_due = if is_new {
            now >= keeper.rest_until_ms.get()
        } else {
            now >= keeper.kept_ms.get() + KEEP_MS
        };
        if keeper.seen.get() == Some((revision, time_us)) || !is_due && !at_once {
            return;
        }
        keeper.seen.set(Some((revision, time_us)));
        if is_touched && keeper.by_link.replace(false) {
            dom::drop_fragment();
        }
        let kept = self.kept();
        panic::remember(&kept);
        if self.is_worth_keeping(&kept) {
            storage::keep(storage::SESSION, Some(&kept.written()));
        }
        let end = now_ms();
        keeper.kept_ms.set(end);
        keeper.rest_until_ms.set(end + (end - now) * REST);
    }

    /// Another session takes the place of this one.
    pub(super) fn make_room(&self) {
        let kept = self.kept();
        if self.is_worth_keeping(&kept) {
            self.put_aside(Some(kept));
            storage::keep(storage::SESSION, None);
        }
        self.keeper.seen.set(None);
        let by_link = self.keeper.next_by_link.take();
        if self.keeper.by_link.replace(by_link) && !by_link {
            dom::drop_fragment();
        }
    }

    fn kept(&self) -> Kept {
        self.read_session(|session| Kept {
            text: session.text(),
            time_us: session.world().now_us(),
        })
    }

    /// A cluster that was merely watched can be had again at any time.
    fn is_worth_keeping(&self, kept: &Kept) -> bool {
        self.read_session(Session::is_touched)
            || !self.keeper.by_link.get() && kept.text != opening::SCRIPT
    }

    fn put_aside(&self, kept: Option<Kept>) {
        storage::keep(storage::PREVIOUS, kept.as_ref().map(Kept::written).as_deref());
        self.keeper.previous.replace(kept);
    }

    fn tell_opened(&self, name: &str) {
        let text = text::opened(name, self.with_world(|world| world.now_us()));
        self.tell_of(Tell { back: self.has_previous(), ..Tell::brief(text) });
    }

    fn tell_of(&self, tell: Tell) {
        self.announce(tell.text.clone());
        self.emit(Action::Tell(tell));
    }
}

fn stored(name: &str) -> Option<Kept> {
    Kept::read(&storage::kept(name)?)
}
