//! The sections of the page, as tabs in its header.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Section};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct SectionTabsProps {
    pub section: Section,
}

#[component]
pub fn SectionTabs(SectionTabsProps { section }: &SectionTabsProps) -> Html {
    let page = use_page();
    let here = Section::ALL.iter().position(|known| known == section).unwrap_or(0);
    let onkeydown = page.callback(move |page, event: KeyboardEvent| {
        if let Some(place) = dom::next_place(&event, here, Section::ALL.len()) {
            event.prevent_default();
            page.dispatch(Action::GoTo(Section::ALL[place]));
            dom::soon(|| dom::focus_on(".sections [aria-selected=true]"));
        }
    });
    let tab = |known: Section| {
        let is_here = known == *section;
        let onclick = page.callback(move |page, _: MouseEvent| {
            if known != Section::Sandbox && page.player.pace().0 {
                page.player.pause();
            }
            page.dispatch(Action::GoTo(known));
        });
        html! {
            <button
                key={text::section(known)}
                type="button"
                role="tab"
                aria-selected={is_here.to_string()}
                tabindex={if is_here { "0" } else { "-1" }}
                {onclick}
            >
                { text::section(known) }
            </button>
        }
    };
    html! {
        <div class="sections" role="tablist" aria-label={text::SECTIONS} {onkeydown}>
            { for Section::ALL.map(tab) }
        </div>
    }
}
