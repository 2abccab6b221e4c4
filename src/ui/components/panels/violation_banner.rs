//! The banner for a violated safety property. It lies over the page, so that nothing moves.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Session;
use crate::ui::components::code_text::code_text;
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog, Selection};
use crate::ui::text;
use crate::ui::view::ViolationModel;

use super::explanation::{ExplanationParts, conflict, culprit_list};

#[derive(PartialEq, Properties)]
pub struct ViolationBannerProps {
    /// The oldest first; the newest is shown.
    pub violations: Rc<Vec<ViolationModel>>,
    /// Changes with each cluster, so that a dismissed banner returns for the next one.
    pub generation: u64,
}

#[component]
pub fn ViolationBanner(props: &ViolationBannerProps) -> Html {
    let page = use_page();
    let dismissed = use_dismissed(props.violations.is_empty());
    let compares = use_state_eq(|| false);
    let compare = {
        let compares = compares.clone();
        Callback::from(move |_: MouseEvent| compares.set(!*compares))
    };
    let Some(violation) = props.violations.last() else { return Html::default() };
    let shown = (props.generation, props.violations.len());
    if *dismissed == shown {
        return Html::default();
    }
    let dismiss = {
        let dismissed = dismissed.setter();
        Callback::from(move |_: MouseEvent| {
            dismissed.set(shown);
            dom::focus_on("button.verdict");
        })
    };
    let inspect = {
        let (dismissed, event) = (dismissed.setter(), violation.event);
        // The panel that then shows them is under this banner.
        page.callback(move |page, _: MouseEvent| {
            dismissed.set(shown);
            page.dispatch(Action::Select(Selection::Event(event)));
            dom::soon(|| dom::focus_on("[role=tab][aria-selected=true]"));
        })
    };
    let share = page.on_click(Action::Open(Dialog::Share));
    let start_over = page.callback(|page, _: MouseEvent| {
        dom::focus_on("button.play");
        page.player.open_new();
    });
    html! {
        <section class={classes!("violation", compares.then_some("wide"))} role="alert">
            <h2>{ text::violation_title(violation.property, &violation.headline) }</h2>
            <p>
                <strong>{ text::moment(violation.time_us) }</strong>
                { ": " }
                { code_text(&violation.text) }
            </p>
            { conflict(&violation.conflict) }
            if *compares {
                <ExplanationParts explanation={&violation.explanation} />
            } else {
                { culprit_list(&violation.explanation.culprits) }
            }
            <div class="row">
                <button type="button" class="primary" onclick={inspect}>
                    { "Show the event and its causes" }
                </button>
                <button
                    type="button"
                    aria-expanded={compares.to_string()}
                    onclick={compare}
                >
                    { text::SHOW_SIDES }
                </button>
                <button type="button" onclick={share}>{ "Share or save" }</button>
                <button type="button" onclick={start_over}>{ "Start over" }</button>
                <button type="button" aria-label={text::DISMISS_VIOLATION} onclick={dismiss}>
                    { text::DISMISS }
                </button>
            </div>
            { script(&page) }
        </section>
    }
}

/// What has been done so far, to read or to copy.
fn script(page: &PageContext) -> Html {
    let actions = page.player.read_session(Session::actions_done);
    html! {
        <details>
            <summary>{ text::script_so_far(actions) }</summary>
            <pre tabindex="0">{ page.player.script() }</pre>
        </details>
    }
}

/// The cluster's generation and its count of violations when the banner was dismissed.
#[hook]
fn use_dismissed(is_empty: bool) -> UseStateHandle<(u64, usize)> {
    let dismissed = use_state_eq(|| (0u64, 0usize));
    let setter = dismissed.setter();
    // After going back in time, the same violation may happen again.
    use_effect_with(is_empty, move |is_empty| {
        if *is_empty {
            setter.set((0, 0));
        }
    });
    dismissed
}
