//! The way from the end of a lesson or a challenge to the next one.

use yew::prelude::*;

use crate::ui::catalogue::{self, CatalogueEntry};
use crate::ui::context::use_page;
use crate::ui::platform::{dom, files};
use crate::ui::state::{Action, Section};
use crate::ui::text;

/// What comes after the lesson or challenge that is open.
#[derive(Clone, PartialEq)]
enum Successor {
    Script(CatalogueEntry),
    /// It is the last one of its gallery.
    Gallery(Section),
}

impl Successor {
    /// `None` if the path is neither that of a lesson nor of a challenge.
    fn of(path: &str, entries: &[CatalogueEntry]) -> Option<Successor> {
        let section = Section::of(entries.iter().find(|entry| entry.path == path)?);
        if section == Section::Scenarios {
            return None;
        }
        let mut scripts = entries.iter().filter(|entry| Section::of(entry) == section);
        scripts.find(|entry| entry.path == path)?;
        let next = scripts.next().map(|entry| Successor::Script(entry.clone()));
        Some(next.unwrap_or(Successor::Gallery(section)))
    }
}

#[derive(PartialEq, Properties)]
pub struct NextScriptProps {
    /// The file of the script that is open.
    pub path: String,
}

#[component]
pub fn NextScript(NextScriptProps { path }: &NextScriptProps) -> Html {
    let page = use_page();
    let next = use_state_eq(|| None::<Successor>);
    {
        let next = next.setter();
        use_effect_with(path.clone(), move |path| {
            let path = path.clone();
            files::fetch_text(catalogue::FILE, move |text| {
                let entries = text.map(|text| catalogue::parse(&text)).unwrap_or_default();
                next.set(Successor::of(&path, &entries));
            });
        });
    }
    {
        let is_known = next.is_some();
        // The list was still on its way when the end of the text came into sight.
        use_effect_with(is_known, |_| dom::bring_into_sight(".narration .story-end"));
    }
    let Some(next) = (*next).clone() else { return Html::default() };
    let name = match &next {
        Successor::Script(entry) => text::next_script(Section::of(entry), &entry.title),
        Successor::Gallery(section) => text::all_scripts(*section).to_owned(),
    };
    let onclick = page.callback(move |page, _: MouseEvent| match &next {
        Successor::Script(entry) => {
            page.player.open_story(&entry.path, &entry.title);
            // The button goes away.
            dom::focus_on(".narration .next");
        }
        Successor::Gallery(section) => page.dispatch(Action::GoTo(*section)),
    });
    html! {
        <p><button type="button" class="primary next-lesson" {onclick}>{ name }</button></p>
    }
}
