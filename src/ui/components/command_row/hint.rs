//! What a newcomer may try next, and later what can be touched.

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::state::{Action, Hint};
use crate::ui::text;

#[derive(Clone, PartialEq, Properties)]
pub struct HintLineProps {
    pub hint: Hint,
    pub leader: Option<ServerId>,
}

#[component]
pub fn HintLine(props: &HintLineProps) -> Html {
    let page = use_page();
    let sentence = match (props.hint, props.leader) {
        (Hint::Gone, _) => return html! { <p class="below">{ text::DRAW_HINT }</p> },
        (Hint::CrashTheLeader, None) => text::HINT_WATCH.to_string(),
        (Hint::CrashTheLeader, Some(leader)) => text::hint_crash(leader),
        (Hint::SendACommand, None) => text::HINT_ELECTION.to_string(),
        (Hint::SendACommand, Some(leader)) => text::hint_command(leader),
    };
    html! {
        <div class="below hint">
            <p>{ sentence }</p>
            <button
                type="button"
                class="plain"
                aria-label={text::DISMISS_HINT}
                onclick={page.on_click(Action::DismissHint)}
            >
                <Icon shape={Shape::Close} />
            </button>
        </div>
    }
}
