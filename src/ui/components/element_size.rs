//! The size of an element, kept up to date.

use yew::prelude::*;

use crate::ui::platform::dom;
use crate::ui::platform::listen::{SizeWatch, on_window};

/// In CSS pixels; zero before the element was drawn.
#[hook]
pub fn use_element_size(element: &NodeRef) -> (i32, i32) {
    let size = use_state_eq(|| (0, 0));
    let element = element.clone();
    let set_size = size.setter();
    use_effect_with((), move |()| {
        let watch = element.cast::<dom::Element>().and_then(|element| {
            let measured = element.clone();
            let measure = move || {
                let (width, height) = dom::size_of(&measured);
                set_size.set((width as i32, height as i32));
            };
            measure();
            SizeWatch::new(&element, measure)
        });
        move || drop(watch)
    });
    *size
}

/// The size of the window in CSS pixels; zero before the page was drawn.
#[hook]
pub fn use_window_size() -> (i32, i32) {
    let size = use_state_eq(|| (0, 0));
    let set_size = size.setter();
    use_effect_with((), move |()| {
        let measure = move || {
            let (width, height) = dom::window_size();
            set_size.set((width as i32, height as i32));
        };
        measure();
        let listener = on_window("resize", measure);
        move || drop(listener)
    });
    *size
}
