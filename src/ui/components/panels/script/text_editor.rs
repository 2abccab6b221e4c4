//! The field for the whole script. A script with errors stays in the field and changes nothing.

use yew::prelude::*;

use crate::script::Session;
use crate::ui::components::code_text::code_text;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::text;

use super::editing::Editing;

#[derive(PartialEq, Properties)]
pub struct TextEditorProps {
    pub onedit: Callback<Editing>,
}

#[component]
pub fn TextEditor(props: &TextEditorProps) -> Html {
    let page = use_page();
    // The script that the text was made from.
    let base = use_state_eq(|| page.player.read_session(Session::text));
    let error = use_state_eq(String::new);
    let field = use_node_ref();
    {
        let (field, base) = (field.clone(), base.clone());
        use_effect_with((), move |()| {
            if let Some(area) = field.cast::<dom::HtmlTextAreaElement>() {
                area.set_value(&base);
                dom::focus(&area);
            }
        });
    }
    let onsubmit = {
        let (onedit, field, error) = (props.onedit.clone(), field.clone(), error.setter());
        page.callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let Some(area) = field.cast::<dom::HtmlTextAreaElement>() else { return };
            let now = page.player.read_session(Session::text);
            if now != *base {
                base.set(now);
                error.set(text::SCRIPT_MOVED.to_owned());
                return;
            }
            match page.player.edit(&area.value()) {
                Ok(()) => onedit.emit(Editing::Nothing(1)),
                Err(problem) => error.set(problem),
            }
        })
    };
    let cancel = props.onedit.reform(|_: MouseEvent| Editing::Nothing(1));
    html! {
        <form class="text-editor" {onsubmit}>
            <textarea
                aria-label="Script"
                rows="14"
                spellcheck="false"
                autocapitalize="off"
                ref={field}
            />
            if !error.is_empty() {
                <pre class="wrong" role="alert">{ code_text(&error) }</pre>
            }
            <div class="row">
                <button type="submit" class="primary">{ "Apply" }</button>
                <button type="button" onclick={cancel}>{ "Cancel" }</button>
            </div>
        </form>
    }
}
