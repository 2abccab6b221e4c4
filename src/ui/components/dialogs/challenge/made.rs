//! The challenge that was made: its link, its file, and the way into it.

use yew::prelude::*;

use crate::ui::components::code_text::code_text;
use crate::ui::components::dialogs::share::LinkField;
use crate::ui::context::use_page;
use crate::ui::platform::{dom, files};
use crate::ui::state::Action;
use crate::ui::text;

/// A script and the link to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeChallenge {
    pub script: String,
    /// Or why there is none.
    pub link: Result<String, String>,
}

#[derive(PartialEq, Properties)]
pub struct MadeSectionProps {
    pub made: MadeChallenge,
}

#[component]
pub fn MadeSection(MadeSectionProps { made }: &MadeSectionProps) -> Html {
    let page = use_page();
    let message = use_state_eq(|| text::CHALLENGE_MADE.to_owned());
    let onmessage = {
        let message = message.setter();
        Callback::from(move |text: String| message.set(text))
    };
    let save = {
        let (script, onmessage) = (made.script.clone(), onmessage.clone());
        Callback::from(move |_: MouseEvent| {
            files::save(text::CHALLENGE_FILE, &script);
            onmessage.emit(text::saved(text::CHALLENGE_FILE));
        })
    };
    let open = {
        let script = made.script.clone();
        page.callback(move |page, _: MouseEvent| {
            page.dispatch(Action::CloseDialog);
            page.player.open_challenge(&script);
        })
    };
    // The link is ready to be copied, and in sight.
    use_effect_with((), |()| dom::focus_on(".made-challenge input"));
    let time_us = page.player.with_world(|world| world.now_us());
    html! {
        <section class="made-challenge">
            <p role="status">{ &*message }</p>
            {
                match &made.link {
                    Ok(link) => html! { <LinkField link={link.clone()} {time_us} {onmessage} /> },
                    Err(error) => html! { <p class="wrong">{ text::no_link(error) }</p> },
                }
            }
            <div class="row">
                <button type="button" onclick={save}>{ text::SAVE_AS_FILE }</button>
                <button type="button" onclick={open}>{ text::OPEN_CHALLENGE }</button>
            </div>
            <p class="quiet">{ code_text(text::GIVE_AND_GRADE) }</p>
        </section>
    }
}
