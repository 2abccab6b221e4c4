//! What every component can reach: the player, and the reducer of what the person looks at.

use std::cell::OnceCell;
use std::rc::Rc;

use yew::prelude::*;

use super::player::Player;
use super::state::Action;

/// The player and the way to change what is shown.
#[derive(Clone)]
pub struct Desk {
    /// Runs the cluster.
    pub player: Rc<Player>,
    /// Changes what the person looks at.
    pub dispatch: Callback<Action>,
}

impl Desk {
    /// Changes what the person looks at.
    pub fn say(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// What a button does that changes what the person looks at.
    pub fn saying(&self, action: Action) -> Callback<MouseEvent> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(action.clone()))
    }
}

thread_local! {
    static DESK: OnceCell<Desk> = const { OnceCell::new() };
}

/// Sets the desk of this page up, before any other part of the page is drawn.
pub fn set_up(desk: &Desk) {
    DESK.with(|kept| drop(kept.set(desk.clone())));
}

/// The desk of this page.
///
/// # Panics
/// Before it was set up, which is the first thing that the page does.
pub fn desk() -> Desk {
    DESK.with(|kept| kept.get().cloned()).expect("the app has set up the desk")
}
