//! A gallery of scripts: scenarios and challenges by topic, or the lessons of the course.

mod item;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::catalogue::{self, CatalogueEntry};
use crate::ui::platform::{dom, files};
use crate::ui::player::stored_progress;
use crate::ui::state::Section;
use crate::ui::text;

use item::GalleryItem;

#[derive(PartialEq, Properties)]
pub struct GalleryProps {
    pub section: Section,
}

/// What is known of the list: nothing while it is fetched.
type Fetched = Option<Result<Rc<Vec<CatalogueEntry>>, String>>;

#[component]
pub fn Gallery(GalleryProps { section }: &GalleryProps) -> Html {
    let fetched = use_state_eq(|| None as Fetched);
    let typed = use_state_eq(String::new);
    {
        let fetched = fetched.setter();
        use_effect_with((), move |()| {
            files::fetch_text(catalogue::FILE, move |text| {
                fetched.set(Some(text.map(|text| Rc::new(catalogue::parse(&text)))));
            });
        });
    }
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| typed.set(dom::value_of(&event)))
    };
    html! {
        <main class="gallery">
            <div role="tabpanel" aria-label={text::section(*section)}>
            <div class="gallery-head">
                <h2>{ text::section(*section) }</h2>
                <p>{ text::section_means(*section) }</p>
                <input
                    type="search"
                    aria-label={text::search_in(*section)}
                    placeholder={text::search_in(*section)}
                    autocomplete="off"
                    {oninput}
                />
            </div>
            { list(&fetched, *section, &typed) }
            </div>
        </main>
    }
}

fn list(fetched: &Fetched, section: Section, typed: &str) -> Html {
    let entries = match fetched {
        None => return html! { <p role="status">{ text::LOADING }</p> },
        Some(Err(error)) => {
            let error = format!("{} {error}.", text::CATALOGUE_WRONG);
            return html! { <p role="alert">{ error }</p> };
        }
        Some(Ok(entries)) => entries,
    };
    let shown =
        entries.iter().filter(|entry| Section::of(entry) == section && entry.matches(typed));
    let shown: Vec<&CatalogueEntry> = shown.collect();
    if shown.is_empty() {
        return html! { <p role="status">{ text::NOTHING_FOUND }</p> };
    }
    let progress = stored_progress();
    let item = |entry: &&CatalogueEntry| {
        let progress = progress.of(&entry.path).cloned();
        let entry = (*entry).clone();
        let key = entry.path.clone();
        html! { <GalleryItem {key} {entry} {progress} /> }
    };
    let groups = shown.chunk_by(|a, b| a.folder() == b.folder());
    html! {
        { for groups.map(|group| html! {
            <section key={group[0].folder()}>
                if !text::folder(group[0].folder()).is_empty() {
                    <h3>{ text::folder(group[0].folder()) }</h3>
                }
                <ul class="cards">{ for group.iter().map(item) }</ul>
            </section>
        }) }
    }
}
