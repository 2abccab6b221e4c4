//! Every sentence and name on the page, in one place.

mod actions;
mod deviations;
mod entries;
mod exports;
mod gallery;
mod help;
mod history;
mod inspector;
mod lab;
mod links;
mod make_challenge;
mod membership;
mod messages;
mod narration;
mod operations;
mod rules;
mod session;
mod settings;
mod timeline;
mod travel;
mod verdict;
mod violations;

pub use actions::*;
pub use deviations::*;
pub use entries::*;
pub use exports::*;
pub use gallery::*;
pub use help::*;
pub use history::*;
pub use inspector::*;
pub use lab::*;
pub use links::*;
pub use make_challenge::*;
pub use membership::*;
pub use messages::*;
pub use narration::*;
pub use operations::*;
pub use rules::*;
pub use session::*;
pub use settings::*;
pub use timeline::*;
pub use travel::*;
pub use verdict::*;
pub use violations::*;

use crate::raft::{ClientId, ServerId, ServerSet, Topic};
use crate::sim::{Duration, Factor, Micros, Span};
use crate::ui::state::{Dialog, Selection, Tab, Theme};

pub const NAME: &str = "Raftarium";

/// A moment of simulated time: seconds with milliseconds.
pub fn moment(time_us: Micros) -> String {
    format!("{}.{:03} s", time_us / 1_000_000, time_us / 1_000 % 1_000)
}

/// A length of time, in milliseconds with one digit.
pub fn milliseconds(us: Micros) -> String {
    format!("{}.{} ms", us / 1000, us / 100 % 10)
}

/// `S1`.
pub fn server(id: ServerId) -> String {
    format!("S{}", id.number())
}

/// `C1`.
pub fn client(id: ClientId) -> String {
    format!("C{}", id.number())
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

pub fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Inspect => "Inspect",
        Tab::Events => "Events",
        Tab::Rules => RULES,
        Tab::Servers => "Servers",
        Tab::Clients => "Clients",
        Tab::Stores => "Stores",
        Tab::Console => "Console",
        Tab::Script => "Script",
        Tab::Branches => "Branches",
    }
}

pub fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Elections => "Elections",
        Topic::Replication => "Replication",
        Topic::Membership => "Membership",
        Topic::Clients => "Clients",
        Topic::Faults => "Faults",
        Topic::Messages => "Messages",
    }
}

pub fn dialog(dialog: Dialog) -> &'static str {
    match dialog {
        Dialog::Settings => "Settings",
        Dialog::Help => "Help",
        Dialog::Partition => "Partition",
        Dialog::Link(..) => "Latency and loss",
        Dialog::Share => "Share",
        Dialog::Export => EXPORT,
        Dialog::Compare => COMPARE,
        Dialog::MakeChallenge => MAKE_CHALLENGE,
        Dialog::Palette => PALETTE,
        Dialog::Keys => KEYS_TITLE,
        Dialog::Glossary(_) => GLOSSARY,
        Dialog::Legend => LEGEND_TITLE,
    }
}

/// The name of the button that changes the theme: the theme that is on.
pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Theme: system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    }
}

// The controls.

pub const TIMELINE: &str = "Timeline";
pub const TIME_CONTROLS: &str = "Playback";
pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const NEXT_EVENT: &str = "Next event";
pub const NOTHING_NEXT: &str = "No events are pending. Click a server or send a command.";
/// A skip found nothing that matters.
pub fn only_heartbeats(until_us: Micros) -> String {
    format!("Only heartbeats up to {}. Click a server or send a command.", moment(until_us))
}

pub const SKIP: &str = "Skip to the next thing that matters";
pub const SPEED: &str = "Speed";
pub const ADAPTIVE: &str = "Adaptive pace";
pub const ADAPTIVE_MEANS: &str =
    "Adaptive pace: slower while votes and new entries fly, quicker through idle heartbeats";
