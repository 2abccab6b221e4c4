//! The contexts of the components: the player and the reducer, which `App` provides, and what the
//! reader of a narrated run may do, which the layout provides.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Permissions;

use super::player::Player;
use super::state::Action;

/// The player and the reducer of the page's state. Both stay the same as long as the page lives,
/// so the context never causes a component to render again.
#[derive(Clone)]
pub struct PageContext {
    pub player: Rc<Player>,
    dispatch: Callback<Action>,
}

impl PartialEq for PageContext {
    fn eq(&self, other: &PageContext) -> bool {
        self.player == other.player
    }
}

impl PageContext {
    pub fn new(player: Rc<Player>, dispatch: Callback<Action>) -> PageContext {
        PageContext { player, dispatch }
    }

    /// Sends the action to the reducer.
    pub fn dispatch(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// A click handler that sends the action to the reducer.
    pub fn on_click(&self, action: Action) -> Callback<MouseEvent> {
        self.callback(move |page, _| page.dispatch(action.clone()))
    }

    /// An event handler that has the context.
    pub fn callback<E>(&self, handle: impl Fn(&PageContext, E) + 'static) -> Callback<E> {
        let page = self.clone();
        Callback::from(move |event| handle(&page, event))
    }
}

/// The context of the page.
///
/// # Panics
/// In a component outside `App`.
#[hook]
pub fn use_page() -> PageContext {
    use_context().expect("App provides the context of the page")
}

/// What the reader of a narrated run may do now; in other runs, everything.
#[hook]
pub fn use_permissions() -> Rc<Permissions> {
    use_context().unwrap_or_default()
}
