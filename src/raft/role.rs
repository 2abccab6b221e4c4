//! The roles of a server and what it keeps for each.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use super::install::Transfer;
use super::message::Request;
use super::types::{Index, SERVERS_MAX, ServerId, ServerSet};

/// A server's role (section 5.1; the pre-candidate is the dissertation's, section 9.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Answers candidates and leaders.
    Follower,
    /// Asks whether it could win.
    PreCandidate,
    /// Asks for votes.
    Candidate,
    /// Handles all requests.
    Leader,
    /// Gets entries and has no vote.
    Learner,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] =
        [Role::Follower, Role::PreCandidate, Role::Candidate, Role::Leader, Role::Learner];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Role::Follower => "follower",
            Role::PreCandidate => "pre-candidate",
            Role::Candidate => "candidate",
            Role::Leader => "leader",
            Role::Learner => "learner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a server keeps while it has a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    Follower {
        leader: Option<ServerId>,
        /// Whether that leader was heard since the election timer last fired.
        fresh: bool,
    },
    Candidate {
        /// Only asking, so far: no term and no vote has changed.
        pre: bool,
        granted: ServerSet,
        rejected: ServerSet,
    },
    /// Boxed: a cluster has one, and the others should stay small.
    Leader(Box<Leadership>),
}

/// What a leader keeps (figure 2, "volatile state on leaders").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Leadership {
    pub progress: [Progress; SERVERS_MAX],
    /// Counts heartbeats and the questions of reads; every AppendEntries carries it.
    pub round: u64,
    /// Whom leadership is to go to.
    pub transfer: Option<ServerId>,
    /// Whether it has told another server to campaign, in this term.
    pub handed_over: bool,
    /// The leases of rounds up to this one are over.
    pub lease_over: u64,
    /// Servers that a configuration has left out and that are still told so.
    pub leaving: Leaving,
    /// The index of this leader's first entry of its own term, where it has one.
    pub own_term_from: Index,
    /// Entries that a client waits for, in order of index.
    pub awaited: VecDeque<Index>,
    /// Reads that wait for a majority.
    pub reads: Vec<PendingRead>,
    /// Reads that wait for an entry of this term to be committed.
    pub early_reads: Vec<Arc<Request>>,
}

/// Servers that have left the configuration. A server that never learned of it would campaign for ever,
/// so that the leader goes on replicating to it until it knows that the change is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(super) struct Leaving {
    pub servers: ServerSet,
    /// The first round that told them of the commitment; 0 where none has yet.
    pub told_from: u64,
}

/// A read that waits until this leader knows that it still led after the read came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PendingRead {
    pub request: Arc<Request>,
    pub read_index: Index,
    pub round: u64,
}

/// What a leader knows of one other server's log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Progress {
    /// The next entry to send.
    pub next_index: Index,
    /// The highest entry known to agree and to be stable there.
    pub match_index: Index,
    /// Whether the leader still looks for the place where the logs agree; it then sends one message
    /// and waits for its answer or for the next heartbeat.
    pub probing: bool,
    /// Whether it was heard since the leader last asked itself whether it hears a majority.
    pub(super) recent: bool,
    /// The last indices of the AppendEntries with entries that are not answered, in order.
    pub(super) inflight: VecDeque<Index>,
    /// The round in which entries were last sent.
    pub(super) sent_round: u64,
    /// The highest round that it has answered.
    pub(super) acked_round: u64,
    /// The round whose answer raised the match index last.
    pub(super) match_round: u64,
    /// The snapshot that is on its way to it.
    pub(super) transfer: Option<Box<Transfer>>,
}

/// How a leader treats a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It looks for the place where the logs agree, one message at a time.
    Probe,
    /// It sends entries as they come.
    Replicate,
    /// It sends a snapshot.
    Snapshot,
}

impl Phase {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Probe => "probe",
            Phase::Replicate => "replicate",
            Phase::Snapshot => "snapshot",
        }
    }
}

impl Progress {
    /// How the leader treats it at present.
    pub fn phase(&self) -> Phase {
        match self.transfer {
            Some(_) => Phase::Snapshot,
            None if self.probing => Phase::Probe,
            None => Phase::Replicate,
        }
    }

    /// How many AppendEntries with entries are in flight.
    pub fn inflight(&self) -> usize {
        self.inflight.len()
    }
}
