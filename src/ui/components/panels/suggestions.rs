//! The words that the console offers while one types: which are open, which is chosen, and the list.

use yew::prelude::*;

use crate::script::{Completion, Completions};
use crate::ui::markup::html;
use crate::ui::platform::dom::{self, HtmlInputElement};
use crate::ui::platform::field;

/// The list's id.
pub const LIST: &str = "suggestions";

/// What is offered.
#[derive(Clone, Default, PartialEq)]
pub struct Suggestions {
    /// The words, and what the statement goes like.
    pub found: Completions,
    /// The one that is chosen.
    pub chosen: Option<usize>,
    /// Whether the list was closed.
    pub closed: bool,
}

impl Suggestions {
    /// Whether there is a list to be seen.
    pub fn open(&self) -> bool {
        !self.closed && !self.found.options.is_empty()
    }

    /// The option that is chosen.
    pub fn option(&self) -> Option<&Completion> {
        self.chosen.filter(|_| self.open()).and_then(|place| self.found.options.get(place))
    }

    /// With the next one chosen, or the one before; beyond the ends, none is.
    pub fn moved(&self, down: bool) -> Suggestions {
        let last = self.found.options.len().saturating_sub(1);
        let chosen = match (down, self.chosen) {
            (true, None) => Some(0),
            (true, Some(place)) => Some(place + 1).filter(|next| *next <= last),
            (false, None) => Some(last),
            (false, Some(place)) => place.checked_sub(1),
        };
        Suggestions { chosen, ..self.clone() }
    }

    /// Closed, until something is typed.
    pub fn hidden(&self) -> Suggestions {
        Suggestions { chosen: None, closed: true, ..self.clone() }
    }

    /// Puts that option into the field, in place of the word that was begun.
    pub fn put(&self, input: &HtmlInputElement, option: &Completion) {
        let (before, after) = field::around_caret(input);
        let kept = before.get(..self.found.from).unwrap_or(&before);
        // A name of a server may go on with a comma, any other word is over.
        let is_name = option.text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let blank = if is_name || after.starts_with(' ') { "" } else { " " };
        field::put(input, &format!("{kept}{}{blank}", option.text), &after);
    }

    /// The list, and below it how the statement goes on.
    pub fn view(&self, take: &Callback<usize>) -> Html {
        let chosen = self.chosen;
        let option = |(place, option): (usize, &Completion)| {
            let take = take.clone();
            let onclick = Callback::from(move |_: MouseEvent| take.emit(place));
            html! {
                <li
                    key={place} id={option_id(place)} role="option" {onclick}
                    aria-selected={if chosen == Some(place) { "true" } else { "false" }}
                ><code>{ &option.text }</code><span>{ &option.what }</span></li>
            }
        };
        // The focus stays in the field.
        let onpointerdown = Callback::from(|event: PointerEvent| event.prevent_default());
        let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
        html! {
            <>
                if !self.found.hint.is_empty() {
                    <p class="usage">{ &self.found.hint }</p>
                }
                if self.open() {
                    <ul class="suggestions" role="listbox" id={LIST} aria-label="Suggestions" {onpointerdown} {onmousedown}>
                        { for self.found.options.iter().enumerate().map(option) }
                    </ul>
                }
            </>
        }
    }
}

/// The id of the option at that place.
pub fn option_id(place: usize) -> String {
    format!("suggestion-{place}")
}

/// Brings the list into view, and the option that is chosen into view within the list.
pub fn show(chosen: Option<usize>) {
    let Some(list) = dom::find(&format!("#{LIST}")) else { return };
    field::bring_into_view(&list);
    if let Some(option) = chosen.and_then(|place| dom::find(&format!("#{}", option_id(place)))) {
        field::scroll_within(&list, &option);
    }
}
