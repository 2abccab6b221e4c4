//! The keys of SVG groups that are buttons: Enter presses one, the arrow keys move between them.

use yew::prelude::*;

use crate::ui::platform::dom;

/// Space plays or pauses; `ui::shortcuts` lets it press the button where single keys are off.
pub fn on_enter(press: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            event.stop_propagation();
            press.emit(());
        }
    })
}

/// Moves the focus, and with it the place in the tab order, among `count` buttons. `selector` finds
/// the button at a place.
pub fn on_arrow(
    tab_stop: &UseStateHandle<usize>,
    count: usize,
    selector: impl Fn(usize) -> String + 'static,
) -> Callback<KeyboardEvent> {
    let tab_stop = tab_stop.clone();
    Callback::from(move |event: KeyboardEvent| {
        let Some(next) = dom::next_place(&event, *tab_stop, count) else { return };
        event.prevent_default();
        event.stop_propagation();
        tab_stop.set(next);
        dom::focus_on(&selector(next));
    })
}
