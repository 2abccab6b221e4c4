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
    /// What the field offers while one types.
    pub offering: Option<Offering>,
}

/// What makes the field one that offers words. The combobox stands around the field, as ARIA 1.1 has it: so
/// the field remains a text field to whoever looks for one.
#[derive(Default)]
pub struct Offering {
    /// The id of the list, where it is open.
    pub list: Option<&'static str>,
    /// The id of the option that is chosen in it.
    pub chosen: Option<String>,
    /// Called when the text has changed.
    pub oninput: Callback<InputEvent>,
    /// Called when the focus goes elsewhere.
    pub onblur: Callback<FocusEvent>,
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
    let LineForm { class, label, placeholder, field, before, after, offering } = form;
    let offers = offering.is_some();
    let Offering { list, chosen, oninput, onblur } = offering.unwrap_or_default();
    let input = html! {
        <input
            type="text" aria-label={label} {placeholder} autocomplete="off" autocapitalize="off" spellcheck="false"
            aria-autocomplete={offers.then_some("list")} aria-controls={list} aria-activedescendant={chosen}
            ref={field.clone()} {onkeydown} {oninput} {onblur}
        />
    };
    let input = if offers {
        let expanded = if list.is_some() { "true" } else { "false" };
        html! {
            <div class="combo" role="combobox" aria-label="Line with suggestions" aria-haspopup="listbox" aria-expanded={expanded} aria-controls={list}>{ input }</div>
        }
    } else {
        input
    };
    html! {
        <form {class} {onsubmit}>
            { before }
            { input }
            <button type="submit">{ "Do" }</button>
            { after }
        </form>
    }
}