pub const RESET: &str = "Reset";
pub const RESET_MEANS: &str = "Go back to the start of this script, without your actions";
pub const NEW: &str = "New";
pub const NEW_MEANS: &str = "Start over with a new cluster";
pub const HEAL: &str = "Heal";
pub const NOTHING_CUT: &str = "No link is cut";
pub const DRAW_HINT: &str = "Drag across the ring to partition it, or click anything.";

/// Why an act is not possible.
pub fn cannot(reason: &str) -> String {
    format!("Not done: {reason}.")
}

// The command row.

pub const COMMAND_LINE: &str = "Send a command";
pub const COMMAND_MEANS: &str =
    "A client's command, such as set x 1 or get x, or any other line, such as crash leader";
pub const COMMAND_EXPECTED: &str =
    "Type a command, such as set x 1 or get x, or any other line, such as crash leader.";

// Safety.

pub const DISMISS: &str = "Dismiss";
pub const DISMISS_VIOLATION: &str = "Dismiss the violation";
/// `headline` says what contradicts what: "two leaders in term 2".
pub fn violation_title(property: &str, headline: &str) -> String {
    format!("{} is broken: {headline}", property_title(property))
}

pub fn violation_announcement(property: &str, headline: &str) -> String {
    format!("{}. Time is paused.", violation_title(property, headline))
}

pub const NO_CULPRIT: &str =
    "No rule was off in what led here, no clock drifted and nothing was injected.";
pub const CHAIN_CUT: &str = "Earlier events were not kept.";

/// What a screen reader calls the chain of a side, such as "S1 leads term 2".
pub fn way_to(side: &str) -> String {
    format!("How it came about that {side}")
}

/// The text with a capital first letter.
pub fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The property as the paper writes it: `Election Safety` for `election-safety`.
fn property_title(property: &str) -> String {
    match property {
        "leader-append-only" => "Leader Append-Only".to_string(),
        _ => property.split('-').map(capitalized).collect::<Vec<_>>().join(" "),
    }
}

// The stage.

pub const STAGE: &str = "Cluster";
pub const DISMISS_HINT: &str = "Dismiss the hint";
pub const HINT_WATCH: &str = "Watch the rings: the first timer that fires starts an election.";
pub const HINT_ELECTION: &str =
    "No leader sends heartbeats now. The next election timer that fires starts an election.";

pub fn hint_crash(leader: ServerId) -> String {
    format!("{} leads. Click it and crash it.", server(leader))
}

pub fn hint_command(leader: ServerId) -> String {
    format!(
        "{} leads now. Send it a command here, such as set x 1, or draw a partition.",
        server(leader)
    )
}

/// The item of a menu that shows the items that do not apply.
pub const MORE: &str = "More";

pub fn do_not_apply(count: usize) -> String {
    format!("{count} do not apply now")
}

/// `S4 votes for S3`.
pub fn vote(voter: ServerId, candidate: ServerId, granted: bool, pre_vote: bool) -> String {
    let verb = match (pre_vote, granted) {
        (false, true) => "votes for",
        (false, false) => "rejects",
        (true, true) => "would vote for",
        (true, false) => "would not vote for",
    };
    format!("{} {verb} {}", server(voter), server(candidate))
}

/// Parts per million as a percentage: `5 %`.
pub fn percent(ppm: u32) -> String {
    format!("{} %", f64::from(ppm) / 10_000.0)
}

/// `Rule off: majority`, with the servers unless it is off on all.
pub fn rule_off(rule: &str, on: Option<ServerSet>) -> String {
    match on {
        Some(set) => format!("Rule off on {}: {rule}", servers(set)),
        None => format!("Rule off: {rule}"),
    }
}

pub fn links_lose(ppm: u32) -> String {
    format!("Links lose {}", percent(ppm))
}

/// A clock's speed in thousandths, beside its server: `×1.5`.
pub fn clock(milli: u32) -> String {
    format!("×{}", Factor(milli))
}

/// The same for screen readers.
pub fn clock_spoken(milli: u32) -> String {
    format!("its clock runs at {} times the true speed", Factor(milli))
}

/// The time that writes take on a disk of a server's own: `disk 40–60 ms`.
pub fn disk(own: Span) -> String {
    format!("disk {}", latency_range(own))
}

