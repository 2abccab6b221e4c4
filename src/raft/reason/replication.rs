//! Replication, at the leader (section 5.3).

use super::words::{Counted, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplicationWhy {
    NoopAppended {
        index: Index,
        term: Term,
    },
    HeartbeatSent {
        followers: usize,
        commit: Index,
    },
    /// A follower has acknowledged more than before.
    Matched {
        from: ServerId,
        index: Index,
    },
    /// A follower has acknowledged no more than before.
    NothingNew {
        from: ServerId,
        index: Index,
    },
    /// A rejection decreases the next index, past `skipped` entries.
    BackedUp {
        from: ServerId,
        next: Index,
        skipped: u64,
        conflict_term: Term,
    },
    /// A reply to a later round shows that entries are lost.
    Resent {
        to: ServerId,
        from: Index,
    },
    /// A follower lacks entries that it has acknowledged.
    AcknowledgedEntriesLost {
        from: ServerId,
        acknowledged: Index,
        has: Index,
    },
}

impl ReplicationWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            ReplicationWhy::HeartbeatSent { .. } | ReplicationWhy::NothingNew { .. } => {
                Topic::Messages
            }
            ReplicationWhy::NoopAppended { .. }
            | ReplicationWhy::Matched { .. }
            | ReplicationWhy::BackedUp { .. }
            | ReplicationWhy::Resent { .. }
            | ReplicationWhy::AcknowledgedEntriesLost { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            ReplicationWhy::NoopAppended { index, term } => Reason::new(
                topic,
                Rule::LeaderNoop,
                "section 8",
                format!("new leader of term {term}"),
                format!("appends a no-op as entry {index} so that it can commit"),
            ),
            ReplicationWhy::HeartbeatSent { followers, commit } => {
                let servers = Counted(followers as u64, "server", "servers");
                Reason::new(
                    topic,
                    "heartbeats keep the leader",
                    "section 5.2",
                    "the heartbeat is due",
                    format!("AppendEntries to {servers}, commit index {commit}"),
                )
            }
            ReplicationWhy::Matched { from, index } => Reason::new(
                topic,
                "append new entries",
                "section 5.3",
                format!("{from:#} accepts"),
                format!("its match index is {index}"),
            ),
            ReplicationWhy::NothingNew { .. } => Reason::new(
                topic,
                "heartbeats keep the leader",
                "section 5.2",
                "nothing new to acknowledge",
                "stays leader",
            ),
            ReplicationWhy::BackedUp { from, next, skipped, conflict_term } => {
                let skipped = Counted(skipped, "entry", "entries");
                Reason::new(
                    topic,
                    "skip a whole term",
                    "section 5.3",
                    format!("{from:#} rejects at an entry of term {conflict_term}"),
                    format!("next index {next}, goes back past {skipped}"),
                )
            }
            ReplicationWhy::Resent { to, from } => Reason::new(
                topic,
                "retry until it arrives",
                "section 5.3",
                format!("{to:#} replied to a later message only"),
                format!("sends entries again, from {from}"),
            ),
            ReplicationWhy::AcknowledgedEntriesLost { from, acknowledged, has } => Reason::new(
                topic,
                Rule::PersistLog,
                "figure 2",
                format!(
                    "{from:#} had acknowledged up to {acknowledged} and now matches at most up to \
                     {has}"
                ),
                "no longer counts its copies",
            ),
        }
    }
}
