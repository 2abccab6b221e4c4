//! The context of the page for the parts that are no components yet.

use std::cell::OnceCell;

use super::context::PageContext;

pub type Desk = PageContext;

thread_local! {
    static DESK: OnceCell<PageContext> = const { OnceCell::new() };
}

pub fn set_up(page: &PageContext) {
    DESK.with(|kept| drop(kept.set(page.clone())));
}

pub fn desk() -> PageContext {
    DESK.with(|kept| kept.get().cloned()).expect("App sets the context up")
}

impl PageContext {
    pub fn say(&self, action: super::state::Action) {
        self.dispatch(action);
    }

    pub fn saying(&self, action: super::state::Action) -> yew::Callback<yew::prelude::MouseEvent> {
        self.on_click(action)
    }
}
