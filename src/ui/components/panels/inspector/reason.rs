//! The reason for a decision.

use yew::prelude::*;

use crate::ui::view::ReasonModel;

/// `fact → decision`.
pub fn reason(why: &ReasonModel) -> Html {
    html! {
        <span class="reason">
            { &why.fact }
            if !why.decision.is_empty() {
                { " → " }
                <em>{ &why.decision }</em>
            }
        </span>
    }
}
