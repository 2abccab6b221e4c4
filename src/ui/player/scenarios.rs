//! Opens the scenarios that stand as files beside the page. Each is fetched when it is asked for.

use std::rc::Rc;

use crate::raft::Rule;
use crate::script::TEXT_MAX;
use crate::ui::platform::files;
use crate::ui::state::{Action, Banner, Tab};
use crate::ui::text;

use super::Player;
use super::saved_session::is_text;

/// What goes wrong without a rule, relative to the page. A test compares it with the project.
pub fn broken_rule_file(rule: Rule) -> String {
    format!("scenarios/broken/{rule}.raft")
}

impl Player {
    /// Opens the scenario that shows what goes wrong without a rule, paused at its start.
    pub fn open_broken(self: &Rc<Self>, rule: Rule) {
        let player = self.clone();
        files::fetch_text(&broken_rule_file(rule), move |fetched| {
            let fits = |script: String| match script.len() <= TEXT_MAX && is_text(&script) {
                true => Ok(script),
                false => Err(text::SCENARIO_NOT_TEXT.to_owned()),
            };
            let opened = fetched.and_then(fits).and_then(|script| player.open_at(&script, 0));
            match opened {
                Ok(()) => {
                    player.show_banner(Banner {
                        offers_previous: player.has_previous(),
                        ..Banner::until_play(text::opened_broken(rule))
                    });
                    // The narration takes the room of the rules.
                    player.dispatch(Action::Show(Tab::Rules));
                }
                Err(error) => {
                    player.show_banner(Banner::error(text::scenario_wrong(rule), Some(error)));
                }
            }
        });
    }
}
