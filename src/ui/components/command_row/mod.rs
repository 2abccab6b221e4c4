//! The row under the stage, always in sight: a command, the actions on all links, and below them
//! what was wrong, a notice, or what to try.

mod command_field;
mod hint;

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::script::Permissions;
use crate::sim::Act;
use crate::ui::components::code_text::code_text;
use crate::ui::components::panels::Transcript;
use crate::ui::components::reason_button::ReasonButton;
use crate::ui::context::{PageContext, use_page};
use crate::ui::state::{Action, Dialog, Hint};
use crate::ui::text;

use command_field::CommandField;
use hint::HintLine;

#[derive(PartialEq, Properties)]
pub struct CommandRowProps {
    pub client_count: usize,
    /// Whether no link is cut.
    pub healthy: bool,
    pub permissions: Rc<Permissions>,
    pub hint: Hint,
    pub leader: Option<ServerId>,
    /// A short message instead of the hint.
    pub notice: Option<AttrValue>,
    pub transcript: UseStateHandle<Transcript>,
}

#[component]
pub fn CommandRow(props: &CommandRowProps) -> Html {
    let page = use_page();
    let error = use_state_eq(String::new);
    let onerror = use_callback(error.setter(), |text, error| error.set(text));
    {
        let error = error.setter();
        use_effect_with(props.notice.clone(), move |_| error.set(String::new()));
    }
    let refused = |verb: &str| props.permissions.refusal(verb);
    html! {
        <div class="command-row" data-place="console">
            <CommandField
                client_count={props.client_count}
                transcript={props.transcript.clone()}
                {onerror}
            />
            <span class="on-links">
                { partition_button(&page, refused("partition")) }
                { heal_button(&page, props.healthy, refused("heal")) }
            </span>
            if !error.is_empty() {
                <p class="below wrong" role="alert">{ code_text(&error) }</p>
            } else if let Some(notice) = &props.notice {
                <p class="below notice">{ code_text(notice) }</p>
            } else {
                <HintLine hint={props.hint} leader={props.leader} />
            }
        </div>
    }
}

fn partition_button(page: &PageContext, unavailable: Option<String>) -> Html {
    let onclick = page.callback(|page, ()| page.dispatch(Action::Open(Dialog::Partition)));
    html! {
        <ReasonButton {unavailable} {onclick}>{ text::dialog(Dialog::Partition) }</ReasonButton>
    }
}

fn heal_button(page: &PageContext, healthy: bool, refused: Option<String>) -> Html {
    let unavailable = refused.or_else(|| healthy.then(|| text::NOTHING_CUT.to_owned()));
    let onclick = page.callback(|page, ()| {
        page.player.act(Act::Heal(None));
    });
    html! { <ReasonButton {unavailable} {onclick}>{ text::HEAL }</ReasonButton> }
}
