//! A text field and its caret.

use super::dom::{Element, HtmlInputElement};

/// The text before the caret and after it.
pub fn around_caret(field: &HtmlInputElement) -> (String, String) {
    let value = field.value();
    // The browser counts in UTF-16. Without an answer, assume the end.
    let caret = field.selection_end().ok().flatten().map_or(usize::MAX, |caret| caret as usize);
    let mut counted = 0;
    let before = value.chars().take_while(|letter| {
        counted += letter.len_utf16();
        counted <= caret
    });
    let end = before.map(char::len_utf8).sum();
    (value[..end].to_owned(), value[end..].to_owned())
}

/// Sets the text of the field, with the caret between its parts.
pub fn put(field: &HtmlInputElement, before: &str, after: &str) {
    field.set_value(&format!("{before}{after}"));
    let caret = before.encode_utf16().count() as u32;
    let _ = field.set_selection_range(caret, caret);
}

/// Scrolls the page just far enough to show the element: on a phone it may open below the edge.
pub fn bring_into_view(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls the list just far enough to show the whole option. Nothing around the list scrolls.
pub fn scroll_within(list: &Element, option: &Element) {
    let (frame, at) = (list.get_bounding_client_rect(), option.get_bounding_client_rect());
    let above = frame.top() + f64::from(list.client_top()) - at.top();
    let below = at.bottom() - frame.bottom() + f64::from(list.client_top());
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    list.set_scroll_top(list.scroll_top() + by.ceil() as i32);
}
