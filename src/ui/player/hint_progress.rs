//! What the hints ask for, noticed in whichever way it is done.

use crate::raft::{ClientId, ServerSet};
use crate::sim::World;

use super::Player;
use crate::ui::state::Action;

/// What the hints ask for, before an action.
pub(super) struct HintProgress {
    leaders: ServerSet,
    newest: Option<(ClientId, u64)>,
    cut: bool,
}

impl HintProgress {
    fn of(world: &World) -> HintProgress {
        let ids = world.server_ids();
        let cut = |from, to| from != to && !world.link_up(from, to);
        HintProgress {
            leaders: world.leaders(),
            newest: world
                .newest_operation()
                .map(|(client, operation)| (client, operation.serial())),
            cut: ids.iter().any(|a| ids.iter().any(|b| cut(a.into(), b.into()))),
        }
    }
}

impl Player {
    pub(super) fn hint_progress(&self) -> HintProgress {
        self.with_world(HintProgress::of)
    }

    /// Reports what a hint asked for and the action has done.
    pub(super) fn report_hint_progress(&self, before: &HintProgress) {
        let now = self.hint_progress();
        let alive = self.with_world(World::alive);
        if !before.leaders.difference(alive).is_empty() {
            self.dispatch(Action::LeaderCrashed);
        }
        if now.newest != before.newest {
            self.dispatch(Action::CommandSent);
        }
        if now.cut && !before.cut {
            self.dispatch(Action::Partitioned);
        }
    }
}
