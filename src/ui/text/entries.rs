//! Log entries: their copies, and why they are committed or not.

use crate::raft::{ClientId, Index, ServerId, ServerSet, Term};

use super::{moment, server, servers};
use crate::sim::Micros;

/// The heading of an entry's details.
pub fn entry_title(at: ServerId, index: Index, term: Term) -> String {
    format!("Entry {index} of term {term}, in {}'s log", server(at))
}

pub fn snapshot_title(at: ServerId, last: Index) -> String {
    format!("{}'s snapshot replaces entries 1 to {last}", server(at))
}

pub fn no_entry(at: ServerId, index: Index, last: Index) -> String {
    match last {
        0 => format!("{} has no entry {index}: its log is empty.", server(at)),
        last => format!("{} has no entry {index}: its log ends at {last}.", server(at)),
    }
}

pub fn entry_deleted(at: ServerId, index: Index, time_us: Micros) -> String {
    format!("{} deleted an entry {index} at {}:", server(at), moment(time_us))
}

/// `C1's command 3`.
pub fn clients_command(client: ClientId, serial: u64) -> String {
    format!("{client:#}'s command {serial}")
}

/// How many copies an entry has among a group of voters, and how many it needs.
pub fn copies(have: usize, needed: usize, of: usize) -> String {
    match have >= needed {
        true => format!("{have} of {of}, and {needed} are enough"),
        false => format!("{have} of {of}, and {needed} are needed"),
    }
}

/// The same, short: for the caption of the logs.
pub fn entry_is_on(index: Index, have: usize, needed: usize, of: usize) -> String {
    format!("entry {index} is on {have} of {of}, needs {needed}")
}

pub fn committed(known_by: ServerSet) -> String {
    match known_by.len() {
        1 => format!("{} knows that it is committed.", servers(known_by)),
        _ => format!("{} know that it is committed.", servers(known_by)),
    }
}

pub const NOT_APPLIED: &str = "not yet applied here";
pub const APPLIED: &str = "applied here";
pub const NOT_COMMITTED: &str = "Not committed, as far as any running server knows.";

// Why an entry is not committed.

pub const OPEN_NO_LEADER: &str = "There is no leader, and only a leader commits.";

pub fn open_conflicts(leader: ServerId, term: Term, theirs: Term) -> String {
    let leader = server(leader);
    format!(
        "{leader} leads term {term} and has an entry of term {theirs} at this index. Its \
         AppendEntries delete this one."
    )
}

pub fn open_leader_lacks(leader: ServerId, term: Term, last: Index) -> String {
    let leader = server(leader);
    format!(
        "{leader} leads term {term}, and its log ends at {last}. A leader takes no entries from \
         others: its next ones replace this one."
    )
}

pub fn open_old_term(leader: ServerId, term: Term, entry: Term, own: Option<Index>) -> String {
    let leader = server(leader);
    let waits = match own {
        Some(own) => format!("It is committed together with entry {own} of term {term}."),
        None => format!("It waits for an entry of term {term} after it."),
    };
    format!(
        "{leader} leads term {term} and commits only entries of its own term by counting copies; \
         this one is of term {entry} (section 5.4.2). {waits}"
    )
}

pub fn open_too_few(have: usize, needed: usize, lacking: &[String]) -> String {
    let of = if lacking.is_empty() {
        String::new()
    } else {
        format!(" Without a copy: {}.", lacking.join(", "))
    };
    format!("It has {have} of the {needed} copies that it needs.{of}")
}

pub fn open_not_acknowledged(leader: ServerId, known: usize, needed: usize) -> String {
    let leader = server(leader);
    format!(
        "It is on enough servers, but {leader} knows of {known} and needs {needed}: the replies \
         are not there yet."
    )
}

pub fn open_leader_paused(leader: ServerId) -> String {
    format!("{} leads and is paused.", server(leader))
}

// Snapshots.

pub const SNAPSHOT_VALUES: &str = "What the snapshot holds";
pub const SNAPSHOT_WITHOUT_KEYS: &str = "It holds no keys.";

pub fn more_keys(count: usize) -> String {
    format!("and {count} more keys")
}
