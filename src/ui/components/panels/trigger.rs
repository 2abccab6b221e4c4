//! A trigger, or a breakpoint, without knowing the language's words for it.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::{classes, html};
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;

/// The form.
#[derive(PartialEq)]
pub(super) struct TriggerForm;

part!(TriggerForm, use_trigger);

#[hook]
fn use_trigger(_form: &TriggerForm) -> Html {
    let answer = use_kept(|| None::<Result<(), String>>);
    let (again, condition, action) = (use_node_ref(), use_node_ref(), use_node_ref());
    let onsubmit = {
        let (again, condition, action) = (again.clone(), condition.clone(), action.clone());
        let answer = answer.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let field = |field: &NodeRef| field.cast::<dom::HtmlInputElement>();
            let (Some(condition), Some(action)) = (field(&condition), field(&action)) else {
                return;
            };
            let when = again
                .cast::<dom::HtmlSelectElement>()
                .map_or(String::new(), |select| select.value());
            let (asked, done) = (condition.value(), action.value());
            if asked.trim().is_empty() || done.trim().is_empty() {
                answer.set(Some(Err(text::TRIGGER_EXPECTED.to_owned())));
                return;
            }
            let said = desk().player.exec(&format!("{when} {} do {}", asked.trim(), done.trim()));
            if said.is_ok() {
                condition.set_value("");
            }
            answer.set(Some(said.map(|_| ())));
        })
    };
    let choices = |id: &'static str, choices: &'static [&'static str]| {
        html! { <datalist {id}>{ for choices.iter().map(|choice| html! { <option value={*choice} /> }) }</datalist> }
    };
    let told = match &*answer {
        None => (text::TRIGGER_MEANS.to_owned(), "quiet"),
        Some(Ok(())) => (text::TRIGGER_SET.to_owned(), ""),
        Some(Err(error)) => (error.clone(), "wrong"),
    };
    html! {
        <details class="trigger">
            <summary>{ "Trigger or breakpoint" }</summary>
            <form {onsubmit}>
                <select aria-label="How often" ref={again}>
                    <option value="when" selected="">{ "When, once" }</option>
                    <option value="whenever">{ "Each time" }</option>
                </select>
                <input type="text" aria-label="Condition" placeholder="leader s3" list="conditions" autocomplete="off" autocapitalize="off" spellcheck="false" ref={condition} />
                <span>{ "do" }</span>
                <input type="text" aria-label="Action" placeholder="crash s3" list="actions" autocomplete="off" autocapitalize="off" spellcheck="false" ref={action} />
                <button type="submit">{ "Set" }</button>
                <p class={classes!("told", told.1)} role="status">{ told.0 }</p>
                { choices("conditions", &["leader", "no leader", "leader s3", "crashed s1", "role s2 candidate", "time >= 5s"]) }
                { choices("actions", &["stop", "crash leader", "crash s3", "restart all", "heal", "set x 3"]) }
            </form>
        </details>
    }
}
