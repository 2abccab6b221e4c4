//! The keys that press a button, for SVG groups that are buttons.

use yew::prelude::*;

pub fn on_enter_or_space(press: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            press.emit(());
        }
    })
}
