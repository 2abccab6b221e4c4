//! Marks what is hovered and what is selected in every view. A view names the thing that an element
//! stands for in its attribute `data-selection`, and needs to do no more.

use yew::prelude::*;

use super::context::PageContext;
use super::platform::marks::{mark, on_hover};
use super::state::{Action, UiState};

/// Follows the pointer and the keyboard focus, and renews the marks whenever the page has changed.
#[hook]
pub fn use_marks(page: &PageContext, ui: &UiState) {
    let page = page.clone();
    use_effect_with((), move |()| {
        let listeners = on_hover(move |name| {
            page.dispatch(Action::Hover(name.and_then(|name| name.parse().ok())));
        });
        move || drop(listeners)
    });
    let marks = [("data-hovered", ui.hovered), ("data-selected", ui.selection)];
    let marks = marks.map(|(attribute, thing)| (attribute, thing.map(|thing| thing.to_string())));
    let had_marks = use_mut_ref(|| false);
    use_effect(move || {
        let has_marks = marks.iter().any(|(_, name)| name.is_some());
        if had_marks.replace(has_marks) || has_marks {
            marks.iter().for_each(|(attribute, name)| mark(attribute, name.as_deref()));
        }
    });
}
