//! The reason for a decision.

use yew::prelude::*;

use crate::ui::components::terms::TermText;
use crate::ui::view::ReasonModel;

/// `fact → decision`. Not inside a button: its terms are buttons themselves.
pub fn reason(why: &ReasonModel) -> Html {
    html! {
        <span class="reason">
            <TermText text={why.fact.clone()} />
            if !why.decision.is_empty() {
                { " → " }
                <em><TermText before={why.fact.clone()} text={why.decision.clone()} /></em>
            }
        </span>
    }
}
