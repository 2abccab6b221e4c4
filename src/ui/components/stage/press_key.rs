//! The key that presses a button, for SVG groups that are buttons.

use yew::prelude::*;

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
