//! The messages between servers, and between clients and servers.
//!
//! The paper has RPCs; here a request and its reply are two messages, each of which can be lost,
//! duplicated or overtaken. So a reply names the request that it answers: by term, and by round.

use std::fmt;
use std::sync::Arc;

use super::entry::{Answer, ClientCommand, Entry};
use super::membership::configuration::Configuration;
use super::state_machine::StoreItem;
use super::types::{Address, ClientId, Index, ServerId, Term};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    pub from: Address,
    pub to: Address,
    /// The sender's term; 0 if the sender is a client. A server that sees a higher term than its
    /// own adopts it (section 5.1).
    pub term: Term,
    pub body: Body,
}

impl Message {
    /// The work of handling the message, in entries or snapshot items. A piece of a snapshot costs
    /// its offset too: the sender skips those items first.
    pub fn bulk(&self) -> usize {
        match &self.body {
            Body::Append(append) => append.entries.len(),
            Body::InstallSnapshot(install) => install.offset + install.items.len(),
            _ => 0,
        }
    }

    pub fn kind(&self) -> Kind {
        match self.body {
            Body::PreVote { .. } => Kind::PreVote,
            Body::PreVoteReply { .. } => Kind::PreVoteReply,
            Body::RequestVote { .. } => Kind::RequestVote,
            Body::Vote { .. } => Kind::Vote,
            Body::Append(_) => Kind::Append,
            Body::AppendReply { .. } => Kind::AppendReply,
            Body::InstallSnapshot(_) => Kind::InstallSnapshot,
            Body::SnapshotReply(_) => Kind::SnapshotReply,
            Body::TimeoutNow => Kind::TimeoutNow,
            Body::Request(_) => Kind::Request,
            Body::Reply { .. } => Kind::Reply,
        }
    }

    /// The number of entries in an AppendEntries; `None` for other kinds.
    pub fn entries(&self) -> Option<usize> {
        match &self.body {
            Body::Append(append) => Some(append.entries.len()),
            _ => None,
        }
    }

    /// Whether a reply grants or accepts; `None` for requests.
    pub fn verdict(&self) -> Option<bool> {
        match &self.body {
            Body::Vote { granted } | Body::PreVoteReply { granted, .. } => Some(*granted),
            Body::AppendReply { outcome, .. } => {
                Some(matches!(outcome, AppendOutcome::Matched { .. }))
            }
            Body::SnapshotReply(reply) => Some(reply.received != Received::Nothing),
            Body::Reply { result, .. } => {
                Some(!matches!(result, Err(_) | Ok(Answer::Failed | Answer::Expired)))
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// Would you vote for me? Changes nothing at either end (dissertation, section 9.6).
    PreVote {
        /// The term in which the sender would campaign, one above its own.
        proposed: Term,
        last_index: Index,
        last_term: Term,
    },
    PreVoteReply {
        /// As in the request.
        proposed: Term,
        granted: bool,
    },
    /// Section 5.2; figure 2.
    RequestVote {
        last_index: Index,
        last_term: Term,
        /// The leader itself asked the sender to campaign, so leader stickiness does not apply
        /// (dissertation, section 4.2.3).
        transfer: bool,
    },
    /// The reply to RequestVote.
    Vote {
        granted: bool,
    },
    /// AppendEntries; without entries it is a heartbeat.
    Append(Append),
    AppendReply {
        outcome: AppendOutcome,
        /// As in the request.
        round: u64,
    },
    /// Boxed: most messages are smaller, and the largest decides the size of all.
    InstallSnapshot(Box<InstallSnapshot>),
    SnapshotReply(SnapshotReply),
    /// The leader transfers leadership: campaign at once (dissertation, section 3.10).
    TimeoutNow,
    /// A client's request, from the client or forwarded by a server.
    Request(Arc<Request>),
    /// The answer to a client.
    Reply {
        /// As in the request.
        serial: u64,
        result: Result<Answer, Redirect>,
    },
}

/// AppendEntries (section 5.3; figure 2). Figure 2's `leaderId` is the sender of the message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Append {
    /// The index just before the new entries.
    pub prev_index: Index,
    pub prev_term: Term,
    pub entries: Vec<Entry>,
    /// The leader's commit index.
    pub commit: Index,
    /// The leader's round when it sent this; the reply repeats it. Without it a delayed reply could
    /// confirm a read that came after the request (dissertation, section 6.4).
    pub round: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppendOutcome {
    /// The follower's log matches the leader's up to `index`, and is stable up to there.
    Matched {
        /// prevLogIndex plus the number of entries.
        index: Index,
    },
    /// The logs differ at `prev_index`, or the request's term is old. The other fields let the
    /// leader skip a whole term at once (end of section 5.3).
    Rejected {
        /// The prevLogIndex of the request.
        prev_index: Index,
        /// The highest index at which the logs may match: `prev_index`, or the last index of a
        /// shorter log.
        conflict_index: Index,
        /// The follower's term at that index; 0 if it has no entry there.
        conflict_term: Term,
        /// The first index of that term in the follower's log; 0 if it has no entry there.
        first_index: Index,
    },
}

/// A piece of a snapshot (section 7; figure 13), in items of the state machine instead of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstallSnapshot {
    /// The last index that the snapshot replaces.
    pub last_index: Index,
    /// The term of that entry.
    pub last_term: Term,
    /// The configuration in force at that index.
    pub configuration: Configuration,
    /// The number of items in the pieces before this one.
    pub offset: usize,
    pub items: Vec<StoreItem>,
    /// This is the last piece.
    pub done: bool,
    /// As in AppendEntries.
    pub round: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SnapshotReply {
    /// As in the request.
    pub last_index: Index,
    /// As in the request.
    pub offset: usize,
    pub received: Received,
    /// As in the request.
    pub round: u64,
}

/// How much of a snapshot a follower has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// Nothing: the request's term is old.
    Nothing,
    /// This number of items; the next piece starts here.
    Items(usize),
    /// All of it, stable; or the log is committed up to there anyway.
    All,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    pub command: Arc<ClientCommand>,
    pub reads: Reads,
    /// A server that does not lead forwards the request to the leader instead of redirecting the
    /// client.
    pub forward: bool,
}

impl Request {
    pub fn client(&self) -> ClientId {
        self.command.client
    }
}

/// How a read is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Reads {
    /// By any server from its own state. May be stale.
    Local,
    /// By a server that believes it leads. May be stale: a newer leader may exist.
    Leader,
    /// As an entry in the log, like a command.
    Log,
    /// By a leader that holds a lease (dissertation, section 6.4.1).
    Lease,
    /// By a leader after a majority has confirmed that it still leads (section 8; dissertation,
    /// section 6.4).
    #[default]
    ReadIndex,
}

impl Reads {
    /// In the order of the manual.
    pub const ALL: [Reads; 5] =
        [Reads::Local, Reads::Leader, Reads::Log, Reads::Lease, Reads::ReadIndex];

