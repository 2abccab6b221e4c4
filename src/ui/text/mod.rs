//! Every sentence and name on the page, in one place.

mod help;
mod session;
mod travel;

pub use help::*;
pub use session::*;
pub use travel::*;

use crate::check::Verdict;
use crate::raft::{ServerId, ServerSet};
use crate::sim::Micros;

use crate::ui::state::{Dialog, Tab, Theme, Topic};

/// What stands in a log where a snapshot has taken the place of an entry.
pub const COMPACTED: &str = "compacted: the snapshot stands for it";

/// The name of the page.
pub const NAME: &str = "Raftarium";

/// `S1`, as the page writes a server.
pub fn server(id: ServerId) -> String {
    format!("S{}", id.number())
}

/// `S1`, or a dash.
pub fn server_or_dash(id: Option<ServerId>) -> String {
    id.map_or_else(|| "–".to_string(), server)
}

/// `S1, S2`.
pub fn servers(set: ServerSet) -> String {
    let names: Vec<String> = set.iter().map(server).collect();
    names.join(", ")
}

/// A moment of simulated time: seconds with milliseconds.
pub fn moment(time_us: Micros) -> String {
    format!("{}.{:03} s", time_us / 1_000_000, time_us / 1_000 % 1_000)
}

/// A length of time, in milliseconds with one digit.
pub fn milliseconds(us: Micros) -> String {
    format!("{}.{} ms", us / 1000, us / 100 % 10)
}

/// The name of a tab.
pub fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Why => "Why",
        Tab::Events => "Events",
        Tab::Clients => "Clients",
        Tab::Stores => "Stores",
        Tab::Console => "Console",
        Tab::Script => "Script",
        Tab::Branches => "Branches",
    }
}

/// The name of a topic.
pub fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Elections => "Elections",
        Topic::Replication => "Replication",
        Topic::Clients => "Clients",
        Topic::Faults => "Faults",
        Topic::Messages => "Messages",
    }
}

/// The name of a dialog.
pub fn dialog(dialog: Dialog) -> &'static str {
    match dialog {
        Dialog::Settings => "Settings",
        Dialog::Help => "Help",
        Dialog::Partition => "Partition",
        Dialog::Share => "Share",
    }
}

/// What the button for the next theme says.
pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    }
}

/// Play.
pub const PLAY: &str = "Play";
/// Pause.
pub const PAUSE: &str = "Pause";
/// A single step.
pub const NEXT_EVENT: &str = "Next event";
/// The speed slider.
pub const SPEED: &str = "Speed";
/// Heals every link.
pub const HEAL: &str = "Heal";
/// Why Heal cannot be pressed.
pub const NOTHING_CUT: &str = "No link is cut";
/// The stage.
pub const STAGE: &str = "Cluster";
/// Every property holds.
pub const SAFE: &str = "safe";
/// What that means.
pub const SAFE_MEANS: &str = "After every event the five safety properties of the paper's figure 3 are checked, and with every answer the clients' history. No violation was found.";
/// A property does not hold.
pub const UNSAFE: &str = "violated";
/// A single step, and nothing is to come.
pub const NOTHING_NEXT: &str = "Nothing happens any more until you do something.";
/// How to draw a partition.
pub const DRAW_HINT: &str =
    "Drag a line across the ring to partition it. Click a server or a link to act on it.";

/// The speed in words, for the slider.
pub fn speed_spoken(words: &str) -> String {
    if words == "1" { "real time".to_string() } else { format!("{words} of real time") }
}

/// Why an act could not be done.
pub fn cannot(reason: &str) -> String {
    format!("Not done: {reason}.")
}

/// What a screen reader is told of a violation.
pub fn violation_announcement(property: &str) -> String {
    format!("Stopped: {property} is violated.")
}

/// A newcomer's first hint, before there is a leader.
pub const HINT_WATCH: &str =
    "Watch the rings run out. The first server whose timer ends asks the others for their votes.";

/// A newcomer's first hint: the one obvious thing to do.
pub fn hint_crash(leader: ServerId) -> String {
    format!("{} leads. Click it and crash it.", server(leader))
}

/// The leader is down.
pub const HINT_ELECTION: &str =
    "Nobody sends heartbeats now. The first timer to run out starts the next election.";

