//! Present: the page for a projector. The style sheet makes everything larger; here are the whole
//! screen and the blank one.

use yew::prelude::*;

use super::context::PageContext;
use super::platform::{dom, fullscreen};
use super::state::{Action, UiState};

/// Takes the whole screen while the page is presented, and ends that with it.
#[hook]
pub fn use_presenting(page: &PageContext, ui: &UiState) {
    {
        let page = page.clone();
        use_effect_with((), move |()| {
            let listener = fullscreen::on_left(move || page.dispatch(Action::Present(false)));
            move || drop(listener)
        });
    }
    use_effect_with(ui.presenting, |presenting| {
        dom::set_root_attribute("data-present", if *presenting { "on" } else { "off" });
        match presenting {
            true => fullscreen::enter(),
            false => fullscreen::leave(),
        }
    });
}
