//! Replies to AppendEntries, at the leader (section 5.3).

use super::words::{Counted, Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AcknowledgementWhy {
    /// A follower has acknowledged more than before.
    Matched { from: ServerId, index: Index },
    /// A follower has acknowledged no more than before.
    NothingNew { from: ServerId, index: Index, match_index: Index },
    /// A rejection decreases the next index, past `skipped` entries.
    BackedUp { from: ServerId, conflict: Conflict, next: Index, skipped: u64 },
    /// A rejection from before the follower acknowledged that entry, or of an earlier probe.
    LateRejection { from: ServerId, prev: Index },
    /// A rejection while a snapshot is on its way, which replaces the follower's log.
    SnapshotOnItsWay { from: ServerId, last_index: Index },
    /// A reply of this term reaches a server that does not lead.
    NotLeading { from: ServerId, term: Term },
    /// A reply comes from a server that gets no entries from this leader.
    NotAFollower { from: ServerId },
    /// A follower lacks entries that it has acknowledged.
    AcknowledgedEntriesLost { from: ServerId, acknowledged: Index, has: Index },
}

/// What a rejection says of the follower's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The entry that the follower was to compare.
    pub prev: Index,
    /// The highest index at which the logs may match: `prev`, or the last of a shorter log.
    pub index: Index,
    /// The follower's term there.
    pub term: Term,
}

impl AcknowledgementWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            AcknowledgementWhy::NothingNew { .. }
            | AcknowledgementWhy::LateRejection { .. }
            | AcknowledgementWhy::SnapshotOnItsWay { .. }
            | AcknowledgementWhy::NotLeading { .. }
            | AcknowledgementWhy::NotAFollower { .. } => Topic::Messages,
            AcknowledgementWhy::Matched { .. }
            | AcknowledgementWhy::BackedUp { .. }
            | AcknowledgementWhy::AcknowledgedEntriesLost { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let late = Demand::from("ignore late messages");
        let ignores = |from: ServerId| format!("ignores {from:#}'s reply");
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            AcknowledgementWhy::Matched { from, index } => (
                "append new entries".into(),
                "section 5.3",
                format!("{from:#} accepts"),
                format!("{from:#}'s match index is {index}"),
            ),
            AcknowledgementWhy::NothingNew { from, index, match_index } => (
                "append new entries".into(),
                "section 5.3",
                match index {
                    0 => format!("{from:#} acknowledges nothing new"),
                    _ => format!("{from:#} acknowledges up to {index}, nothing new"),
                },
                format!("{from:#}'s match index stays {match_index}"),
            ),
            AcknowledgementWhy::BackedUp { from, conflict, next, skipped } => {
                let skipped = Counted(skipped, "entry", "entries");
                let decision = format!("{from:#}'s next index is {next}, goes back past {skipped}");
                ("skip a whole term".into(), "section 5.3", rejection(from, conflict), decision)
            }
            AcknowledgementWhy::LateRejection { from, prev } => {
                let fact =
                    format!("{from:#}'s rejection of entry {prev} is overtaken by later replies");
                (late, "section 5.3", fact, "ignores it".to_string())
            }
            AcknowledgementWhy::SnapshotOnItsWay { from, last_index } => {
                let fact = format!("{from:#} is receiving the snapshot up to {last_index}");
                (late, "section 7", fact, "ignores its rejection".to_string())
            }
            AcknowledgementWhy::NotLeading { from, term } => {
                let fact = format!("it does not lead term {term}");
                (late, "section 5.1", fact, ignores(from))
            }
            AcknowledgementWhy::NotAFollower { from } => {
                let fact = format!("{from:#} is none of its followers");
                ("in force once appended".into(), "section 6", fact, ignores(from))
            }
            AcknowledgementWhy::AcknowledgedEntriesLost { from, acknowledged, has } => (
                Rule::PersistLog.into(),
                "figure 2",
                format!(
                    "{from:#} had acknowledged up to {acknowledged} and now matches at most up to \
                     {has}"
                ),
                "no longer counts its copies".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

fn rejection(from: ServerId, conflict: Conflict) -> String {
    let Conflict { prev, index, term } = conflict;
    if index < prev && index == 0 {
        format!("{from:#} rejects: its log is empty")
    } else if index < prev {
        format!(
            "{from:#} rejects: its log ends at {index} with term {term}, before the previous entry \
             {prev}"
        )
    } else {
        format!("{from:#} rejects: its entry {index} has term {term}")
    }
}
