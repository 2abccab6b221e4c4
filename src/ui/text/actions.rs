//! The palette, the keys, the glossary and the legend.

use crate::raft::{Rule, ServerId};
use crate::ui::state::Tab;

use super::{server, tab};

pub const PALETTE: &str = "Search actions";
pub const PALETTE_EXAMPLE: &str = "crash leader, heal, dark, what is a quorum...";
pub const NO_ACTION: &str = "No action matches. Try fewer letters.";
pub const KEYS_TITLE: &str = "Keyboard shortcuts";
pub const KEYS_MEAN: &str = "Single keys work while no text field has the focus. On a Mac, press \
    Cmd where this says Ctrl.";
pub const SINGLE_KEYS: &str = "Single-key shortcuts";
pub const GLOSSARY: &str = "Glossary";
pub const GLOSSARY_MEANS: &str = "Paper is Ongaro and Ousterhout, \"In Search of an \
    Understandable Consensus Algorithm (Extended Version)\"; dissertation is Ongaro, \
    \"Consensus: Bridging Theory and Practice\".";
pub const SEARCH_GLOSSARY: &str = "Search the glossary";
pub const NO_TERM: &str = "No term matches. Try fewer letters.";
pub const PRESENT: &str = "Present";
pub const PRESENT_MEANS: &str = "Large type for a projector, one panel at a time";
pub const BLANK: &str = "The screen is blank. Press B or click to show the page again.";
pub const LEGEND_TITLE: &str = "Legend";
pub const LEGEND_ON_PAGE: &str = "Legend on the page";

pub const NO_LEADER: &str = "there is no leader";
pub const TOO_FEW_SERVERS: &str = "three servers are needed";
pub const ALREADY_SO: &str = "already so";
pub const OPEN_PARTITION: &str = "Partition the cluster: choose groups";
pub const PARTITION_LEADER: &str = "Partition: the leader and one server, the others";
pub const ISOLATE_LEADER: &str = "Isolate the leader";
pub const HEAL_ALL: &str = "Heal all links";
pub const CRASH_LEADER: &str = "Crash the leader";
pub const RESTART_ALL: &str = "Restart all crashed servers";

/// The action that turns it off where it is on, and on where it is off.
pub fn toggled(name: &str, is_on: bool) -> String {
    format!("{name}: turn {}", if is_on { "off" } else { "on" })
}

/// The name of the button that begins or ends the presentation.
pub fn present(presenting: bool) -> &'static str {
    if presenting { "Leave Present" } else { PRESENT }
}

pub fn show_tab(front: Tab) -> String {
    format!("Show {}", tab(front))
}

pub fn go_to_server(id: ServerId) -> String {
    format!("Go to {}", server(id))
}

pub fn rule_named(rule: Rule) -> String {
    format!("Rule {rule}")
}

/// An item of the menu of that place: `S1: Crash`.
pub fn menu_item(place: &str, item: &str) -> String {
    format!("{place}: {item}")
}

/// The number of actions or terms that match.
pub fn matches(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// The actions below the listed ones.
pub fn more(count: usize) -> String {
    format!("{count} more: type to find them.")
}
