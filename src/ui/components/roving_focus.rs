//! The keys of SVG groups that are buttons: Enter presses one, the arrow keys move between them.
//! One button of a group is in the tab order.

use yew::prelude::*;

use crate::ui::platform::dom;

/// The keys of a group of buttons, each at a place from 0 on.
#[derive(Clone, PartialEq)]
pub struct RovingFocus {
    tab_stop: UseStateHandle<usize>,
    count: usize,
    /// The key handler of the group.
    pub onkeydown: Callback<KeyboardEvent>,
}

/// A button's place in its group. It is equal as long as the button stays in or out of the tab
/// order, so a button does not render because another one was focused.
#[derive(Clone, PartialEq)]
pub struct ButtonPlace {
    place: usize,
    pub tabindex: &'static str,
    tab_stop: UseStateSetter<usize>,
}

impl ButtonPlace {
    pub fn number(&self) -> usize {
        self.place
    }

    /// The handlers of a click and of a key, for a button that `press` opens.
    pub fn handlers(
        &self,
        press: impl Fn() + 'static,
    ) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
        let (place, tab_stop) = (self.place, self.tab_stop.clone());
        let press = Callback::from(move |()| {
            tab_stop.set(place);
            press();
        });
        (press.reform(|_: MouseEvent| ()), on_enter(press))
    }
}

/// `selector` finds the button at a place.
#[hook]
pub fn use_roving_focus(count: usize, selector: impl Fn(usize) -> String + 'static) -> RovingFocus {
    let tab_stop = use_state_eq(|| 0usize);
    let onkeydown = {
        let tab_stop = tab_stop.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = dom::next_place(&event, *tab_stop, count) else { return };
            event.prevent_default();
            event.stop_propagation();
            tab_stop.set(next);
            dom::focus_on(&selector(next));
        })
    };
    RovingFocus { tab_stop, count, onkeydown }
}

impl RovingFocus {
    pub fn place(&self, place: usize) -> ButtonPlace {
        let in_tab_order = (*self.tab_stop).min(self.count.saturating_sub(1)) == place;
        let tabindex = if in_tab_order { "0" } else { "-1" };
        ButtonPlace { place, tabindex, tab_stop: self.tab_stop.setter() }
    }
}

/// Space plays or pauses; `ui::shortcuts` lets it press the button where single keys are off.
fn on_enter(press: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            event.stop_propagation();
            press.emit(());
        }
    })
}
