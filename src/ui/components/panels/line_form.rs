//! A form with a field for one line of the script language, and a button that runs it.

use yew::prelude::*;

use crate::ui::platform::dom::HtmlInputElement;

#[derive(PartialEq, Properties)]
pub struct LineFormProps {
    pub class: &'static str,
    /// The field's accessible name.
    pub label: &'static str,
    #[prop_or_default]
    pub placeholder: Option<&'static str>,
    /// Refers to the field.
    pub field: NodeRef,
    /// Gets each line, trimmed. The field is cleared if it returns true.
    pub onrun: Callback<String, bool>,
    #[prop_or_default]
    pub onkeydown: Option<Callback<KeyboardEvent>>,
    /// Makes the field one that suggests words.
    #[prop_or_default]
    pub combobox: Option<Combobox>,
    /// Why the line in the field cannot be run now.
    #[prop_or_default]
    pub refusal: Option<String>,
    /// Stands before the field.
    #[prop_or_default]
    pub before: Html,
    /// Stands after the button.
    #[prop_or_default]
    pub children: Html,
}

#[derive(Clone, PartialEq)]
pub struct Combobox {
    /// The id of the list of suggestions, while it is open.
    pub list: Option<&'static str>,
    /// The id of the option that is selected in it.
    pub active: Option<String>,
    pub oninput: Callback<InputEvent>,
    pub onblur: Callback<FocusEvent>,
}

#[component]
pub fn LineForm(props: &LineFormProps) -> Html {
    let onsubmit = {
        let (field, onrun) = (props.field.clone(), props.onrun.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            if onrun.emit(input.value().trim().to_owned()) {
                input.set_value("");
            }
        })
    };
    let is_refused = props.refusal.is_some();
    let title = props.refusal.clone();
    html! {
        <form class={props.class} {onsubmit}>
            { props.before.clone() }
            { with_combobox(props) }
            <button type="submit" aria-disabled={is_refused.then_some("true")} title={title}>
                { "Run" }
            </button>
            { props.children.clone() }
        </form>
    }
}

/// The field, within an element with the role `combobox` if it suggests words. ARIA 1.1 allows
/// that, and so the field itself keeps the role of a text field.
fn with_combobox(props: &LineFormProps) -> Html {
    let Some(combobox) = &props.combobox else { return input(props, None) };
    let expanded = if combobox.list.is_some() { "true" } else { "false" };
    html! {
        <div
            class="combo"
            role="combobox"
            aria-label="Line with suggestions"
            aria-haspopup="listbox"
            aria-expanded={expanded}
            aria-controls={combobox.list}
        >
            { input(props, Some(combobox)) }
        </div>
    }
}

fn input(props: &LineFormProps, combobox: Option<&Combobox>) -> Html {
    html! {
        <input
            type="text"
            aria-label={props.label}
            placeholder={props.placeholder}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-autocomplete={combobox.map(|_| "list")}
            aria-controls={combobox.and_then(|combobox| combobox.list)}
            aria-activedescendant={combobox.and_then(|combobox| combobox.active.clone())}
            ref={&props.field}
            onkeydown={props.onkeydown.clone()}
            oninput={combobox.map(|combobox| combobox.oninput.clone())}
            onblur={combobox.map(|combobox| combobox.onblur.clone())}
        />
    }
}
