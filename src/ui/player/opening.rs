//! Opens sessions: from the address, from the last visit, from files, and new ones.

use std::rc::Rc;

use crate::script::{ParseError, Session, ShareLink};
use crate::sim::Micros;

use super::saved_session::{SavedSession, is_text, unfit_file};
use super::session_storage::stored;
use super::{Player, crash_report};
use crate::ui::platform::clock::Alarm;
use crate::ui::platform::files::{self, File};
use crate::ui::platform::listen::{Listener, on_leave};
use crate::ui::platform::{dom, panic, storage};
use crate::ui::progress::OpenStory;
use crate::ui::state::Banner;
use crate::ui::{first_cluster, text};

/// A restored session that has not crashed the page for so long, in real milliseconds, never will.
const WATCH_MS: f64 = 1_000.0;

impl Player {
    /// Listens to files dropped onto the page, and saves the session when the page is left.
    pub(super) fn subscribe_to_files(self: &Rc<Self>) -> Vec<Listener> {
        let weak = Rc::downgrade(self);
        let on_drop = weak.clone();
        let mut listeners = Vec::from(files::on_drop(move |file, count| {
            let Some(player) = on_drop.upgrade() else { return };
            match count {
                1 => player.open_file(&file),
                _ => player.show_banner(Banner::error(text::ONE_FILE.to_owned(), None)),
            }
        }));
        listeners.push(on_leave(move || {
            if !panic::happened() {
                weak.upgrade().into_iter().for_each(|player| player.save(true));
                storage::set_restoring(false);
            }
        }));
        listeners
    }

    /// Opens what the address holds, or the last session, or plays a new cluster.
    pub(super) fn open_at_start(&self) {
        *self.storage.previous.borrow_mut() = stored(storage::PREVIOUS);
        let left = stored(storage::SESSION);
        let story = storage::read_own_session(storage::STORY);
        // The stored session is newer than an address that the page wrote itself.
        let is_own = left.is_some() && dom::wrote_address();
        let opened = if is_own { None } else { self.open_address() };
        if matches!(opened, Some(Ok(()))) {
            if left.is_some() {
                self.storage.set_previous(left);
            }
            let story = story.as_deref().and_then(OpenStory::parse);
            if let Some(story) = story.filter(|story| self.is_story(story)) {
                self.restore_story(story);
            }
        } else if !self.restore() {
            self.play();
        } else if is_own {
            self.select_from_address();
        }
        self.report_link(opened);
    }

    pub(super) fn open_changed_address(&self) {
        let opened = self.open_address();
        self.report_link(opened);
    }

    /// Opens the link in the address at its moment; `None` without a link. On an error nothing
    /// has changed.
    fn open_address(&self) -> Option<Result<(), String>> {
        let fragment = dom::fragment();
        if fragment.len() < 2 {
            return None;
        }
        self.storage.next_from_link.set(true);
        let opened =
            ShareLink::read(&fragment).and_then(|link| self.open_at(&link.text, link.time_us));
        self.storage.next_from_link.set(false);
        Some(opened)
    }

    fn report_link(&self, opened: Option<Result<(), String>>) {
        match opened {
            None => {}
            Some(Ok(())) => {
                self.report_opened(text::OPENED_LINK);
                self.select_from_address();
            }
            Some(Err(error)) => {
                self.show_banner(Banner::error(text::LINK_WRONG.to_owned(), Some(error)));
            }
        }
    }

