//! A field for one line of the language, and the button that does it.

use yew::prelude::*;

use crate::ui::markup::html;
use crate::ui::platform::dom;

/// What tells one such form from another.
pub struct LineForm<'a> {
    /// Its class in style.css.
    pub class: &'static str,
    /// The field's name.
    pub label: &'static str,
    /// An example of what to type.
    pub placeholder: Option<&'static str>,
    /// By what the field is found.
    pub field: &'a NodeRef,
    /// What stands before the field.
    pub before: Html,
    /// What stands after the button.
    pub after: Html,
}

/// The form. `take` is given each line; where it is done with it, the field is emptied.
pub fn line_form(
    form: LineForm<'_>,
    onkeydown: Option<Callback<KeyboardEvent>>,
    take: Callback<String, bool>,
) -> Html {
    let onsubmit = {
        let field = form.field.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<dom::HtmlInputElement>() else { return };
            if take.emit(input.value().trim().to_string()) {
                input.set_value("");
            }
        })
    };
    html! {
        <form class={form.class} {onsubmit}>
            { form.before }
            <input type="text" aria-label={form.label} placeholder={form.placeholder} autocomplete="off" autocapitalize="off" spellcheck="false" ref={form.field.clone()} {onkeydown} />
            <button type="submit">{ "Do" }</button>
            { form.after }
        </form>
    }
}
