//! The row under the stage: the actions on all links, and below them a notice or what to try.

use yew::prelude::*;

use crate::sim::Act;
use crate::ui::context::{PageContext, use_page};
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct CommandRowProps {
    /// Whether no link is cut.
    pub healthy: bool,
    /// A short message instead of the hint.
    pub notice: Option<AttrValue>,
}

#[component]
pub fn CommandRow(props: &CommandRowProps) -> Html {
    let page = use_page();
    let partition = page.on_click(Action::Open(Dialog::Partition));
    html! {
        <div class="command-row">
            <span class="on-links">
                <button type="button" onclick={partition}>
                    { text::dialog(Dialog::Partition) }
                </button>
                { heal_button(&page, props.healthy) }
            </span>
            if let Some(notice) = &props.notice {
                <p class="below notice">{ notice }</p>
            } else {
                <p class="below">{ text::DRAW_HINT }</p>
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
