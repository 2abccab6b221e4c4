//! A chain of causes, the newest event first.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::state::Selection;
use crate::ui::text;
use crate::ui::view::{CauseModel, ChainModel, ExplainedModel, ReasonModel};

use super::reason::reason;

/// A question, and the chain that answers it.
pub fn explained(page: &PageContext, explained: &ExplainedModel) -> Html {
    html! {
        <section class="explained">
            <h4>{ &explained.question }</h4>
            { chain(page, &explained.chain, &explained.question) }
        </section>
    }
}

pub fn chain(page: &PageContext, chain: &ChainModel, label: &str) -> Html {
    html! {
        <>
            <ol class="chain" aria-label={label.to_owned()}>
                { for chain.causes.iter().map(|cause| cause_row(page, cause)) }
            </ol>
            if chain.is_cut {
                <p class="quiet">{ text::CHAIN_IS_CUT }</p>
            }
        </>
    }
}

fn cause_row(page: &PageContext, cause: &CauseModel) -> Html {
    let CauseModel { event, time_us, .. } = *cause;
    let choose = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <li key={event} data-selection={Selection::Event(event).to_string()}>
            if let Some(note) = &cause.note {
                <p class="reason note">{ note }</p>
            }
            { for cause.decisive.iter().map(decision) }
            <small>
                { text::moment(time_us) }
                { " · " }
                if cause.act {
                    { text::ACTION }
                    { " · " }
                }
                <button type="button" class="link-like" onclick={choose}>{ &cause.title }</button>
            </small>
            if !cause.others.is_empty() {
                <details>
                    <summary>{ text::other_decisions(cause.others.len()) }</summary>
                    { for cause.others.iter().map(decision) }
                </details>
            }
        </li>
    }
}

/// `S1: fact → decision`, with its rule and section.
pub fn decision(why: &ReasonModel) -> Html {
    html! {
        <div class="server-reason">
            <b>{ text::server(why.server) }</b>
            { " " }
            { reason(why) }
            <small>{ text::principle(why.rule, why.section) }</small>
        </div>
    }
}
