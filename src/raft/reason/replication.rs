//! Replication, at the leader: what it appends and sends (section 5.3).

use super::words::{Counted, Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplicationWhy {
    NoopAppended {
        index: Index,
        term: Term,
    },
    /// `leader-noop` is off.
    NoNoop {
        term: Term,
    },
    /// `persist-log` is off.
    OwnCopyUnwritten {
        index: Index,
    },
    HeartbeatSent {
        followers: usize,
        commit: Index,
        /// A person or a script fired the timer.
        fired: bool,
    },
    /// A reply to a later round shows that entries are lost.
    Resent {
        to: ServerId,
        from: Index,
    },
}

impl ReplicationWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            ReplicationWhy::HeartbeatSent { .. } => Topic::Messages,
            ReplicationWhy::NoopAppended { .. }
            | ReplicationWhy::NoNoop { .. }
            | ReplicationWhy::OwnCopyUnwritten { .. }
            | ReplicationWhy::Resent { .. } => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            ReplicationWhy::NoopAppended { index, term } => (
                Rule::LeaderNoop.into(),
                "section 8",
                format!("new leader of term {term}"),
                format!("appends a no-op as entry {index} so that it can commit"),
            ),
            ReplicationWhy::NoNoop { term } => (
                Demand::off(Rule::LeaderNoop),
                "section 8",
                format!("new leader of term {term}, but `leader-noop` is off"),
                "appends no no-op".to_string(),
            ),
            ReplicationWhy::OwnCopyUnwritten { index } => (
                Demand::off(Rule::PersistLog),
                "figure 2",
                "`persist-log` is off".to_string(),
                format!("counts its own copy of entry {index} without writing it to its disk"),
            ),
            ReplicationWhy::HeartbeatSent { followers, commit, fired } => {
                let servers = Counted(followers as u64, "server", "servers");
                let fact = if fired {
                    "an action fired its heartbeat timer"
                } else {
                    "the heartbeat is due"
                };
                let decision = format!("sends AppendEntries to {servers}, commit index {commit}");
                ("heartbeats keep the leader".into(), "section 5.2", fact.to_string(), decision)
            }
            ReplicationWhy::Resent { to, from } => (
                "retry until it arrives".into(),
                "section 5.3",
                format!("{to:#} replied to a later message only"),
                format!("sends entries again, from {from}"),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}