/// There is another leader.
pub fn hint_command(leader: ServerId) -> String {
    format!("{} leads now. Send it a command under Clients, or draw a partition.", server(leader))
}

/// Dismisses the hint.
pub const DISMISS_HINT: &str = "Dismiss the hint";

/// Nothing is selected.
pub const WHY_EMPTY: &str =
    "Choose a server on the ring, or an event, to see what it decided and why.";
/// A server that has decided nothing.
pub const NO_DECISIONS: &str = "It has decided nothing yet.";
/// No event passes the filters.
pub const EVENTS_EMPTY: &str = "Nothing of this kind has happened yet.";
/// There are no clients.
pub const CLIENTS_EMPTY: &str = "This cluster has no clients. Settings can give it some.";
/// What the clients' history is.
pub fn history(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Linearizable => "The history so far is linearizable.".to_string(),
        Verdict::Violated { text } => {
            format!("The history is not linearizable: {}.", with_names(text))
        }
        Verdict::Undecided { from } => {
            format!(
                "Whether the history is linearizable is undecided from {} on.",
                with_names(from)
            )
        }
    }
}

/// A client has asked nothing.
pub const OPERATIONS_EMPTY: &str =
    "No command yet. Send one, and see it travel, be replicated, committed and answered.";
/// No state machine holds a key.
pub const STORES_EMPTY: &str =
    "The state machines are empty. A committed set command puts a key here, on every server.";
/// No log holds an entry.
pub const LOGS_EMPTY: &str = "Empty until the first leader appends its no-op.";
/// What was typed as a command is none.
pub const COMMAND_EXPECTED: &str =
    "A command is set K V, get K, delete K or cas K OLD NEW. The console takes all other lines.";
/// The console has said nothing.
pub const CONSOLE_EMPTY: &str = "One line of the language at a time: crash leader, cut s1 -> s2, set x 3, status, help. \
     Down goes to the suggestions, Enter or Tab takes one, Escape closes them.";

/// The event is forgotten.
pub fn forgotten(id: u64) -> String {
    format!("Event {id} is so old that it is not kept any more.")
}

/// A reason's rule and section.
pub fn source(time_us: Micros, rule: &str, section: &str) -> String {
    format!("{} · {rule} · {section}", moment(time_us))
}

/// What kind of end a chain of causes has.
pub fn origin(act: bool) -> &'static str {
    if act { "your act, or the script's" } else { "the start" }
}

/// Where the markers of the log table come from.
pub fn markers(leader: Option<ServerId>) -> String {
    match leader {
        Some(leader) => format!("as {} sees its followers", server(leader)),
        None => "no leader now".to_string(),
    }
}

/// What restarts the cluster, and what does not.
pub const SETTINGS_LIVE: &str = "These apply at once, to the cluster that runs.";
/// What a new cluster loses.
pub const SETTINGS_NEW: &str =
    "These make a new cluster: the present one, its logs and its events are given up.";
/// A range that is none.
pub const RANGE_WRONG: &str = "Give two whole numbers of milliseconds, the smaller first.";

/// What a partition is.
pub const PARTITION_MEANS: &str =
    "Servers in different groups cannot reach each other. Clients still reach every server.";
/// A partition of one group is none.
pub const PARTITION_ONE: &str = "Put at least one server into another group.";

/// The title of a violation.
pub fn violation_title(property: &str) -> String {
    format!("Stopped: {property} is violated")
}

/// A sentence of the simulator with servers and clients named as on the stage: `S1` for `s1`.
pub fn with_names(sentence: &str) -> String {
    let letters: Vec<char> = sentence.chars().collect();
    let word = |place: Option<usize>| {
        place.and_then(|place| letters.get(place)).is_some_and(|letter| is_word(*letter))
    };
    let is_name = |place: usize| {
        matches!(letters[place], 's' | 'c')
            && letters.get(place + 1).is_some_and(|digit| ('1'..='9').contains(digit))
            && !word(place.checked_sub(1))
            && !word(Some(place + 2))
    };
    let shown = letters
        .iter()
        .enumerate()
        .map(|(place, letter)| if is_name(place) { letter.to_ascii_uppercase() } else { *letter });
    shown.collect()
}

/// Whether a name would go on with that letter. Beyond ASCII all are letters but the signs that
/// commands are written with.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || !letter.is_ascii() && !matches!(letter, '←' | '→' | '∅')
}