    /// The name in the script language.
    pub fn name(self) -> &'static str {
        match self {
            Reads::Local => "local",
            Reads::Leader => "leader",
            Reads::Log => "log",
            Reads::Lease => "lease",
            Reads::ReadIndex => "read-index",
        }
    }
}

/// The server does not lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The leader, as far as the server knows.
    pub leader: Option<ServerId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    PreVote,
    PreVoteReply,
    RequestVote,
    Vote,
    Append,
    AppendReply,
    InstallSnapshot,
    SnapshotReply,
    TimeoutNow,
    Request,
    Reply,
}

impl Kind {
    /// In the order of the manual.
    pub const ALL: [Kind; 11] = [
        Kind::PreVote,
        Kind::PreVoteReply,
        Kind::RequestVote,
        Kind::Vote,
        Kind::Append,
        Kind::AppendReply,
        Kind::InstallSnapshot,
        Kind::SnapshotReply,
        Kind::TimeoutNow,
        Kind::Request,
        Kind::Reply,
    ];

    /// The name in the script language.
    pub fn name(self) -> &'static str {
        match self {
            Kind::PreVote => "pre-vote",
            Kind::PreVoteReply => "pre-vote-reply",
            Kind::RequestVote => "request-vote",
            Kind::Vote => "vote",
            Kind::Append => "append",
            Kind::AppendReply => "append-reply",
            Kind::InstallSnapshot => "install-snapshot",
            Kind::SnapshotReply => "snapshot-reply",
            Kind::TimeoutNow => "timeout-now",
            Kind::Request => "request",
            Kind::Reply => "reply",
        }
    }

    /// The paper's name.
    pub fn paper_name(self) -> &'static str {
        match self {
            Kind::PreVote => "PreVote",
            Kind::PreVoteReply => "PreVote reply",
            Kind::RequestVote => "RequestVote",
            Kind::Vote => "RequestVote reply",
            Kind::Append => "AppendEntries",
            Kind::AppendReply => "AppendEntries reply",
            Kind::InstallSnapshot => "InstallSnapshot",
            Kind::SnapshotReply => "InstallSnapshot reply",
            Kind::TimeoutNow => "TimeoutNow",
            Kind::Request => "request",
            Kind::Reply => "reply",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