/// The longest of these times, where there is little room: `60ms`.
pub fn disk_short(own: Span) -> String {
    Duration(own.to_us).to_string()
}

/// The same for screen readers.
pub fn disk_spoken(own: Span) -> String {
    format!("its disk takes {} for a write", latency_range(own))
}

/// A side of a partition, and how many of the voters run there: `S3–S5:`, `3 of 5, a majority`.
pub fn side(side: ServerSet, voters: usize, of: usize, majority: bool) -> (String, String) {
    let verdict = if majority { ", a majority" } else { "" };
    (format!("{}:", server_ranges(side)), format!("{voters} of {of}{verdict}"))
}

// The panels.

pub const CLOSE_SHEET: &str = "Close the panel";

pub const LATEST_EVENT: &str = "What happened last";
pub const WHY_EMPTY: &str =
    "Select a server on the ring, or an event, to see what it decided and why.";
/// Of what the inspector has no details.
pub fn unexplained(selection: Selection) -> String {
    format!("You selected {}. Its decisions are listed under Events.", selected(selection))
}

/// What is selected, in a few words.
pub fn selected(selection: Selection) -> String {
    match selection {
        Selection::Server(id) => server(id),
        Selection::Link(a, b) => format!("the link {a:#} to {b:#}"),
        Selection::Message(id) => format!("message {id}"),
        Selection::Entry { server, index } => format!("entry {index} of {server:#}"),
        Selection::Event(id) => format!("event {id}"),
        Selection::Operation { client, serial } => format!("command {serial} of {client:#}"),
        Selection::Client(id) => format!("{id:#}"),
    }
}

pub const NO_DECISIONS: &str = "This server has not decided anything yet.";
pub const EVENTS_EMPTY: &str = "No events of these kinds yet.";
pub const CLIENTS_EMPTY: &str = "This cluster has no clients. Add some under Settings.";
pub const OPERATIONS_EMPTY: &str =
    "No commands yet. Send one and watch it being replicated, committed and answered.";
pub const FITS_NO_ORDER: &str = "fits no order";
pub const FITS_NO_ORDER_MEANS: &str =
    "No order of the commands explains this answer: linearizability is broken.";
pub const STORES_EMPTY: &str =
    "The state machines are empty. A committed set command writes a key on every server.";
pub const LOGS_EMPTY: &str = "Empty until the first leader appends its no-op.";
pub const TRUNCATED: &str = "deleted: it conflicted with the leader's log";
pub const COMMIT_FORGOTTEN: &str = "committed and on disk; a crash forgets the commit index";
pub const COMMIT_UNKNOWN_HERE: &str = "committed, which this server does not know yet";
pub const COMPACTED: &str = "compacted: the snapshot replaces this entry";
pub const CONSOLE_EMPTY: &str = "Enter a line of the script language, such as crash leader, cut \
    s1 -> s2, set x 3, status or help. Down selects a suggestion, Enter or Tab accepts it, \
    Escape closes the list.";

/// The selected event is older than the journal.
pub fn forgotten(id: u64) -> String {
    format!("Event {id} is too old: it is no longer recorded.")
}

/// The rule and section behind a reason.
pub fn source(time_us: Micros, rule: &str, section: &str) -> String {
    format!("{} · {rule} · {section}", moment(time_us))
}

/// What a chain of causes says of an action.
pub const ACTION: &str = "your action, or the script's";

/// The rule and section behind a reason, without its moment.
pub fn principle(rule: &str, section: &str) -> String {
    format!("{rule} · {section}")
}

/// Whose next and match indexes the log table marks.
pub fn markers(leader: Option<ServerId>) -> String {
    match leader {
        Some(leader) => format!("as {} sees its followers", server(leader)),
        None => "there is no leader".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_the_papers_names() {
        assert_eq!(property_title("election-safety"), "Election Safety");
        assert_eq!(property_title("leader-append-only"), "Leader Append-Only");
        assert_eq!(property_title("state-machine-safety"), "State Machine Safety");
        assert_eq!(property_title("linearizability"), "Linearizability");
    }
}
