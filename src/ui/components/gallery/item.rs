//! A script in the gallery: its picture, its title, one sentence, and how far the person has come.

use yew::prelude::*;

use crate::script::Level;
use crate::ui::catalogue::CatalogueEntry;
use crate::ui::context::use_page;
use crate::ui::progress::StoryProgress;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct GalleryItemProps {
    pub entry: CatalogueEntry,
    pub progress: Option<StoryProgress>,
}

#[component]
pub fn GalleryItem(GalleryItemProps { entry, progress }: &GalleryItemProps) -> Html {
    let page = use_page();
    let onclick = {
        let entry = entry.clone();
        page.callback(move |page, _: MouseEvent| {
            page.player.open_story(&entry.path, &entry.title);
        })
    };
    let facts = [
        entry.level.map(Level::name).map(str::to_owned),
        (!entry.section.is_empty()).then(|| text::story_section(&entry.section)),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    html! {
        <li class="gallery-item">
            <img src={entry.picture()} alt="" loading="lazy" width="480" height="300" />
            <button type="button" {onclick}>{ &entry.title }</button>
            <p>{ &entry.summary }</p>
            <p class="quiet">
                { facts.join(" · ") }
                if let Some(progress) = progress {
                    { " · " }
                    <b>{ text::progress(progress) }</b>
                }
            </p>
        </li>
    }
}
