//! Why a property was violated: what made it possible, and both sides next to each other.

use std::sync::Arc;

use yew::prelude::*;

use crate::check::{Chain, Culprit, Explanation, Step};
use crate::ui::components::code_text::code_text;
use crate::ui::components::terms::TermText;
use crate::ui::context::{PageContext, use_page};
use crate::ui::text;
use crate::ui::view::ConflictCell;

#[derive(PartialEq, Properties)]
pub struct ExplanationPartsProps {
    pub explanation: Arc<Explanation>,
}

/// It takes the width that it gets: wide, the sides stand next to each other.
#[component]
pub fn ExplanationParts(props: &ExplanationPartsProps) -> Html {
    let page = use_page();
    let Explanation { chains, culprits, .. } = &*props.explanation;
    html! {
        <div class="explanation">
            { culprit_list(culprits) }
            <div class="sides">
                { for chains.iter().map(|chain| side(&page, chain)) }
            </div>
        </div>
    }
}

/// The cells that contradict each other, as the logs mark them.
pub fn conflict(cells: &[ConflictCell]) -> Html {
    if cells.is_empty() {
        return Html::default();
    }
    let cell = |cell: &ConflictCell| {
        let place = match cell.index {
            Some(index) => format!("{:#}, index {index}", cell.server),
            None => format!("{:#}", cell.server),
        };
        html! {
            <li data-selection={cell.selection().to_string()}>
                <b>{ place }</b>
                { ": " }
                { &cell.content }
            </li>
        }
    };
    html! {
        <ul class="conflict" aria-label={text::CONFLICTS}>{ for cells.iter().map(cell) }</ul>
    }
}

/// What made the violation possible.
pub fn culprit_list(culprits: &[Culprit]) -> Html {
    if culprits.is_empty() {
        return html! { <p class="quiet">{ text::NO_CULPRIT }</p> };
    }
    let culprit = |culprit: &Culprit| {
        html! { <li>{ code_text(&format!("{culprit}.")) }</li> }
    };
    html! { <ul class="culprits">{ for culprits.iter().map(culprit) }</ul> }
}

fn side(page: &PageContext, chain: &Chain) -> Html {
    html! {
        <section class="side-of-violation">
            <h4>{ &chain.title }</h4>
            if chain.is_cut {
                <p class="quiet">{ text::CHAIN_CUT }</p>
            }
            <ol class="chain" aria-label={text::way_to(&chain.title)}>
                { for chain.steps.iter().map(|step| step_row(page, step)) }
            </ol>
        </section>
    }
}

fn step_row(page: &PageContext, step: &Step) -> Html {
    let (event, time_us) = (step.event, step.time_us);
    let choose = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <li key={event} class={classes!(step.broken.map(|_| "broken"))}>
            <button type="button" class="link-like" onclick={choose}>{ &step.title }</button>
            if let Some((server, reason)) = &step.reason {
                <div class="server-reason">
                    <b>{ text::server(*server) }</b>
                    { " " }
                    <span class="reason">
                        <TermText text={reason.fact.clone()} />
                        { " → " }
                        <em>
                            <TermText
                                before={reason.fact.clone()}
                                text={reason.decision.clone()}
                            />
                        </em>
                    </span>
                </div>
            }
            <small>
                { text::moment(time_us) }
                if let Some((_, reason)) = &step.reason {
                    { " · " }
                    if let Some(rule) = step.broken {
                        <strong>{ text::rule_off(rule.name(), None) }</strong>
                    } else {
                        { reason.rule.name() }
                    }
                    { " · " }
                    { reason.section }
                }
            </small>
        </li>
    }
}
