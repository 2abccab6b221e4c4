//! The words that the console suggests while a line is typed.

use yew::prelude::*;

use crate::script::{Completion, Completions};
use crate::ui::platform::dom::{self, HtmlInputElement};
use crate::ui::platform::field;

/// The id of the list.
pub const LIST: &str = "suggestions";

#[derive(Clone, Default, PartialEq)]
pub struct Suggestions {
    pub found: Completions,
    /// The index of the selected option.
    pub selected: Option<usize>,
    pub is_closed: bool,
}

impl Suggestions {
    /// Whether the list is visible.
    pub fn is_open(&self) -> bool {
        !self.is_closed && !self.found.options.is_empty()
    }

    /// The selected option of a visible list.
    pub fn option(&self) -> Option<&Completion> {
        self.selected.filter(|_| self.is_open()).and_then(|index| self.found.options.get(index))
    }

    /// With the next or the previous option selected, none beyond the ends.
    pub fn moved(&self, down: bool) -> Suggestions {
        let last = self.found.options.len().saturating_sub(1);
        let selected = match (down, self.selected) {
            (true, None) => Some(0),
            (true, Some(index)) => Some(index + 1).filter(|next| *next <= last),
            (false, None) => Some(last),
            (false, Some(index)) => index.checked_sub(1),
        };
        Suggestions { selected, ..self.clone() }
    }

    /// Closed until the text changes.
    pub fn closed(&self) -> Suggestions {
        Suggestions { selected: None, is_closed: true, ..self.clone() }
    }

    /// Replaces the word before the caret with the option.
    pub fn insert(&self, input: &HtmlInputElement, option: &Completion) {
        let (before, after) = field::around_caret(input);
        let kept = before.get(..self.found.from).unwrap_or(&before);
        // A comma may follow the name of a server; any other word ends with a space.
        let is_server = option.text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let space = if is_server || after.starts_with(' ') { "" } else { " " };
        field::put(input, &format!("{kept}{}{space}", option.text), &after);
    }
}

/// The usage of the statement that is typed, and the list of words that may follow. `onpick` gets
/// the index of the option that is clicked.
pub fn suggestion_list(suggestions: &Suggestions, onpick: &Callback<usize>) -> Html {
    let Suggestions { found, selected, .. } = suggestions;
    let option = |(index, option): (usize, &Completion)| {
        let onclick = onpick.reform(move |_: MouseEvent| index);
        let aria_selected = if *selected == Some(index) { "true" } else { "false" };
        html! {
            <li
                key={index}
                id={option_id(index)}
                role="option"
                aria-selected={aria_selected}
                {onclick}
            >
                <code>{ &option.text }</code>
                <span>{ &option.what }</span>
            </li>
        }
    };
    // The field keeps the focus.
    let onpointerdown = Callback::from(|event: PointerEvent| event.prevent_default());
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <>
            if !found.hint.is_empty() {
                <p class="usage">{ &found.hint }</p>
            }
            if suggestions.is_open() {
                <ul
                    class="suggestions"
                    role="listbox"
                    id={LIST}
                    aria-label="Suggestions"
                    {onpointerdown}
                    {onmousedown}
                >
                    { for found.options.iter().enumerate().map(option) }
                </ul>
            }
        </>
    }
}

pub fn option_id(index: usize) -> String {
    format!("suggestion-{index}")
}

/// Scrolls the list into view, and the selected option into view within the list.
pub fn scroll_to(selected: Option<usize>) {
    let Some(list) = dom::find(&format!("#{LIST}")) else { return };
    field::bring_into_view(&list);
    if let Some(option) = selected.and_then(|index| dom::find(&format!("#{}", option_id(index)))) {
        field::scroll_within(&list, &option);
    }
}
