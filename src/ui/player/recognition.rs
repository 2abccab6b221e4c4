//! Recognizes a lesson, challenge or scenario of the page that was opened from elsewhere: by a
//! link, from a file, or as the solution of a challenge.

use std::rc::Rc;

use super::Player;
use crate::script::Session;
use crate::ui::catalogue::{self, CatalogueEntry};
use crate::ui::platform::files;
use crate::ui::progress::OpenStory;

impl Player {
    /// The file of the script that is open, if it is one of the page.
    pub fn file_path(&self) -> Option<String> {
        let recognized = self.recognized.borrow();
        let known = recognized.as_ref().filter(|story| self.is_story(story));
        self.story_path().or_else(|| known.map(|story| story.path.clone()))
    }

    /// Looks for a script of the page with that title and the text of the session. Calls back if
    /// there is one.
    pub fn recognize_story(self: &Rc<Self>, title: &str, then: impl Fn() + 'static) {
        if title.is_empty() || self.file_path().is_some() {
            return;
        }
        let (player, title) = (self.clone(), title.to_owned());
        let then = Rc::new(then);
        files::fetch_text(catalogue::FILE, move |text| {
            let entries = text.map(|text| catalogue::parse(&text)).unwrap_or_default();
            for entry in entries.into_iter().filter(|entry| entry.title == title) {
                let (player, then) = (player.clone(), then.clone());
                files::fetch_text(&entry.path.clone(), move |text| {
                    if text.is_ok_and(|text| player.adopt_file(&entry, &text)) {
                        then();
                    }
                });
            }
        });
    }

    /// Remembers that the session is that file, if it is. A session in which the reader has done
    /// nothing yet counts as begun.
    fn adopt_file(&self, entry: &CatalogueEntry, text: &str) -> bool {
        let is_same = |session: &Session| session.own_text().trim_end() == text.trim_end();
        if !self.read_session(is_same) || self.story_path().is_some() {
            return false;
        }
        let story = OpenStory { path: entry.path.clone(), ..self.unread_story() };
        let is_fresh = |session: &Session| {
            session.action_count() == 0 && *session.answers() == Default::default()
        };
        if self.read_session(is_fresh) {
            self.story.replace(Some(story.clone()));
        }
        self.recognized.replace(Some(story));
        true
    }
}
