//! Saves the session for the next visit.
//!
//! The session's text and moment are stored twice: for this tab, and for the next tab that opens. A
//! cluster that was only watched is not saved. While a session is being restored, the storage says
//! so; if the page crashes then, the next visit reports that session instead of running it again.
//!
//! Once a person acts on a cluster that came by a link, the link leaves the address, because it no
//! longer says what the page shows.

use std::cell::{Cell, OnceCell, RefCell};

use crate::script::Session;
use crate::sim::Micros;

use super::saved_session::SavedSession;
use super::{Player, crash_report};
use crate::ui::first_cluster;
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::{dom, storage};

/// While only time passes, the session is saved this often, in real milliseconds.
const SAVE_MS: f64 = 5_000.0;
/// After a save that took `t`, the next one waits at least this many times `t`.
const REST: f64 = 40.0;

#[derive(Default)]
pub(super) struct SessionStorage {
    /// The revision of the script and the moment that were saved last.
    saved: Cell<Option<(u64, Micros)>>,
    saved_ms: Cell<f64>,
    rest_until_ms: Cell<f64>,
    /// Whether the address holds what the page shows.
    from_link: Cell<bool>,
    /// The same of the session that is about to be opened.
    pub(super) next_from_link: Cell<bool>,
    /// The session before this one.
    pub(super) previous: RefCell<Option<SavedSession>>,
    /// Ends the watch over a session that was restored: see [`Player::open_at_start`].
    pub(super) restored: OnceCell<Alarm>,
}

impl SessionStorage {
    pub(super) fn set_previous(&self, session: Option<SavedSession>) {
        let text = session.as_ref().map(SavedSession::to_stored);
        storage::write_session(storage::PREVIOUS, text.as_deref());
        self.previous.replace(session);
    }

    /// Removes the fragment where it no longer holds what the page shows.
    fn set_from_link(&self, from_link: bool) {
        if self.from_link.replace(from_link) && !from_link {
            dom::drop_fragment();
        }
    }
}

pub(super) fn stored(name: &str) -> Option<SavedSession> {
    SavedSession::parse(&storage::read_session(name)?)
}

impl Player {
    /// Whether there is a session to restore.
    pub fn has_previous(&self) -> bool {
        self.storage.previous.borrow().is_some()
    }

    /// Saves the session where it has changed and a save is due, or at once.
    pub(super) fn save(&self, at_once: bool) {
        let storage = &self.storage;
        let (revision, time_us, is_touched) = self.read_session(|session| {
            (session.revision(), session.world().now_us(), session.is_touched())
        });
        crash_report::set_moment(time_us);
        let (now, is_new) = (now_ms(), storage.saved.get().is_none_or(|saved| saved.0 != revision));
        let is_due = if is_new {
            now >= storage.rest_until_ms.get()
        } else {
            now >= storage.saved_ms.get() + SAVE_MS
        };
        if storage.saved.get() == Some((revision, time_us)) || !is_due && !at_once {
            return;
        }
        storage.saved.set(Some((revision, time_us)));
        if is_touched {
            storage.set_from_link(false);
        }
        let session = self.to_saved();
        crash_report::set_session(&session);
        if self.is_worth_saving(&session) {
            storage::write_session(storage::SESSION, Some(&session.to_stored()));
        }
        let end = now_ms();
        storage.saved_ms.set(end);
        storage.rest_until_ms.set(end + (end - now) * REST);
    }

    /// Makes this session the previous one: another is about to be opened.
    pub(super) fn set_aside_current(&self) {
        let session = self.to_saved();
        if self.is_worth_saving(&session) {
            self.storage.set_previous(Some(session));
            storage::write_session(storage::SESSION, None);
        }
        self.storage.saved.set(None);
        let from_link = self.storage.next_from_link.take();
        if !from_link && dom::wrote_address() {
            dom::drop_fragment();
        }
        self.storage.set_from_link(from_link);
    }

    fn to_saved(&self) -> SavedSession {
        self.read_session(|session| SavedSession {
            text: session.text(),
            time_us: session.world().now_us(),
        })
    }

    /// A cluster that was only watched can be made again at any time.
    fn is_worth_saving(&self, session: &SavedSession) -> bool {
        self.read_session(Session::is_touched)
            || !self.storage.from_link.get() && session.text != first_cluster::SCRIPT
    }
}
