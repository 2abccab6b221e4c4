//! Opens the scenarios that stand as files beside the page. Each is fetched when it is asked for.

use std::rc::Rc;

use crate::raft::Rule;
use crate::ui::state::{Action, Banner, Tab};
use crate::ui::text;

use super::Player;

/// What goes wrong without a rule, relative to the page. A test compares it with the project.
pub fn broken_rule_file(rule: Rule) -> String {
    format!("scenarios/broken/{rule}.raft")
}

impl Player {
    /// Opens the scenario that shows what goes wrong without a rule, where the person left it.
    pub fn open_broken(self: &Rc<Self>, rule: Rule) {
        let path = broken_rule_file(rule);
        let on_open = move |player: &Player| {
            player.show_banner(Banner {
                offers_previous: player.has_previous(),
                ..Banner::until_play(text::opened_broken(rule))
            });
            // The narration takes the room of the rules.
            player.dispatch(Action::Show(Tab::Rules));
        };
        self.fetch_story(&path, text::rule_title(rule), move |player, opened| match opened {
            Ok(()) => on_open(player),
            Err(error) => {
                player.show_banner(Banner::error(text::scenario_wrong(rule), Some(error)));
            }
        });
    }
}
