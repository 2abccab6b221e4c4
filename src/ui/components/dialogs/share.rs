//! The link that shows this script at this moment, and the script as a file.

use yew::prelude::*;

use crate::sim::Micros;
use crate::ui::components::code_text::code_text;
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::{dom, files};
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

use super::embed::EmbedSection;

const FILE_NAME: &str = "raftarium.raft";

#[component]
pub fn ShareDialog() -> Html {
    let page = use_page();
    let message = use_state_eq(String::new);
    let onmessage = use_callback((), {
        let message = message.setter();
        move |text: String, ()| message.set(text)
    });
    let make = page.on_click(Action::Open(Dialog::MakeChallenge));
    html! {
        <>
            <section>
                <h3>{ "Link" }</h3>
                <LinkSection onmessage={&onmessage} />
            </section>
            <EmbedSection onmessage={&onmessage} />
            <section>
                <h3>{ "File" }</h3>
                { file_section(&page, &onmessage) }
            </section>
            <section>
                <h3>{ text::CHALLENGE }</h3>
                <p class="quiet">{ text::MAKE_CHALLENGE_MEANS }</p>
                <div class="row">
                    <button type="button" onclick={make}>{ text::MAKE_CHALLENGE_HERE }</button>
                </div>
            </section>
            <p role="status">{ &*message }</p>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct LinkSectionProps {
    /// Shows a message at the end of the dialog.
    onmessage: Callback<String>,
}

/// The link or the reason why there is none, and the moment that it shows.
type LinkAtTime = (Result<String, String>, Micros);

/// Time pauses while the dialog is open, and the link is made once, so that it shows what is
/// seen behind the dialog.
#[component]
fn LinkSection(props: &LinkSectionProps) -> Html {
    let page = use_page();
    let link = use_state_eq(|| None::<LinkAtTime>);
    {
        let link = link.setter();
        use_effect_with((), move |()| {
            let (was_playing, _) = page.player.pace();
            let generation = page.player.model().generation;
            page.player.pause();
            let time_us = page.player.with_world(|world| world.now_us());
            link.set(Some((page.player.link(), time_us)));
            move || {
                if was_playing && page.player.model().generation == generation {
                    page.player.play();
                }
            }
        });
    }
    match &*link {
        None => Html::default(),
        Some((Ok(link), time_us)) => html! {
            <LinkField link={link.clone()} time_us={*time_us} onmessage={&props.onmessage} />
        },
        Some((Err(error), _)) => html! {
            <p class="wrong" role="alert">{ code_text(&text::no_link(error)) }</p>
        },
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct LinkFieldProps {
    pub link: String,
    pub time_us: Micros,
    pub onmessage: Callback<String>,
}

#[component]
pub(super) fn LinkField(props: &LinkFieldProps) -> Html {
    let field = use_node_ref();
    let select = {
        let field = field.clone();
        move || {
            if let Some(input) = field.cast::<dom::HtmlInputElement>() {
                input.select();
            }
        }
    };
    let copy = {
        let (link, onmessage) = (props.link.clone(), props.onmessage.clone());
        let select = select.clone();
        Callback::from(move |_: MouseEvent| {
            let (onmessage, select) = (onmessage.clone(), select.clone());
            files::copy(&link, move |copied| {
                let message = if copied { text::COPIED } else { text::COPY_FAILED };
                onmessage.emit(message.to_owned());
                if !copied {
                    select();
                }
            });
        })
    };
    let length = props.link.len();
    html! {
        <>
            <div class="row link-row">
                <input
                    type="text"
                    readonly=true
                    aria-label="Link"
                    ref={field}
                    value={props.link.clone()}
                    onfocus={Callback::from(move |_: FocusEvent| select())}
                />
                <button type="button" class="primary" onclick={copy}>{ "Copy" }</button>
            </div>
            <p class="quiet">{ text::link_shows(props.time_us, length) }</p>
            if length > text::LINK_LONG_LEN {
                <p class="wrong">{ text::LINK_LONG }</p>
            }
        </>
    }
}

/// Saves the script as a file, and opens a file.
fn file_section(page: &PageContext, onmessage: &Callback<String>) -> Html {
    let save = {
        let onmessage = onmessage.clone();
        page.callback(move |page, _: MouseEvent| {
            files::save(FILE_NAME, &page.player.script());
            onmessage.emit(text::saved(FILE_NAME));
        })
    };
    let open = page.callback(|page, event: Event| {
        let input = dom::target::<dom::HtmlInputElement>(&event);
        if let Some(file) = input.and_then(|input| files::chosen(&input)) {
            page.dispatch(Action::CloseDialog);
            page.player.open_file(&file);
        }
    });
    html! {
        <>
            <p class="quiet">{ text::FILE_MEANS }</p>
            <div class="row">
                <button type="button" onclick={save}>{ "Save as a file" }</button>
                <label class="file">
                    { "Open a file " }
                    <input type="file" accept=".raft,text/plain" onchange={open} />
                </label>
            </div>
        </>
    }
}
