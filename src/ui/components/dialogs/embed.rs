//! The HTML that puts this run into another page.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::{dom, files};
use crate::ui::state::{Embed, EmbedPart, Theme};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct EmbedSectionProps {
    /// Shows a message at the end of the dialog.
    pub onmessage: Callback<String>,
}

#[component]
pub fn EmbedSection(props: &EmbedSectionProps) -> Html {
    let page = use_page();
    let embed = use_state_eq(Embed::default);
    let link = use_state_eq(|| None::<Result<String, String>>);
    {
        let link = link.setter();
        use_effect_with((), move |()| link.set(Some(page.player.link())));
    }
    let Some(Ok(link)) = &*link else { return Html::default() };
    let snippet = snippet(link, &embed);
    let copy = {
        let (snippet, onmessage) = (snippet.clone(), props.onmessage.clone());
        Callback::from(move |_: MouseEvent| {
            let onmessage = onmessage.clone();
            files::copy(&snippet, move |copied| {
                let message = if copied { text::COPIED } else { text::SNIPPET_COPY_FAILED };
                onmessage.emit(message.to_owned());
            });
        })
    };
    html! {
        <section>
            <h3>{ text::EMBED }</h3>
            <p class="quiet">{ text::EMBED_MEANS }</p>
            { options(&embed) }
            <textarea
                readonly=true
                rows="3"
                aria-label={text::EMBED_SNIPPET}
                value={snippet}
            />
            <div class="row">
                <button type="button" onclick={copy}>{ text::COPY_SNIPPET }</button>
            </div>
        </section>
    }
}

/// What the frame shows, its theme, and whether time runs at once.
fn options(embed: &UseStateHandle<Embed>) -> Html {
    let part_box = |part: EmbedPart| {
        let embed = embed.clone();
        let shown = embed.shows(part);
        let onchange = Callback::from(move |event: Event| {
            embed.set((*embed).clone().with(part, dom::checked_of(&event)));
        });
        html! {
            <label>
                <input type="checkbox" checked={shown} {onchange} />
                { text::embed_part(part) }
            </label>
        }
    };
    let autoplay = {
        let embed = embed.clone();
        Callback::from(move |event: Event| {
            embed.set((*embed).clone().with_autoplay(dom::checked_of(&event)));
        })
    };
    let theme = {
        let embed = embed.clone();
        Callback::from(move |event: Event| {
            embed.set((*embed).clone().with_theme(Theme::named(&dom::value_of(&event))));
        })
    };
    let chosen = embed.theme.unwrap_or_default();
    let theme_option = |theme: Theme| {
        html! { <option value={theme.name()} selected={theme == chosen}>{ theme.name() }</option> }
    };
    html! {
        <div class="row embed-options" role="group" aria-label={text::EMBED_SHOWS}>
            { for EmbedPart::ALL.into_iter().map(part_box) }
            <label>
                <input
                    type="checkbox"
                    checked={embed.autoplay == Some(true)}
                    onchange={autoplay}
                />
                { text::EMBED_AUTOPLAY }
            </label>
            <label>
                { "Theme " }
                <select onchange={theme}>
                    { for [Theme::System, Theme::Light, Theme::Dark].map(theme_option) }
                </select>
            </label>
        </div>
    }
}

fn snippet(link: &str, embed: &Embed) -> String {
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or(address);
    let query = embed.query().replace('&', "&amp;");
    format!(
        "<iframe src=\"{address}{query}#{fragment}\" width=\"640\" height=\"360\" \
         sandbox=\"allow-scripts\" title=\"A Raft cluster\"></iframe>"
    )
}
