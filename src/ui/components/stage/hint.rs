//! The one obvious thing to do, for who is here for the first time.

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::desk::desk;
use crate::ui::drawing::{CROSS, drawing};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::state::{Action, Hint};
use crate::ui::text;

/// Properties of the hint card.
#[derive(Clone, PartialEq)]
pub struct HintProps {
    /// How far the person has come.
    pub hint: Hint,
    /// Who leads.
    pub leader: Option<ServerId>,
}

part!(HintProps, use_hint_card);

/// A sentence at the top of the stage.
#[hook]
fn use_hint_card(props: &HintProps) -> Html {
    let desk = desk();
    let sentence = match (props.hint, props.leader) {
        (Hint::Gone, _) => return Html::default(),
        (Hint::CrashTheLeader, None) => text::HINT_WATCH.to_string(),
        (Hint::CrashTheLeader, Some(leader)) => text::hint_crash(leader),
        (Hint::SendACommand, None) => text::HINT_ELECTION.to_string(),
        (Hint::SendACommand, Some(leader)) => text::hint_command(leader),
    };
    let dismiss = desk.saying(Action::DismissHint);
    html! {
        <div class="hint">
            <p>{ sentence }</p>
            <button type="button" class="plain" aria-label={text::DISMISS_HINT} onclick={dismiss}>
                { drawing(CROSS) }
            </button>
        </div>
    }
}
