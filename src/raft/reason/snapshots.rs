//! Compaction and snapshots (section 7).

use super::words::{Counted, Reason, Topic};
use crate::raft::types::{Index, ServerId, Term};

const COMPACT: &str = "compact applied entries";
const SEND: &str = "send a snapshot for compacted entries";
const KEEP: &str = "keep the log if it matches";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SnapshotWhy {
    /// A snapshot replaces the entries from `first` to `last`.
    Compacted {
        first: Index,
        last: Index,
    },
    NothingToCompact {
        applied: Index,
    },
    /// The log has lost applied entries; a rule is off, or a message was forged.
    AppliedMissing {
        applied: Index,
        last: Index,
    },
    Needed {
        to: ServerId,
        next: Index,
        last_index: Index,
    },
    ChunkReceived {
        last_index: Index,
        items: usize,
    },
    ChunkAcknowledged {
        from: ServerId,
        items: usize,
    },
    ChunkResent {
        to: ServerId,
    },
    /// `discarded` is 0 if the log matches the snapshot.
    Installed {
        last_index: Index,
        discarded: u64,
    },
    NotNeeded {
        last_index: Index,
        commit: Index,
    },
    /// A reply that does not answer the piece in flight.
    LateReply {
        from: ServerId,
        term: Term,
    },
}

impl SnapshotWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            SnapshotWhy::LateReply { .. } => Topic::Messages,
            SnapshotWhy::Compacted { .. }
            | SnapshotWhy::NothingToCompact { .. }
            | SnapshotWhy::AppliedMissing { .. }
            | SnapshotWhy::Needed { .. }
            | SnapshotWhy::ChunkReceived { .. }
            | SnapshotWhy::ChunkAcknowledged { .. }
            | SnapshotWhy::ChunkResent { .. }
            | SnapshotWhy::Installed { .. }
            | SnapshotWhy::NotNeeded { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let items = |items: usize| Counted(items as u64, "item", "items");
        let (principle, fact, decision) = match *self {
            SnapshotWhy::Compacted { first, last } => {
                let entries = match first == last {
                    true => format!("entry {last}"),
                    false => format!("entries {first} to {last}"),
                };
                let fact = format!("entries up to {last} are applied");
                (COMPACT, fact, format!("a snapshot replaces {entries}"))
            }
            SnapshotWhy::NothingToCompact { applied } => {
                let fact = match applied {
                    0 => "nothing is applied yet".to_string(),
                    _ => format!("nothing was applied since the snapshot up to {applied}"),
                };
                (COMPACT, fact, "takes no new snapshot".to_string())
            }
            SnapshotWhy::AppliedMissing { applied, last } => (
                COMPACT,
                format!("entries up to {applied} are applied, but the log ends at {last}"),
                "takes no new snapshot".to_string(),
            ),
            SnapshotWhy::Needed { to, next, last_index } => (
                SEND,
                format!("{to:#} needs entry {next}, which is compacted"),
                format!("sends the snapshot up to {last_index}"),
            ),
            SnapshotWhy::ChunkReceived { last_index, items: count } => (
                SEND,
                format!("it has {} of the snapshot up to {last_index}", items(count)),
                "waits for the rest".to_string(),
            ),
            SnapshotWhy::ChunkAcknowledged { from, items: count } => (
                SEND,
                format!("{from:#} has {} of the snapshot", items(count)),
                "sends the next piece".to_string(),
            ),
            SnapshotWhy::ChunkResent { to } => (
                SEND,
                format!("{to:#} replied to a later message only"),
                "sends the piece of the snapshot again".to_string(),
            ),
            SnapshotWhy::Installed { last_index, discarded } => {
                let (fact, decision) = installed(last_index, discarded);
                (KEEP, fact, decision)
            }
            SnapshotWhy::NotNeeded { last_index, commit } => (
                KEEP,
                format!(
                    "the snapshot ends at {last_index}, and the log is committed up to {commit}"
                ),
                "does not install it".to_string(),
            ),
            SnapshotWhy::LateReply { from, term } => (
                "ignore late messages",
                format!("{from:#}'s reply of term {term} does not answer the piece sent last"),
                "ignores it".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, "section 7", fact, decision)
    }
}

fn installed(last_index: Index, discarded: u64) -> (String, String) {
    let fact = format!("the snapshot up to {last_index} is complete");
    if discarded == 0 {
        return (fact, "installs it".to_string());
    }
    let entries = Counted(discarded, "entry", "entries");
    (format!("{fact} and the log does not match it"), format!("installs it, discards {entries}"))
}
