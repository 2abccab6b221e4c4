//! Values with their names: the old value struck, the new one lit, and the way to the
//! event that set it.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::text;
use crate::ui::view::{ValueModel, ValueSource};

/// The name of the value that takes a whole row.
const CONFIGURATION: &str = "configuration";

pub fn value_row(page: &PageContext, model: &ValueModel) -> Html {
    let changed = model.before.is_some().then_some("changed");
    let wide = (model.name == CONFIGURATION).then_some("wide");
    html! {
        <div key={model.name} class={classes!(changed, wide)}>
            <dt>{ model.name }</dt>
            <dd>
                if let Some(before) = &model.before {
                    <s>{ before }</s>
                    { " " }
                }
                { value(page, model) }
            </dd>
        </div>
    }
}

/// A button that leads to the event that set the value, if one did.
fn value(page: &PageContext, model: &ValueModel) -> Html {
    let (follow, set_by): (Callback<MouseEvent>, String) = match &model.source {
        ValueSource::Nothing => return html! { <span>{ &model.value }</span> },
        ValueSource::Event { id, time_us, title } => {
            let (id, time_us) = (*id, *time_us);
            let follow = page.callback(move |page, _| page.player.inspect(id, time_us));
            (follow, format!("{title}, {}", text::moment(time_us)))
        }
        ValueSource::Earlier(server, value) => {
            let (server, value) = (*server, *value);
            let follow = page.callback(move |page, _| page.player.follow_up(server, value));
            (follow, text::SET_EARLIER.to_owned())
        }
    };
    let name = text::follow_up(model.name, &model.value, &set_by);
    html! {
        <button
            type="button"
            class="link-like"
            aria-label={name.clone()}
            title={name}
            onclick={follow}
        >
            { &model.value }
        </button>
    }
}
