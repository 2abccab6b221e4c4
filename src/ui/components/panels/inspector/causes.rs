//! An event and the chain of its causes.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::state::{Action, Tab};
use crate::ui::text;
use crate::ui::view::{EventModel, ReasonModel};

use super::reason::reason;

/// `chain` holds the event, then its cause, and so on.
pub fn causes(page: &PageContext, chain: &[EventModel]) -> Html {
    let back = page.on_click(Action::Show(Tab::Events));
    let title = chain.first().map(|event| event.title.clone()).unwrap_or_default();
    html! {
        <>
            <h3 class="inspector-title">{ title }</h3>
            <ol class="chain" aria-label="The event and its causes, the newest first">
                { for chain.iter().enumerate().map(cause_row) }
            </ol>
            <button type="button" onclick={back}>{ "Back to the events" }</button>
        </>
    }
}

fn cause_row((index, event): (usize, &EventModel)) -> Html {
    // The title of the inspected event is the heading.
    let is_first = index == 0;
    html! {
        <li key={event.id} class={is_first.then_some("first")}>
            if !is_first {
                <span>{ &event.title }</span>
            }
            { for event.whys.iter().map(server_reason) }
            <small>
                { text::moment(event.time_us) }
                if event.act {
                    { " · " }
                    { text::origin(true) }
                }
                if let Some(why) = event.whys.last() {
                    { " · " }
                    { why.rule }
                    { " · " }
                    { why.section }
                }
            </small>
        </li>
    }
}

fn server_reason(why: &ReasonModel) -> Html {
    html! {
        <div class="server-reason">
            <b>{ text::server(why.server) }</b>
            { " " }
            { reason(why) }
        </div>
    }
}
