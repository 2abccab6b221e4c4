//! What makes this run unusual, in the lower corner of a frame's stage: rules that are off, and
//! links that lose messages. The page has chips for that.

use std::rc::Rc;

use yew::prelude::*;

use crate::sim::Settings;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct ConditionsProps {
    pub settings: Rc<Settings>,
    /// The number of servers on the ring.
    pub servers: usize,
}

#[component]
pub fn Conditions(props: &ConditionsProps) -> Html {
    let notes = text::deviations(&props.settings, props.servers);
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="conditions">
            { for notes.into_iter().map(|note| html! { <li>{ note }</li> }) }
        </ul>
    }
}
