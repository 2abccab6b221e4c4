//! The journey of an operation, and a client with what it waits for.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{
    ClientDetails, JourneyStep, OperationDetails, OperationOutcome, ReasonModel,
};

use super::reason::reason;

pub fn client(page: &PageContext, details: &ClientDetails) -> Html {
    let name = format!("{:#}", details.client);
    let Some(journey) = &details.journey else {
        return html! {
            <>
                <h3 class="inspector-title">{ name }</h3>
                <p>{ text::believes(details.client, details.believed_leader) }</p>
                <p class="empty">{ text::no_command(details.client) }</p>
            </>
        };
    };
    let other = |(serial, command): &(u64, String)| {
        let (client, serial) = (details.client, *serial);
        let select = Action::Select(Selection::Operation { client, serial });
        html! {
            <li key={serial}>
                <button type="button" class="link-like" onclick={page.on_click(select)}>
                    { format!("{serial}: {command}") }
                </button>
            </li>
        }
    };
    let shown = journey.operation.serial;
    let others = details.newest.iter().filter(|(serial, _)| *serial != shown);
    html! {
        <>
            { operation(page, journey) }
            if details.newest.len() > 1 {
                <h4>{ text::OTHER_COMMANDS }</h4>
                <ul class="other-commands">{ for others.map(other) }</ul>
            }
        </>
    }
}

pub fn operation(page: &PageContext, details: &OperationDetails) -> Html {
    let operation = &details.operation;
    let outcome = match (&operation.outcome, &details.now) {
        (OperationOutcome::Pending, Some(now)) => format!("No answer yet: {now}."),
        (OperationOutcome::Pending, None) => "No answer yet.".to_owned(),
        (OperationOutcome::Done(outcome), _) => format!("Answered: {outcome}."),
        (OperationOutcome::Failed(outcome), _) => format!("Failed: {outcome}."),
    };
    html! {
        <>
            <h3 class="inspector-title">
                { text::operation_title(details.client, operation.serial, &operation.command) }
            </h3>
            <p>
                { outcome }
                { " " }
                { text::believes(details.client, details.believed_leader) }
            </p>
            if details.is_cut {
                <p class="quiet">{ text::JOURNEY_CUT }</p>
            }
            <ol class="chain" aria-label={text::JOURNEY}>
                { for details.steps.iter().map(|step| step_row(page, step)) }
            </ol>
        </>
    }
}

fn step_row(page: &PageContext, step: &JourneyStep) -> Html {
    let select = page.on_click(Action::Select(Selection::Event(step.event)));
    let decision = |why: &ReasonModel| {
        html! {
            <div class="server-reason">
                <b>{ text::server(why.server) }</b>
                { " " }
                { reason(why) }
            </div>
        }
    };
    html! {
        <li key={step.event} data-selection={Selection::Event(step.event).to_string()}>
            <button type="button" class="link-like" onclick={select}>{ &step.what }</button>
            { for step.whys.iter().map(decision) }
            <small>{ text::moment(step.time_us) }</small>
        </li>
    }
}
