//! The fields in which the script is changed: one line of it, or all of it. What is wrong is told, stays in the
//! field, and changes nothing.

use yew::prelude::*;

use crate::script::Session;
use crate::ui::desk::desk;
use crate::ui::hooks::{Setter, use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;

use super::script::Editing;

/// Properties of the field for a line.
#[derive(Clone, PartialEq)]
pub(super) struct LineEditorProps {
    /// The line, or the one above it.
    pub number: u32,
    /// Whether it is a line more.
    pub is_new: bool,
    /// What stands in the field first.
    pub line: String,
    /// Ends it.
    pub editing: Setter<Editing>,
}

part!(LineEditorProps, use_line_editor);

#[hook]
fn use_line_editor(props: &LineEditorProps) -> Html {
    let wrong = use_kept(String::new);
    let field = use_node_ref();
    {
        let (field, line) = (field.clone(), props.line.clone());
        use_effect_on((), move |()| {
            if let Some(input) = field.cast::<dom::HtmlInputElement>() {
                input.set_value(&line);
                dom::focus(&input);
            }
        });
    }
    let onsubmit = {
        let (props, field, wrong) = (props.clone(), field.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<dom::HtmlInputElement>() else { return };
            let (player, line) = (desk().player, input.value());
            let done = match props.is_new {
                true => player.insert_line(props.number, &line),
                false => player.edit_line(props.number, Some(&line)),
            };
            match done {
                Ok(()) => {
                    props.editing.set(Editing::Nothing(props.number + u32::from(props.is_new)));
                }
                Err(error) => wrong.set(error),
            }
        })
    };
    let onkeydown = {
        let (editing, number) = (props.editing.clone(), props.number);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                editing.set(Editing::Nothing(number));
            }
        })
    };
    let name = match props.is_new {
        true => "New line".to_owned(),
        false => format!("Line {}", props.number),
    };
    let invalid = (!wrong.is_empty()).then_some("true");
    html! {
        <form class="line-editor" {onsubmit}>
            <input type="text" aria-label={name} aria-invalid={invalid} placeholder="at 2s crash s1" autocomplete="off" autocapitalize="off" spellcheck="false" ref={field} {onkeydown} />
            <small class="quiet">{ "Enter keeps it, Escape leaves it as it was." }</small>
            if !wrong.is_empty() { <pre class="wrong" role="alert">{ (*wrong).clone() }</pre> }
        </form>
    }
}

/// Properties of the field for the whole script.
#[derive(Clone, PartialEq)]
pub(super) struct TextEditorProps {
    /// Ends it.
    pub editing: Setter<Editing>,
}

part!(TextEditorProps, use_text_editor);

#[hook]
fn use_text_editor(props: &TextEditorProps) -> Html {
    let player = desk().player;
    let begun = use_kept(|| player.read_session(Session::text));
    let wrong = use_kept(String::new);
    let field = use_node_ref();
    {
        let (field, text) = (field.clone(), begun.clone());
        use_effect_on((), move |()| {
            if let Some(area) = field.cast::<dom::HtmlTextAreaElement>() {
                area.set_value(&text);
                dom::focus(&area);
            }
        });
    }
    let onsubmit = {
        let (editing, field, wrong) = (props.editing.clone(), field.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(area) = field.cast::<dom::HtmlTextAreaElement>() else { return };
            let now = player.read_session(Session::text);
            if now != *begun {
                begun.set(now);
                wrong.set(text::SCRIPT_MOVED.to_owned());
                return;
            }
            match player.edit(&area.value()) {
                Ok(()) => editing.set(Editing::Nothing(1)),
                Err(error) => wrong.set(error),
            }
        })
    };
    let cancel = {
        let editing = props.editing.clone();
        Callback::from(move |_: MouseEvent| editing.set(Editing::Nothing(1)))
    };
    html! {
        <form class="text-editor" {onsubmit}>
            <textarea aria-label="Script" rows="14" spellcheck="false" autocapitalize="off" ref={field} />
            if !wrong.is_empty() { <pre class="wrong" role="alert">{ (*wrong).clone() }</pre> }
            <div class="row">
                <button type="submit" class="primary">{ "Apply" }</button>
                <button type="button" onclick={cancel}>{ "Cancel" }</button>
            </div>
        </form>
    }
}
