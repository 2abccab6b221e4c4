//! What one sees, and the keys.

use yew::prelude::*;

use crate::ui::components::stage::message_icon::MessageIcon;
use crate::ui::markup::{classes, html};
use crate::ui::scene::MessageShape;
use crate::ui::text;

/// The help.
pub fn help() -> Html {
    let role = |role: text::Role| {
        html! {
            <><dt><span class={classes!("role-icon", role.class)} aria-hidden="true" /></dt>
            <dd><strong>{ role.name }</strong>{ format!(": {}", role.means) }</dd></>
        }
    };
    let shape = |(shape, means): (MessageShape, &'static str)| {
        html! {
            <><dt><span class={classes!("flight", "still", shape.class())} aria-hidden="true">{ yew::html! { <MessageIcon {shape} label="x←3" /> } }</span></dt>
            <dd>{ means }</dd></>
        }
    };
    let key = |(key, does): (&'static str, &'static str)| {
        html! { <><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></> }
    };
    html! {
        <>
            <p>{ "Every server runs the Raft algorithm; you see every message, and you can crash servers, cut links and send commands. After every event the page checks the five safety properties." }</p>
            <h3>{ "Servers" }</h3>
            <dl class="legend">{ for text::ROLES.into_iter().map(role) }</dl>
            <p class="quiet">{ "The small notch on a ring points to the leader that the server follows." }</p>
            <h3>{ "Messages" }</h3>
            <dl class="legend">{ for text::LEGEND.into_iter().map(shape) }</dl>
            <h3>{ "Logs" }</h3>
            <p>{ "A filled entry is known to be committed, a dashed one is not. The number is the entry's term. A dot is the leader's match index for that server, a wedge its next index." }</p>
            <h3>{ "Keys" }</h3>
            <dl class="legend keys">{ for text::KEYS.into_iter().map(key) }</dl>
        </>
    }
}
