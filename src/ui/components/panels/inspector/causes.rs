//! An event and the chain of its causes.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::state::{Action, Tab};
use crate::ui::text;
use crate::ui::view::{EventModel, ReasonModel};

use super::reason::reason;

#[derive(PartialEq, Properties)]
pub struct CausesProps {
    /// The event, then its cause, and so on.
    pub chain: Vec<EventModel>,
}

#[component]
pub fn Causes(props: &CausesProps) -> Html {
    let back = use_page().on_click(Action::Show(Tab::Events));
    let title = props.chain.first().map(|event| event.title.clone()).unwrap_or_default();
    let row = |(index, event): (usize, &EventModel)| {
        html! { <CauseRow key={event.id} is_first={index == 0} event={event.clone()} /> }
    };
    html! {
        <>
            <h3 class="inspector-title">{ title }</h3>
            <ol class="chain" aria-label="The event and its causes, the newest first">
                { for props.chain.iter().enumerate().map(row) }
            </ol>
            <button type="button" onclick={back}>{ "Back to the events" }</button>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct CauseRowProps {
    /// Whether it is the inspected event, whose title is the heading.
    is_first: bool,
    event: EventModel,
}

#[component]
fn CauseRow(props: &CauseRowProps) -> Html {
    let event = &props.event;
    html! {
        <li class={props.is_first.then_some("first")}>
            if !props.is_first {
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
