//! The line under the stage: what happened last, in a sentence. Screen readers hear it only where
//! it answers an action: the player announces that.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::state::Selection;
use crate::ui::text::moment;
use crate::ui::view::LatestModel;

#[derive(Clone, PartialEq, Properties)]
pub struct LatestLineProps {
    pub latest: Rc<LatestModel>,
}

#[component]
pub fn LatestLine(LatestLineProps { latest }: &LatestLineProps) -> Html {
    let selection = (latest.event > 0).then(|| Selection::Event(latest.event).to_string());
    html! {
        <p
            class="latest"
            title={latest.fact.clone()}
            data-selection={selection}
        >
            if latest.event > 0 {
                <span class="quiet">{ moment(latest.time_us) }</span>
                <b>{ &latest.sentence }</b>
                if !latest.fact.is_empty() {
                    <span class="quiet">{ &latest.fact }</span>
                }
            }
        </p>
    }
}
