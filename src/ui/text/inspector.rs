//! The inspector: its questions, and what it says of silent leaders and of changes.

use crate::raft::{Entry, Index, Role, ServerId, ServerSet, Term};
use crate::sim::{Activity, Event, Micros, ServerChange, ServerState};
use crate::ui::state::Selection;

use super::{command, milliseconds, moment, server, servers};

/// `Why is S1 the leader of term 2?`
pub fn why_question(id: ServerId, state: &ServerState) -> String {
    let name = server(id);
    match state.activity {
        Activity::Crashed => format!("Why is {name} crashed?"),
        Activity::Paused => format!("Why is {name} paused?"),
        Activity::Running => why_role(id, state.role, state.term),
    }
}

pub fn why_role(id: ServerId, role: Role, term: Term) -> String {
    let article = match role {
        Role::Leader => return format!("Why is {} the leader of term {term}?", server(id)),
        Role::Follower | Role::PreCandidate | Role::Candidate | Role::Learner => "a",
    };
    format!("Why is {} {article} {} in term {term}?", server(id), role.name())
}

/// Who acted in that event.
fn actor(event: &Event) -> &'static str {
    if event.cause.is_some() { "a trigger" } else { "you" }
}

pub fn crashed_leader(event: &Event, leader: ServerId) -> String {
    format!("{} crashed the leader {leader:#} → its heartbeats stopped", actor(event))
}

pub fn paused_leader(event: &Event, leader: ServerId) -> String {
    format!("{} paused the leader {leader:#} → its heartbeats stopped", actor(event))
}

pub fn cut_from_leader(event: &Event, leader: ServerId, to: ServerId) -> String {
    let actor = actor(event);
    format!("{actor} cut the link from the leader {leader:#} → {to:#} does not hear it")
}

pub fn stepped_down(leader: ServerId) -> String {
    format!("{leader:#} stepped down → its heartbeats stopped")
}

pub fn heartbeat_lost(leader: ServerId, to: ServerId) -> String {
    format!("a message of the leader {leader:#} was lost → {to:#} did not hear it")
}

/// Of an election timer that fired.
pub fn silent_since(leader: ServerId, since_us: Micros, quiet_us: Micros) -> String {
    let (since, quiet) = (moment(since_us), milliseconds(quiet_us));
    format!("last heard from the leader {leader:#} at {since}, {quiet} before")
}

/// Of an election timer that no leader had set.
pub fn timer_set(since_us: Micros, quiet_us: Micros) -> String {
    format!("its timer was set at {}, {} before", moment(since_us), milliseconds(quiet_us))
}

/// What an event removed from a log.
pub fn removed_entries(from: Index, change: &ServerChange) -> String {
    match change.before.last_index {
        last if last == from => format!("entry {from} removed"),
        last => format!("entries {from} to {last} removed"),
    }
}

/// What an event added to a log.
pub fn added_entry(index: Index, entry: &Entry) -> String {
    format!("entry {index} added: term {}, {}", entry.term, command(&entry.command))
}

/// The name of the button that follows a value up.
pub fn follow_up(name: &str, value: &str, set_by: &str) -> String {
    format!("{name} {value}, set by: {set_by}. Go there")
}

pub const SET_EARLIER: &str = "an event that is no longer listed";
pub const CHAIN_IS_CUT: &str = "Earlier causes are no longer recorded.";
pub const NO_SOURCE: &str = "It has this value since the start, or was set too long ago.";
pub const GO_TO_EVENT: &str = "Go to this moment";

pub fn more_consequences(count: usize) -> String {
    if count == 1 { "and 1 more event".to_owned() } else { format!("and {count} more events") }
}

pub const WHY_EVENT: &str = "Why did this happen?";
pub const CHAIN_NAME: &str = "The event and its causes, the newest first";
pub const CONSEQUENCES: &str = "What came of it";
pub const NEWEST_DECISIONS: &str = "Newest decisions";
pub const NO_MESSAGES: &str = "No message is on the way.";

pub fn other_decisions(count: usize) -> String {
    if count == 1 { "1 more decision".to_owned() } else { format!("{count} more decisions") }
}

pub fn changes_of(id: ServerId) -> String {
    format!("{id:#} changed")
}

pub fn link_title(a: ServerId, b: ServerId) -> String {
    format!("The link between {a:#} and {b:#}")
}

pub fn direction(from: ServerId, to: ServerId, up: bool) -> String {
    format!("{from:#} to {to:#}: {}", if up { "carries messages" } else { "cut" })
}

pub fn commit_reaches(index: Index, reached: ServerSet) -> String {
    format!("Commit index {index} reaches {}", servers(reached))
}

pub fn appends_reach(leader: ServerId, reached: ServerSet) -> String {
    format!("AppendEntries from {leader:#} reaches {}", servers(reached))
}

pub fn accepts_reach(leader: ServerId, accepting: ServerSet) -> String {
    format!("{} accept the entries of {leader:#}", servers(accepting))
}

/// A round of heartbeats with the replies.
pub fn heartbeat_round(leader: ServerId, reached: ServerSet, lost: usize) -> String {
    let round = match reached.is_empty() {
        true => format!("Heartbeats of {leader:#}"),
        false => format!("Heartbeats of {leader:#} reach {}", servers(reached)),
    };
    match lost {
        0 => round,
        1 => format!("{round}; 1 message is lost"),
        lost => format!("{round}; {lost} messages are lost"),
    }
}

pub fn events_in_round(count: usize) -> String {
    format!("{count} events")
}

pub const EVENTS_NAME: &str = "Events, the newest first";
pub const CHOSEN_EVENT: &str = "The chosen event";
pub const CLOSE: &str = "Close";

/// What the tab of the inspector adds to its name.
pub fn short_name(selection: Selection) -> Option<String> {
    match selection {
        Selection::Server(id) => Some(server(id)),
        Selection::Client(id) => Some(format!("{id:#}")),
        Selection::Link(a, b) => Some(format!("{a:#}–{b:#}")),
        Selection::Message(_)
        | Selection::Entry { .. }
        | Selection::Event(_)
        | Selection::Operation { .. } => None,
    }
}
