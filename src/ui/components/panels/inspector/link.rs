//! A link: both directions, the event that changed each last, and the messages on the way.

use yew::prelude::*;

use crate::sim::MessageId;
use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{DirectionModel, LinkFacts};

pub fn link(page: &PageContext, facts: &LinkFacts) -> Html {
    html! {
        <>
            <h3 class="inspector-title">{ text::link_title(facts.a, facts.b) }</h3>
            { for facts.directions.iter().map(|direction| direction_part(page, direction)) }
        </>
    }
}

fn direction_part(page: &PageContext, direction: &DirectionModel) -> Html {
    let DirectionModel { from, to, up, changed, messages } = direction;
    html! {
        <section key={from.number()} class="direction">
            <h4>{ text::direction(*from, *to, *up) }</h4>
            if let Some((event, time_us, title)) = changed {
                { changed_by(page, *event, *time_us, title) }
            }
            if messages.is_empty() {
                <p class="quiet">{ text::NO_MESSAGES }</p>
            } else {
                <ul>{ for messages.iter().map(|message| message_row(page, message)) }</ul>
            }
        </section>
    }
}

fn changed_by(page: &PageContext, event: u64, time_us: u64, title: &str) -> Html {
    let choose = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <p>
            { text::moment(time_us) }
            { " · " }
            <button type="button" class="link-like" onclick={choose}>{ title }</button>
        </p>
    }
}

fn message_row(page: &PageContext, (id, name): &(MessageId, String)) -> Html {
    let selection = Selection::Message(*id);
    let choose = page.on_click(Action::Select(selection));
    html! {
        <li key={*id} data-selection={selection.to_string()}>
            <button type="button" class="link-like" onclick={choose}>{ name }</button>
        </li>
    }
}
