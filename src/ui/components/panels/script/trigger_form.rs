//! A form for a trigger or a breakpoint: it writes the statement of the script language.

use yew::prelude::*;

use crate::ui::components::code_text::code_text;
use crate::ui::context::{use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::text;

/// The id of the sentence that says what became of the trigger, or why none is allowed.
const RESULT_ID: &str = "trigger-result";

const CONDITIONS: [&str; 6] =
    ["leader", "no leader", "leader s3", "crashed s1", "role s2 candidate", "time >= 5s"];
const ACTIONS: [&str; 6] = ["stop", "crash leader", "crash s3", "restart all", "heal", "set x 3"];

#[component]
pub fn TriggerForm() -> Html {
    let result = use_state_eq(|| None::<Result<(), String>>);
    let permissions = use_permissions();
    let refusal = permissions.refusal("when").filter(|_| permissions.refusal("whenever").is_some());
    let (keyword, condition, action) = (use_node_ref(), use_node_ref(), use_node_ref());
    let onsubmit = {
        let (keyword, condition, action) = (keyword.clone(), condition.clone(), action.clone());
        let result = result.setter();
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let keyword = keyword.cast::<dom::HtmlSelectElement>().map(|select| select.value());
            let Some(field) = condition.cast::<dom::HtmlInputElement>() else { return };
            let (condition, action) = (field.value(), text_of(&action));
            let (condition, action) = (condition.trim(), action.trim());
            if condition.is_empty() || action.is_empty() {
                result.set(Some(Err(text::TRIGGER_EXPECTED.to_owned())));
                return;
            }
            let keyword = keyword.unwrap_or_default();
            let answer = page.player.exec(&format!("{keyword} {condition} do {action}"));
            if answer.is_ok() {
                field.set_value("");
            }
            result.set(Some(answer.map(|_| ())));
        })
    };
    let is_refused = refusal.is_some();
    let (class, message) = match (&*result, refusal) {
        (Some(Err(error)), _) => ("result wrong", error.clone()),
        (Some(Ok(())), _) => ("result", text::TRIGGER_SET.to_owned()),
        (None, Some(refusal)) => ("result not-allowed", text::sentence(&refusal)),
        (None, None) => ("result quiet", text::TRIGGER_MEANS.to_owned()),
    };
    html! {
        <details class="trigger">
            <summary>{ "Trigger or breakpoint" }</summary>
            <form {onsubmit}>
                <select aria-label="How often" ref={keyword}>
                    <option value="when" selected=true>{ "When, once" }</option>
                    <option value="whenever">{ "Each time" }</option>
                </select>
                { field("Condition", "leader s3", "conditions", condition) }
                <span>{ "do" }</span>
                { field("Action", "crash s3", "actions", action) }
                <button
                    type="submit"
                    aria-disabled={is_refused.then_some("true")}
                    aria-describedby={RESULT_ID}
                >
                    { "Set" }
                </button>
                <p {class} role="status" id={RESULT_ID}>{ code_text(&message) }</p>
                { examples("conditions", &CONDITIONS) }
                { examples("actions", &ACTIONS) }
            </form>
        </details>
    }
}

fn text_of(field: &NodeRef) -> String {
    field.cast::<dom::HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}

fn field(
    name: &'static str,
    placeholder: &'static str,
    list: &'static str,
    node_ref: NodeRef,
) -> Html {
    html! {
        <input
            type="text"
            aria-label={name}
            {placeholder}
            {list}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            ref={node_ref}
        />
    }
}

fn examples(id: &'static str, examples: &[&'static str]) -> Html {
    html! {
        <datalist {id}>
            { for examples.iter().map(|example| html! { <option value={*example} /> }) }
        </datalist>
    }
}
