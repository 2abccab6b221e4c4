//! The keys of the page. The handler of keys, the palette and the help read this table.

use crate::raft::ServerId;
use crate::ui::platform::dom::KeyboardEvent;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

use super::PageCommand;

pub struct Shortcut {
    /// The values of `KeyboardEvent.key`.
    pub keys: &'static [&'static str],
    /// With Ctrl, or Cmd on a Mac. It works even if single keys are switched off.
    pub ctrl: bool,
    pub shift: bool,
    /// How the page writes it.
    pub shown: &'static str,
    pub name: &'static str,
    pub command: PageCommand,
}

const fn single(
    keys: &'static [&'static str],
    shown: &'static str,
    name: &'static str,
    command: PageCommand,
) -> Shortcut {
    Shortcut { keys, ctrl: false, shift: false, shown, name, command }
}

const fn with_ctrl(
    keys: &'static [&'static str],
    shown: &'static str,
    name: &'static str,
    command: PageCommand,
) -> Shortcut {
    Shortcut { keys, ctrl: true, shift: false, shown, name, command }
}

pub static SHORTCUTS: [Shortcut; 14] = [
    // Whatever has the focus: Enter presses it.
    single(&[" "], "Space", "Play or pause", PageCommand::TogglePlay),
    single(&[","], ",", text::PREVIOUS_EVENT, PageCommand::PreviousEvent),
    single(&["."], ".", text::NEXT_EVENT, PageCommand::NextEvent),
    single(&["n"], "N", text::SKIP, PageCommand::Skip),
    single(&["["], "[", text::JUMP_BACK, PageCommand::JumpBack),
    single(&["]"], "]", text::JUMP_AHEAD, PageCommand::JumpAhead),
    single(&["+", "="], "+", text::FASTER, PageCommand::Faster),
    single(&["-"], "−", text::SLOWER, PageCommand::Slower),
    single(&["p"], "P", text::PRESENT, PageCommand::Change(Action::Present(true))),
    single(&["?"], "?", text::KEYS_TITLE, PageCommand::Change(Action::Open(Dialog::Keys))),
    with_ctrl(
        &["k", "K"],
        "Ctrl+K",
        text::PALETTE,
        PageCommand::Change(Action::Open(Dialog::Palette)),
    ),
    with_ctrl(&["z"], "Ctrl+Z", text::UNDO, PageCommand::Undo),
    Shortcut {
        keys: &["z", "Z"],
        ctrl: true,
        shift: true,
        shown: "Ctrl+Shift+Z",
        name: text::REDO,
        command: PageCommand::Redo,
    },
    with_ctrl(&["y"], "Ctrl+Y", text::REDO, PageCommand::Redo),
];

/// The key of a command, as the page writes it.
pub fn key_of(command: &PageCommand) -> Option<&'static str> {
    let found = SHORTCUTS.iter().find(|shortcut| shortcut.command == *command);
    found.map(|shortcut| shortcut.shown)
}

/// The command of a key. A digit moves to that server.
pub fn shortcut(event: &KeyboardEvent, single_keys: bool) -> Option<PageCommand> {
    let (key, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
    if !ctrl && !single_keys {
        return None;
    }
    if let ([digit @ b'1'..=b'9'], false) = (key.as_bytes(), ctrl) {
        return ServerId::new(usize::from(digit - b'0')).map(PageCommand::FocusServer);
    }
    let fits = |shortcut: &Shortcut| {
        shortcut.keys.contains(&key.as_str())
            && shortcut.ctrl == ctrl
            && (!ctrl || shortcut.shift == event.shift_key())
    };
    SHORTCUTS.iter().find(|shortcut| fits(shortcut)).map(|shortcut| shortcut.command.clone())
}

/// A key, and what it does.
pub type KeyRow = (&'static str, &'static str);

/// Keys that depend on what has the focus.
pub const KEY_SECTIONS: [(&str, &[KeyRow]); 3] = [
    (
        "On the stage",
        &[
            ("1 to 9", "Move to that server on the ring"),
            ("Arrow keys", "Move between servers, links and menu items"),
            ("Enter", "Open the menu of a server or a link"),
            ("Escape", "Close a menu, or deselect"),
        ],
    ),
    (
        "While you present",
        &[
            ("Page Down, Page Up", "Next or previous event that matters, as a clicker sends"),
            (". or B", "Blank the screen, or show it again"),
            ("V", "Show the next panel"),
            ("Escape", "Leave Present"),
        ],
    ),
    (
        "In the console",
        &[
            ("Down", "Select a suggestion"),
            ("Enter or Tab", "Insert the selected suggestion"),
            ("Enter", "Run the line, if no suggestion is selected"),
            ("Up", "Bring back an earlier line"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut keys = Vec::new();
        for Shortcut { keys: own, ctrl, shift, .. } in &SHORTCUTS {
            keys.extend(own.iter().map(|key| (*key, *ctrl, *shift)));
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "{keys:?}");
    }

    #[test]
    fn a_command_shows_its_first_key() {
        assert_eq!(key_of(&PageCommand::TogglePlay), Some("Space"));
        assert_eq!(key_of(&PageCommand::Redo), Some("Ctrl+Shift+Z"));
        assert_eq!(key_of(&PageCommand::OpenNew), None);
    }
}
