//! The card that tells a newcomer what to try next.

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::state::{Action, Hint};
use crate::ui::text;

/// The most servers that leave a corner of the stage free.
const SERVERS_MAX: usize = 5;

#[derive(Clone, PartialEq, Properties)]
pub struct HintCardProps {
    pub hint: Hint,
    pub leader: Option<ServerId>,
    /// The number of servers on the ring.
    pub servers: usize,
}

#[component]
pub fn HintCard(props: &HintCardProps) -> Html {
    let page = use_page();
    // With more servers the ring has no free corner.
    if props.servers > SERVERS_MAX {
        return Html::default();
    }
    let sentence = match (props.hint, props.leader) {
        (Hint::Gone, _) => return Html::default(),
        (Hint::CrashTheLeader, None) => text::HINT_WATCH.to_string(),
        (Hint::CrashTheLeader, Some(leader)) => text::hint_crash(leader),
        (Hint::SendACommand, None) => text::HINT_ELECTION.to_string(),
        (Hint::SendACommand, Some(leader)) => text::hint_command(leader),
    };
    html! {
        <div class="hint">
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
