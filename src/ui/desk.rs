//! What every component can reach: the player, and the reducer of what the person looks at.

use std::rc::Rc;

use yew::prelude::*;

use super::player::Player;
use super::store::Action;

/// The player and the way to change what is shown.
#[derive(Clone)]
pub struct Desk {
    /// Runs the cluster.
    pub player: Rc<Player>,
    /// Changes what the person looks at.
    pub dispatch: Callback<Action>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Desk) -> bool {
        Rc::ptr_eq(&self.player, &other.player)
    }
}

impl Desk {
    /// Changes what the person looks at.
    pub fn say(&self, action: Action) {
        self.dispatch.emit(action);
    }
}

/// The desk of this page.
#[hook]
pub fn use_desk() -> Desk {
    use_context::<Desk>().expect("the app stands around every component")
}
