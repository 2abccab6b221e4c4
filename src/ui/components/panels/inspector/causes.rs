//! An event and the chain of its causes.

use yew::prelude::*;

use crate::ui::components::panels::explanation::ExplanationParts;
use crate::ui::context::PageContext;
use crate::ui::state::{Action, Tab};
use crate::ui::text;
use crate::ui::view::{EventModel, ReasonModel, ViolationModel};

use super::reason::reason;

/// `chain` holds the event, then its cause, and so on. `violation` is the one that the event
/// caused, or led to.
pub fn causes(
    page: &PageContext,
    chain: &[EventModel],
    violation: Option<&ViolationModel>,
) -> Html {
    let back = page.on_click(Action::Show(Tab::Events));
    let title = chain.first().map(|event| event.title.clone()).unwrap_or_default();
    html! {
        <>
            if let Some(violation) = violation {
                { of_violation(page, chain, violation) }
            }
            <h3 class="inspector-title">{ title }</h3>
            <ol class="chain" aria-label="The event and its causes, the newest first">
                { for chain.iter().enumerate().map(cause_row) }
            </ol>
            <button type="button" onclick={back}>{ "Back to the events" }</button>
        </>
    }
}

/// Both sides of the violation that the event caused, or the way back to a later one.
fn of_violation(page: &PageContext, chain: &[EventModel], violation: &ViolationModel) -> Html {
    let title = text::violation_title(violation.property, &violation.headline);
    if chain.first().is_some_and(|event| event.id == violation.event) {
        return html! {
            <section class="of-violation">
                <h3>{ title }</h3>
                <p class="quiet">{ violation.statement }</p>
                <ExplanationParts explanation={&violation.explanation} />
            </section>
        };
    }
    let (event, time_us) = (violation.event, violation.time_us);
    let back = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <p class="of-violation">
            { "This led to: " }
            <button type="button" class="link-like" onclick={back}>{ title }</button>
        </p>
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
            <small>
                { text::moment(event.time_us) }
                if event.act {
                    { " · " }
                    { text::ACTION }
                }
            </small>
            { for event.whys.iter().map(server_reason) }
        </li>
    }
}

fn server_reason(why: &ReasonModel) -> Html {
    html! {
        <div class="server-reason">
            <b>{ text::server(why.server) }</b>
            { " " }
            { reason(why) }
            <small>{ text::principle(why.rule, why.section) }</small>
        </div>
    }
}
