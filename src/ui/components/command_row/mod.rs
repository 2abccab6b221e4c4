//! The row under the stage, always in sight: a command, the actions on all links, and below them
//! what was wrong, a notice, or what to try.

mod command_field;
mod hint;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::sim::Act;
use crate::ui::components::panels::Transcript;
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
    let partition = page.on_click(Action::Open(Dialog::Partition));
    html! {
        <div class="command-row">
            <CommandField
                client_count={props.client_count}
                transcript={props.transcript.clone()}
                {onerror}
            />
            <span class="on-links">
                <button type="button" onclick={partition}>
                    { text::dialog(Dialog::Partition) }
                </button>
                { heal_button(&page, props.healthy) }
            </span>
            if !error.is_empty() {
                <p class="below wrong" role="alert">{ &*error }</p>
            } else if let Some(notice) = &props.notice {
                <p class="below notice">{ notice }</p>
            } else {
                <HintLine hint={props.hint} leader={props.leader} />
            }
        </div>
    }
}

fn heal_button(page: &PageContext, healthy: bool) -> Html {
    let heal = page.callback(move |page, _: MouseEvent| {
        if healthy {
            page.dispatch(Action::Notice(format!("{}.", text::NOTHING_CUT)));
        } else {
            page.player.act(Act::Heal(None));
        }
    });
    html! {
        <button
            type="button"
            aria-disabled={healthy.then_some("true")}
            title={healthy.then_some(text::NOTHING_CUT)}
            onclick={heal}
        >
            { text::HEAL }
        </button>
    }
}
