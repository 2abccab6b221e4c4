//! Elements above everything else, a dialog included.

use super::dom::{HtmlElement, document, set_style};

/// The distance to the element beside it and to the edge of the view, in pixels.
const GAP: f64 = 4.0;

/// Shows the popover below the element, or above it where there is no room; without
/// an element hides it.
pub fn show(popover: &HtmlElement, beside: Option<&HtmlElement>) {
    let Some(beside) = beside else {
        let _ = popover.hide_popover();
        return;
    };
    // It is shown already, or the browser has no popovers.
    let _ = popover.show_popover();
    let (at, own) = (beside.get_bounding_client_rect(), popover.get_bounding_client_rect());
    let Some(view) = document().document_element() else { return };
    let (width, height) = (f64::from(view.client_width()), f64::from(view.client_height()));
    let left = at.left().min(width - own.width() - GAP).max(GAP);
    let fits_below = at.bottom() + own.height() + GAP <= height;
    let top = if fits_below { at.bottom() } else { at.top() - own.height() };
    set_style(popover, "left", &format!("{left:.0}px"));
    set_style(popover, "top", &format!("{top:.0}px"));
}
