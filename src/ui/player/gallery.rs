//! Opens the lessons and scenarios of the galleries, and keeps how far the person has come.

use std::rc::Rc;

use super::Player;
use super::saved_session::is_text;
use crate::script::{Session, TEXT_MAX};
use crate::ui::platform::{dom, files, storage};
use crate::ui::progress::{CourseProgress, OpenStory, StoryProgress};
use crate::ui::state::Banner;
use crate::ui::text;
use crate::ui::view::{NarrationModel, StoryPhase};

impl Player {
    /// Fetches a script of the gallery and opens it where the person left it.
    pub fn open_story(self: &Rc<Self>, path: &str, title: &str) {
        let shown = title.to_owned();
        self.fetch_story(path, title, move |player, opened| {
            if let Err(error) = opened {
                player.show_banner(Banner::error(text::story_wrong(&shown), Some(error)));
            }
        });
    }

    /// The same; then calls back with what went wrong, if anything did.
    pub(super) fn fetch_story(
        self: &Rc<Self>,
        path: &str,
        title: &str,
        then: impl FnOnce(&Player, Result<(), String>) + 'static,
    ) {
        let player = self.clone();
        let (path, title) = (path.to_owned(), title.to_owned());
        files::fetch_text(&path.clone(), move |fetched| {
            let opened = fetched
                .and_then(|script| match script.len() <= TEXT_MAX && is_text(&script) {
                    true => Ok(script),
                    false => Err(text::SCENARIO_NOT_TEXT.to_owned()),
                })
                .and_then(|script| player.open_at(&script, 0));
            if opened.is_ok() {
                player.resume_story(path, &title);
            }
            then(&player, opened);
        });
    }

    /// The file of the lesson or scenario that is open.
    pub fn story_path(&self) -> Option<String> {
        let story = self.story.borrow();
        story.as_ref().map(|story| story.path.clone()).filter(|path| !path.is_empty())
    }

    /// Goes to the step at which the person left, and follows the progress from now on.
    fn resume_story(&self, path: String, title: &str) {
        let left = stored_progress().of(&path).cloned().unwrap_or_default();
        self.story.replace(Some(OpenStory { path, ..self.unread_story() }));
        let continues = left.step > 1 && left.step < left.count;
        self.with_session(|session| {
            // Where the first choice counts, who begins again has not chosen yet.
            let keeps = continues || !session.run().script().has_score();
            for (line, choice) in left.choices.iter().filter(|_| keeps) {
                session.choose(*line, *choice);
            }
            // Where it is too far, it stands as far as it came.
            let _ = session.go_to_step(if continues { left.step } else { 1 });
        });
        if continues {
            self.notice(text::continues(title, left.step));
        }
    }

    /// The file of the worked solution of the challenge that is open.
    pub fn solution_path(&self) -> Option<String> {
        let path = self.file_path().filter(|path| path.starts_with("challenges/"))?;
        let (_, name) = path.rsplit_once('/')?;
        Some(format!("challenges/solutions/{name}"))
    }

    /// Fetches the worked solution of this challenge, and plays it from where the reader begins.
    pub fn show_solution(self: &Rc<Self>) {
        let Some(path) = self.solution_path() else { return };
        let player = self.clone();
        files::fetch_text(&path, move |fetched| {
            let opened = fetched.and_then(|solution| {
                let script = player.read_session(|session| session.own_text().to_owned());
                player.open_at(&format!("{}\n{solution}", script.trim_end()), 0)
            });
            match opened {
                Ok(()) => player.play_solution(),
                Err(error) => {
                    let banner = Banner::error(text::SOLUTION_WRONG.to_owned(), Some(error));
                    player.show_banner(banner);
                }
            }
        });
    }

    fn play_solution(&self) {
        self.with_session(|session| {
            let _ = session.go_to_step(usize::MAX);
            session.go_to_first_action();
        });
        self.solution.set(Some(self.session_and_actions()));
        self.notice(text::SHOWS_SOLUTION.to_owned());
        dom::soon(|| dom::focus_on(".narration-body"));
        self.play();
    }

    /// Whether the session is a worked solution to which nobody has added anything.
    pub fn shows_solution(&self) -> bool {
        self.solution.get() == Some(self.session_and_actions())
    }

    fn session_and_actions(&self) -> (u64, usize) {
        (self.model().generation, self.read_session(Session::action_count))
    }

    /// The page was reloaded in this story, or in the session that began with it.
    pub(super) fn restore_story(&self, left: OpenStory) {
        self.story.replace(Some(OpenStory { path: left.path, ..self.unread_story() }));
        self.with_session(|session| {
            for (line, choice) in &left.progress.choices {
                session.choose(*line, *choice);
            }
            if session.action_count() == 0 {
                let _ = session.go_to_step(left.progress.step);
            }
        });
    }

    /// Whether the session began with the script of that story.
    pub(super) fn is_story(&self, story: &OpenStory) -> bool {
        self.unread_story().fingerprint == story.fingerprint
    }

    /// The script that is open, from its start.
    pub(super) fn unread_story(&self) -> OpenStory {
        let fingerprint = |session: &Session| OpenStory::fingerprint(session.own_text());
        let fingerprint = self.read_session(fingerprint);
        OpenStory { fingerprint, ..OpenStory::default() }
    }

    /// The story starts over at its first step. It keeps its file, and its progress.
    pub(super) fn begin_story_again(&self, path: Option<String>) {
        let Some(path) = path else { return };
        self.story.replace(Some(OpenStory { path, ..self.unread_story() }));
        self.with_session(|session| {
            // Where it is too far, it stands as far as it came.
            let _ = session.go_to_step(1);
        });
    }

    /// Another session is opened.
    pub(super) fn forget_story(&self) {
        self.story.take();
        storage::write_session(storage::STORY, None);
    }

    /// Keeps how far the person has come.
    pub(super) fn note_progress(&self, narration: Option<&NarrationModel>) {
        let Some(model) = narration else { return };
        if model.phase == StoryPhase::Left || model.number == 0 {
            return;
        }
        let progress = StoryProgress {
            step: model.number,
            count: model.count,
            is_done: model.phase == StoryPhase::Over,
            choices: self.read_session(|session: &Session| session.choices().collect()),
        };
        let known = self.story.borrow().clone();
        let story = known.clone().unwrap_or_else(|| self.unread_story());
        let story = OpenStory { progress, ..story };
        if known.as_ref() == Some(&story) {
            return;
        }
        storage::write_session(storage::STORY, Some(&story.to_text()));
        if !story.path.is_empty() {
            let mut stored = stored_progress();
            stored.set(&story.path, story.progress.clone());
            storage::write(storage::PROGRESS, &stored.to_text());
        }
        self.story.replace(Some(story));
    }
}

/// The progress in all scripts.
pub fn stored_progress() -> CourseProgress {
    storage::read(storage::PROGRESS)
        .map_or_else(CourseProgress::default, |text| CourseProgress::parse(&text))
}