    /// Opens the last session, paused. False where there is none.
    ///
    /// While it is being restored, and shortly after, the storage says so: where the page crashes
    /// meanwhile, the next visit does not restore it again.
    fn restore(&self) -> bool {
        let Some(saved) = stored(storage::SESSION) else { return false };
        if storage::was_restoring() {
            storage::set_restoring(false);
            storage::write_session(storage::SESSION, None);
            let text = saved.text.clone();
            self.storage.set_previous(Some(saved));
            self.show_banner(Banner::error(text::SAVED_CRASHED.to_owned(), Some(text)));
            return false;
        }
        storage::set_restoring(true);
        crash_report::set_session(&saved);
        let end_watch = || Alarm::new(|| storage::set_restoring(false));
        let watch = self.storage.restored.get_or_init(end_watch);
        let story = storage::read_session(storage::STORY);
        let opened = self.open_at(&saved.text, saved.time_us);
        watch.set_in(WATCH_MS);
        match &opened {
            Ok(()) => {
                let story = story.as_deref().and_then(OpenStory::parse);
                story.into_iter().for_each(|story| self.restore_story(story));
                let text = text::restored(self.now_us());
                self.show_banner(Banner::until_play(text));
            }
            Err(error) => {
                let detail = format!("{error}\n\n{}", saved.text);
                self.show_banner(Banner::error(text::SAVED_WRONG.to_owned(), Some(detail)));
            }
        }
        opened.is_ok()
    }

    /// Opens a script at that moment, or as near to it as a seek comes. Where it does not parse,
    /// nothing has changed.
    pub(super) fn open_at(&self, text: &str, time_us: Micros) -> Result<(), String> {
        self.open(Session::open(text).map_err(|errors| ParseError::all(&errors))?);
        let _ = self.with_session(|session| session.seek_in_story(time_us));
        self.notice_if_short_of(time_us);
        Ok(())
    }

    /// Reads the file, then opens it.
    pub fn open_file(self: &Rc<Self>, file: &File) {
        let name = file.name();
        if let Some(error) = unfit_file(&name, &file.type_(), file.size()) {
            self.show_banner(Banner::error(error, None));
            return;
        }
        let player = self.clone();
        files::read(file, move |content| {
            let opened = match content {
                None => Err((text::file_unreadable(&name), None)),
                Some(content) if !is_text(&content) => Err((text::file_not_text(&name), None)),
                Some(content) => player
                    .open_at(&content, 0)
                    .map_err(|errors| (text::file_wrong(&name), Some(errors))),
            };
            match opened {
                Ok(()) => player.report_opened(&name),
                Err((text, detail)) => player.show_banner(Banner::error(text, detail)),
            }
        });
    }

    /// Opens the cluster of a first visit.
    pub fn open_new(&self) {
        match self.open_at_first_election(first_cluster::SCRIPT) {
            Ok(()) => self.show_banner(Banner {
                offers_previous: self.has_previous(),
                ..Banner::until_play(text::OPENED_NEW.to_owned())
            }),
            Err(error) => self.notice(error),
        }
    }

    /// Opens the script of this session at its start, without the person's actions. This session
    /// becomes the previous one.
    pub fn reset(&self) {
        let playing = self.pace().0;
        let script = self.read_session(|session| session.own_text().to_owned());
        let file = self.file_path();
        if let Err(error) = self.open_at(&script, 0) {
            self.notice(error);
            return;
        }
        self.begin_story_again(file);
        if playing {
            self.play();
        }
        self.show_banner(Banner {
            offers_previous: self.has_previous(),
            ..Banner::until_play(text::STARTED_OVER.to_owned())
        });
    }

    /// Opens the previous session. This one becomes the previous one.
    pub fn restore_previous(&self) {
        let previous = self.storage.previous.take();
        let Some(SavedSession { text, time_us }) = previous else { return };
        storage::write_session(storage::PREVIOUS, None);
        match self.open_at(&text, time_us) {
            Ok(()) => self.report_opened(text::OPENED_PREVIOUS),
            Err(error) => {
                self.show_banner(Banner::error(text::SAVED_WRONG.to_owned(), Some(error)));
            }
        }
    }

    pub(super) fn report_opened(&self, name: &str) {
        let text = text::opened(name, self.now_us());
        let offers_previous = self.has_previous();
        // The card of a story says what is open, and a banner would cover it on a phone.
        match !offers_previous && self.read_session(|session| session.run().script().has_steps()) {
            true => self.notice(text),
            false => self.show_banner(Banner { offers_previous, ..Banner::until_play(text) }),
        }
    }
}
