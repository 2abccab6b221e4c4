//! The way from the end of a lesson to the next one of the course.

use yew::prelude::*;

use crate::ui::catalogue::{self, CatalogueEntry};
use crate::ui::context::use_page;
use crate::ui::platform::{dom, files};
use crate::ui::state::{Action, Section};
use crate::ui::text;

/// What comes after the lesson that is open.
#[derive(Clone, PartialEq)]
enum AfterLesson {
    Lesson(CatalogueEntry),
    /// It is the last one.
    Course,
}

impl AfterLesson {
    /// `None` if the path is not that of a lesson.
    fn of(path: &str, entries: &[CatalogueEntry]) -> Option<AfterLesson> {
        let mut lessons = entries.iter().filter(|entry| Section::of(entry) == Section::Lessons);
        lessons.find(|entry| entry.path == path)?;
        Some(lessons.next().map_or(AfterLesson::Course, |entry| AfterLesson::Lesson(entry.clone())))
    }
}

#[component]
pub fn NextLesson() -> Html {
    let page = use_page();
    let after = use_state_eq(|| None::<AfterLesson>);
    {
        let (page, after) = (page.clone(), after.setter());
        use_effect_with((), move |()| {
            let Some(path) = page.player.story_path() else { return };
            files::fetch_text(catalogue::FILE, move |text| {
                let entries = text.map(|text| catalogue::parse(&text)).unwrap_or_default();
                after.set(AfterLesson::of(&path, &entries));
            });
        });
    }
    let Some(after) = (*after).clone() else { return Html::default() };
    let name = match &after {
        AfterLesson::Lesson(entry) => text::next_lesson(&entry.title),
        AfterLesson::Course => text::ALL_LESSONS.to_owned(),
    };
    let onclick = page.callback(move |page, _: MouseEvent| match &after {
        AfterLesson::Lesson(entry) => {
            page.player.open_story(&entry.path, &entry.title);
            // The button goes away.
            dom::focus_on(".narration .next");
        }
        AfterLesson::Course => page.dispatch(Action::GoTo(Section::Lessons)),
    });
    html! {
        <p><button type="button" class="primary next-lesson" {onclick}>{ name }</button></p>
    }
}
