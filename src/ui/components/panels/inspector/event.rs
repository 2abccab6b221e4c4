//! An event: what it changed, the chain of its causes, and what came of it.

use yew::prelude::*;

use crate::ui::components::panels::explanation::{ExplanationParts, conflict};
use crate::ui::context::PageContext;
use crate::ui::state::Selection;
use crate::ui::text;
use crate::ui::view::{ConsequenceModel, EventFacts, ServerChangeModel, ViolationModel};

use super::chain::chain;
use super::values::value_row;

pub fn event(page: &PageContext, facts: &EventFacts) -> Html {
    let time_us = facts.time_us;
    let go = page.callback(move |page, _: MouseEvent| page.player.go_to(time_us));
    html! {
        <>
            if let Some(violation) = &facts.violation {
                { of_violation(page, facts.id, violation) }
            }
            <h3 class="inspector-title">{ &facts.title }</h3>
            <p class="row">
                <span class="quiet">{ text::moment(time_us) }</span>
                <button type="button" onclick={go}>{ text::GO_TO_EVENT }</button>
            </p>
            { for facts.changes.iter().map(|change| server_change(page, change)) }
            <h4>{ text::WHY_EVENT }</h4>
            { chain(page, &facts.chain, text::CHAIN_NAME) }
            if !facts.consequences.is_empty() {
                <h4>{ text::CONSEQUENCES }</h4>
                <ul class="consequences">
                    { for facts.consequences.iter().map(|event| consequence(page, event)) }
                    if facts.more > 0 {
                        <li class="quiet">{ text::more_consequences(facts.more) }</li>
                    }
                </ul>
            }
        </>
    }
}

fn server_change(page: &PageContext, change: &ServerChangeModel) -> Html {
    html! {
        <section key={change.server.number()} class="server-change">
            <h4>{ text::changes_of(change.server) }</h4>
            <dl class="fields-list">
                { for change.values.iter().map(|value| value_row(page, value)) }
            </dl>
            { for change.log.iter().map(|line| html! { <p class="changed">{ line }</p> }) }
        </section>
    }
}

fn consequence(page: &PageContext, model: &ConsequenceModel) -> Html {
    let (event, time_us) = (model.event, model.time_us);
    let choose = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <li key={event} data-selection={Selection::Event(event).to_string()}>
            <span class="quiet">{ text::moment(time_us) }</span>
            { " " }
            <button type="button" class="link-like" onclick={choose}>{ &model.title }</button>
        </li>
    }
}

/// Both sides of the violation that the event caused, or the way back to a later one.
fn of_violation(page: &PageContext, id: u64, violation: &ViolationModel) -> Html {
    let title = text::violation_title(violation.property, &violation.headline);
    if id == violation.event {
        return html! {
            <section class="of-violation">
                <h3>{ title }</h3>
                <p class="quiet">{ violation.statement }</p>
                { conflict(&violation.conflict) }
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
