//! What a key, or an entry of the palette, does.

use crate::raft::ServerId;
use crate::sim::Act;
use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::player::{speed_at_stop, stop_near};
use crate::ui::state::{Action, SingleExport, Tab};

#[derive(Clone, Debug, PartialEq)]
pub enum PageCommand {
    TogglePlay,
    NextEvent,
    PreviousEvent,
    Skip,
    /// To the next or the previous event that matters, and pauses there.
    NextThatMatters,
    PreviousThatMatters,
    /// To the goal that is chosen beside the time slider.
    JumpBack,
    JumpAhead,
    /// To one of the player's goals.
    Jump {
        goal: usize,
        ahead: bool,
    },
    Faster,
    Slower,
    SetAdaptive(bool),
    /// Goes back to the start of the script, without the person's actions.
    Reset,
    OpenNew,
    Undo,
    Redo,
    FocusServer(ServerId),
    /// Acts on the cluster, as from a menu.
    Perform(Act),
    /// Exports the whole run in that form.
    Export(SingleExport),
    /// To the first difference from the run that is compared.
    FirstDifference,
    /// Changes the state of the page.
    Change(Action),
    /// Writes an example into the console's field.
    Write(&'static str),
}

impl PageCommand {
    pub fn run(&self, page: &PageContext) {
        let player = &page.player;
        match self {
            PageCommand::TogglePlay => player.toggle(),
            PageCommand::NextEvent => player.step(),
            PageCommand::PreviousEvent => player.previous_event(),
            PageCommand::Skip => player.skip(),
            PageCommand::NextThatMatters => player.next_that_matters(),
            PageCommand::PreviousThatMatters => player.previous_that_matters(),
            PageCommand::JumpBack => dom::press("#jump-back"),
            PageCommand::JumpAhead => dom::press("#jump-ahead"),
            PageCommand::Jump { goal, ahead } => player.jump(*goal, "", *ahead),
            PageCommand::Faster => change_speed(page, 1),
            PageCommand::Slower => change_speed(page, -1),
            PageCommand::SetAdaptive(on) => player.set_adaptive(*on),
            PageCommand::Reset => player.reset(),
            PageCommand::OpenNew => player.open_new(),
            PageCommand::Undo => player.undo(),
            PageCommand::Redo => player.redo(),
            PageCommand::FocusServer(id) => {
                dom::focus_on(&format!("[data-server=\"{}\"]", id.number()));
            }
            PageCommand::Perform(act) => {
                player.act(act.clone());
            }
            PageCommand::Export(export) => player.export_whole_run(*export),
            PageCommand::FirstDifference => player.go_to_first_difference(),
            PageCommand::Change(action) => page.dispatch(action.clone()),
            PageCommand::Write(line) => {
                page.dispatch(Action::Show(Tab::Console));
                let line = *line;
                dom::soon(move || dom::fill(".console-form input", line));
            }
        }
    }
}

fn change_speed(page: &PageContext, stops: i32) {
    let (_, speed) = page.player.pace();
    page.player.set_speed(speed_at_stop(stop_near(speed) + stops));
}
