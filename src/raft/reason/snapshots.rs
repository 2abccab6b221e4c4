//! Compaction and snapshots (section 7).

use super::words::{Counted, Reason, Topic};
use crate::raft::types::{Index, ServerId};

const COMPACT: &str = "compact applied entries";
const SEND: &str = "send a snapshot for compacted entries";
const KEEP: &str = "keep the log if it matches";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SnapshotWhy {
    Compacted {
        last_index: Index,
        entries: u64,
    },
    NothingToCompact {
        applied: Index,
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
}

impl SnapshotWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Replication
    }

    pub(super) fn describe(&self) -> Reason {
        let items = |items: usize| Counted(items as u64, "item", "items");
        let (principle, fact, decision) = match *self {
            SnapshotWhy::Compacted { last_index, entries } => {
                let entries = Counted(entries, "of them", "of them");
                (
                    COMPACT,
                    format!("entries up to {last_index} are applied"),
                    format!("a snapshot replaces the last {entries}"),
                )
            }
            SnapshotWhy::NothingToCompact { applied } => (
                COMPACT,
                format!("nothing was applied since the snapshot up to {applied}"),
                "takes no new snapshot".to_string(),
            ),
            SnapshotWhy::Needed { to, next, last_index } => (
                SEND,
                format!("{to:#} needs entry {next}, which is compacted"),
                format!("sends the snapshot up to {last_index}"),
            ),
            SnapshotWhy::ChunkReceived { last_index, items: count } => (
                SEND,
                format!("{} of the snapshot up to {last_index} received", items(count)),
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
            SnapshotWhy::Installed { last_index, discarded: 0 } => (
                KEEP,
                format!("the snapshot up to {last_index} is complete"),
                "installs it".to_string(),
            ),
            SnapshotWhy::Installed { last_index, discarded } => (
                KEEP,
                format!(
                    "the snapshot up to {last_index} is complete and the log does not match it"
                ),
                format!("installs it, discards {}", Counted(discarded, "entry", "entries")),
            ),
            SnapshotWhy::NotNeeded { last_index, commit } => (
                KEEP,
                format!(
                    "the snapshot ends at {last_index}, and the log is committed up to {commit}"
                ),
                "does not install it".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, "section 7", fact, decision)
    }
}
