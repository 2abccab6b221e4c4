//! Texts about what makes a run differ from plain Raft.

use crate::raft::{Rule, ServerId};
use crate::script::act_line;
use crate::sim::{Act, Span};

use super::{latency_range, server};

/// The name of the list of chips.
pub const DEVIATIONS: &str = "How this run differs from plain Raft";
/// The name of the part of the list that is folded.
pub const MORE_DEVIATIONS: &str = "More deviations from plain Raft";

pub const NO_ELECTION_TIMEOUT_MEANS: &str =
    "Election timers never fire. An election starts only when an action fires a timer.";
pub const NO_HEARTBEAT_MEANS: &str =
    "Leaders send no heartbeats. They are heard only when they replicate entries.";
pub const SHORT_TIMEOUT_MEANS: &str = "An election timeout may fire before a reply or the next \
    heartbeat arrives, so leaders may be deposed for no reason (section 5.6).";
pub const RARE_HEARTBEAT_MEANS: &str = "An election timeout may fire between two heartbeats, so \
    leaders may be deposed for no reason (section 5.6).";
pub const SLOW_LINKS_MEANS: &str = "A round trip may take as long as an election timeout, so \
    elections may not end (section 5.6).";
pub const LOSS_MEANS: &str = "Links lose messages at random.";
pub const DUPLICATE_MEANS: &str = "Some messages arrive twice.";
pub const FIFO_MEANS: &str = "Links keep messages in order. Raft does not need that.";
pub const DISK_MEANS: &str = "A write takes time until it is stable. A crash before that loses it, \
    and a reply that promises it waits.";
pub const CLIENT_TIMEOUT_MEANS: &str = "Clients wait another time for an answer than one second.";
pub const RETRY_MEANS: &str = "Clients neither retry nor follow redirects.";
pub const PRE_VOTE_MEANS: &str = "A server first asks whether it could win an election, so that it \
    does not raise the term in vain (dissertation, section 9.6).";
pub const CHECK_QUORUM_MEANS: &str = "A leader that hears no majority steps down, and servers that \
    hear a leader ignore candidates (dissertation, sections 4.2.3 and 6.2).";
pub const CATCH_UP_MEANS: &str =
    "A new server gets its vote only once it has caught up (dissertation, section 4.2.1).";
pub const SNAPSHOT_MEANS: &str = "Servers replace applied entries by a snapshot (section 7).";
pub const MAX_ENTRIES_MEANS: &str = "The most entries in one AppendEntries.";
pub const MAX_INFLIGHT_MEANS: &str =
    "The most AppendEntries with entries that are in flight to one server at a time.";
pub const CUTS_MEANS: &str = "Cut links carry no messages. Removing this heals all links.";
pub const LINK_MEANS: &str = "This link has a latency or a loss of its own.";
pub const HELD_MEANS: &str = "They wait until they are released. Removing this delivers them.";
pub const LOAD_MEANS: &str = "All clients together keep sending commands.";
pub const GIVEN_LABEL: &str = "given logs";
pub const GIVEN_LOGS_MEANS: &str =
    "The script gives servers a term, a vote or a log before time 0.";
pub const GIVEN_FIXED: &str =
    "it describes the time before the run: remove the lines `given` from the script";
pub const NOT_A_LINE: &str = "it is no line of the script";

/// `majority off`, with the server if it is off on one alone.
pub fn rule_off_label(rule: Rule, on: Option<ServerId>) -> String {
    match on {
        Some(id) => format!("{rule} off on {}", server(id)),
        None => format!("{rule} off"),
    }
}

pub fn clock_label(id: ServerId, milli: u32) -> String {
    format!("{} clock ×{}", server(id), f64::from(milli) / 1_000.0)
}

pub fn clock_means(id: ServerId, milli: u32) -> String {
    let pace = if milli > 1_000 { "fast" } else { "slow" };
    let (id, factor) = (server(id), f64::from(milli) / 1_000.0);
    format!("{id}'s clock runs {pace}: {factor} times true time. So do its timers.")
}

pub fn disk_label(id: ServerId, own: Span) -> String {
    format!("{} {}", server(id), super::disk(own))
}

pub fn disk_means(id: ServerId, own: Span) -> String {
    let (id, takes) = (server(id), latency_range(own));
    format!(
        "{id}'s disk is its own: a write takes {takes} until it is stable. A reply that promises \
         it waits."
    )
}

pub fn cuts_label(cut: usize) -> String {
    match cut {
        1 => "1 link cut".to_owned(),
        _ => format!("{cut} links cut"),
    }
}

pub fn held_label(held: usize) -> String {
    match held {
        1 => "1 message held".to_owned(),
        _ => format!("{held} messages held"),
    }
}

/// An act that intercepts messages, and the act that ends it.
pub fn interception_means(act: &Act, end: &Act) -> String {
    format!(
        "{}. Removing this runs `{}`, which also delivers what is held and ends every narrower \
         statement.",
        act.title(),
        act_line(end)
    )
}

pub fn trigger_means(line: u32) -> String {
    format!("A trigger. Removing it removes line {line} of the script, and replays the run.")
}

pub fn repeat_means(line: u32) -> String {
    format!("It repeats. Removing it removes line {line} of the script, and replays the run.")
}

/// The name of the button that removes a deviation.
pub fn remove_deviation(label: &str) -> String {
    format!("Remove {label}")
}

/// Why a deviation stays.
pub fn stays(reason: &str) -> String {
    format!("It cannot be removed here: {reason}.")
}

/// The name of the button that shows the folded chips.
pub fn more_deviations(count: usize) -> String {
    match count {
        1 => "1 more deviation from plain Raft".to_owned(),
        _ => format!("{count} more deviations from plain Raft"),
    }
}
