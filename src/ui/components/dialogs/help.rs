//! The legend of the stage, and the keys.

use yew::prelude::*;

use crate::ui::components::stage::message_icon::MessageIcon;
use crate::ui::scene::MessageShape;
use crate::ui::text;

#[component]
pub fn HelpDialog() -> Html {
    html! {
        <>
            <p>{ text::HELP_INTRODUCTION }</p>
            <h3>{ "Servers" }</h3>
            <dl class="legend">{ for text::ROLES.map(role) }</dl>
            <p class="quiet">{ text::HELP_NOTCH }</p>
            <h3>{ "Messages" }</h3>
            <dl class="legend">{ for text::LEGEND.map(shape) }</dl>
            <h3>{ "Logs" }</h3>
            <p>{ text::HELP_LOGS }</p>
            <h3>{ "Keys" }</h3>
            <dl class="legend keys">{ for text::KEYS.map(key) }</dl>
        </>
    }
}

fn role(role: text::RoleLegend) -> Html {
    html! {
        <>
            <dt><span class={classes!("role-icon", role.class)} aria-hidden="true" /></dt>
            <dd>
                <strong>{ role.name }</strong>
                { format!(": {}", role.means) }
            </dd>
        </>
    }
}

fn shape((shape, means): (MessageShape, &'static str)) -> Html {
    html! {
        <>
            <dt>
                <span class={classes!("flight", "still", shape.class())} aria-hidden="true">
                    <MessageIcon {shape} label="x←3" />
                </span>
            </dt>
            <dd>{ means }</dd>
        </>
    }
}

fn key((key, does): (&'static str, &'static str)) -> Html {
    html! {
        <>
            <dt><kbd>{ key }</kbd></dt>
            <dd>{ does }</dd>
        </>
    }
}
