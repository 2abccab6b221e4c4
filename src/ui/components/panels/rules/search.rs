//! The search for a counterexample: how far it has come, and what one can do with it.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, SearchPhase, SearchState};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct SearchRowProps {
    pub search: SearchState,
}

#[component]
pub fn SearchRow(props: &SearchRowProps) -> Html {
    let page = use_page();
    let search = &props.search;
    let rule = search.rule;
    // The button disappears, so the focus goes to where the search began.
    let leave = move || dom::focus_on(&format!("[data-rule=\"{rule}\"] .find"));
    let cancel = page.callback(move |page, _: MouseEvent| {
        page.player.cancel_search();
        leave();
    });
    let open = page.callback(move |page, _: MouseEvent| {
        page.player.open_smallest();
        leave();
    });
    let dismiss = page.callback(move |page, _: MouseEvent| {
        page.dispatch(Action::SetSearch(None));
        leave();
    });
    let next_seed = match search.phase {
        SearchPhase::Found { seed, .. } => Some(seed + 1),
        SearchPhase::NotFound { last_seed } => Some(last_seed + 1),
        _ => None,
    };
    let search_on = page.callback(move |page, _: MouseEvent| {
        next_seed.into_iter().for_each(|seed| page.player.search(rule, seed));
    });
    let failed = matches!(search.phase, SearchPhase::Failed(_));
    html! {
        <div
            class={classes!("search-row", failed.then_some("bad"))}
            role="group"
            aria-label={text::SEARCH}
        >
            <p>
                <b>{ text::without_rule(rule) }</b>
                { " " }
                { text::search_phase(search) }
            </p>
            if search.is_running() {
                <progress aria-label={text::SEARCH}></progress>
                if matches!(search.phase, SearchPhase::Shrinking { .. }) {
                    <button type="button" onclick={open}>{ text::OPEN_SMALLEST }</button>
                }
                <button type="button" aria-label={text::CANCEL_SEARCH} onclick={cancel}>
                    { "Cancel" }
                </button>
            } else {
                if next_seed.is_some() {
                    <button type="button" onclick={search_on}>{ text::SEARCH_ON }</button>
                }
                <button type="button" aria-label={text::DISMISS_SEARCH} onclick={dismiss}>
                    { text::DISMISS }
                </button>
            }
        </div>
    }
}
