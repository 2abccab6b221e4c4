//! Decisions of servers with their reasons, in a list.

use yew::prelude::*;

use crate::ui::text;
use crate::ui::view::ReasonModel;

use super::reason::reason;

pub fn decisions(whys: &[ReasonModel]) -> Html {
    if whys.is_empty() {
        return Html::default();
    }
    let row = |why: &ReasonModel| {
        html! {
            <li>
                <b>{ text::server(why.server) }</b>
                { " " }
                { reason(why) }
                <small>{ text::principle(why.rule, why.section) }</small>
            </li>
        }
    };
    html! { <ol class="chain">{ for whys.iter().map(row) }</ol> }
}
