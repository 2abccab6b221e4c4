//! The field for one line of the script. A line with an error stays in the field and changes
//! nothing.

use yew::prelude::*;

use crate::ui::components::code_text::code_text;
use crate::ui::context::use_page;
use crate::ui::platform::dom;

use super::editing::Editing;

#[derive(Clone, PartialEq, Properties)]
pub struct LineEditorProps {
    /// The line's number, or that of the line above a new one.
    pub number: u32,
    pub is_new: bool,
    /// The initial text.
    pub line: String,
    pub onedit: Callback<Editing>,
}

#[component]
pub fn LineEditor(props: &LineEditorProps) -> Html {
    let error = use_state_eq(String::new);
    let field = use_node_ref();
    {
        let (field, line) = (field.clone(), props.line.clone());
        use_effect_with((), move |()| {
            if let Some(input) = field.cast::<dom::HtmlInputElement>() {
                input.set_value(&line);
                dom::focus(&input);
            }
        });
    }
    let onsubmit = {
        let (props, field, error) = (props.clone(), field.clone(), error.setter());
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<dom::HtmlInputElement>() else { return };
            let line = input.value();
            let changed = match props.is_new {
                true => page.player.insert_line(props.number, &line),
                false => page.player.edit_line(props.number, Some(&line)),
            };
            match changed {
                Ok(()) => {
                    let number = props.number + u32::from(props.is_new);
                    props.onedit.emit(Editing::Nothing(number));
                }
                Err(problem) => error.set(problem),
            }
        })
    };
    let onkeydown = {
        let (onedit, number) = (props.onedit.clone(), props.number);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                onedit.emit(Editing::Nothing(number));
            }
        })
    };
    let name = match props.is_new {
        true => "New line".to_owned(),
        false => format!("Line {}", props.number),
    };
    html! {
        <form class="line-editor" {onsubmit}>
            <input
                type="text"
                aria-label={name}
                aria-invalid={(!error.is_empty()).then_some("true")}
                placeholder="at 2s crash s1"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                ref={field}
                {onkeydown}
            />
            <small class="quiet">{ "Enter saves the line. Escape cancels." }</small>
            if !error.is_empty() {
                <pre class="wrong" role="alert">{ code_text(&error) }</pre>
            }
        </form>
    }
}
