//! What travels between servers, and between clients and servers.

use std::fmt;
use std::sync::Arc;

use super::command::{Answer, ClientCommand, Entry};
use super::configuration::Configuration;
use super::store::Item;
use super::types::{Address, ClientId, Index, ServerId, Term};

/// A message with its envelope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// Who sent it.
    pub from: Address,
    /// Who is to get it.
    pub to: Address,
    /// The sender's term; 0 where the sender is a client.
    pub term: Term,
    /// What it says.
    pub body: Body,
}

impl Message {
    /// How many entries it brings, or items of a snapshot; with those that came before them, which had to be passed over.
    pub fn bulk(&self) -> usize {
        match &self.body {
            Body::Append(append) => append.entries.len(),
            Body::InstallSnapshot(install) => install.offset + install.items.len(),
            _ => 0,
        }
    }

    /// Its kind, as the language names it.
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

    /// How many entries it carries, where it is an AppendEntries.
    pub fn entries(&self) -> Option<usize> {
        match &self.body {
            Body::Append(append) => Some(append.entries.len()),
            _ => None,
        }
    }

    /// For a reply, whether it says yes; `None` for what is not a reply.
    pub fn verdict(&self) -> Option<bool> {
        match &self.body {
            Body::Vote { granted } | Body::PreVoteReply { granted, .. } => Some(*granted),
            Body::AppendReply { outcome, .. } => Some(matches!(outcome, Outcome::Matched { .. })),
            Body::SnapshotReply(reply) => Some(reply.received != Received::Nothing),
            Body::Reply { result, .. } => {
                Some(!matches!(result, Err(_) | Ok(Answer::Failed | Answer::Expired)))
            }
            _ => None,
        }
    }
}

/// The payload of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// A server asks whether it could win an election (dissertation, section 9.6).
    PreVote {
        /// The term that it would campaign in.
        proposed: Term,
        /// Index of its last entry.
        last_index: Index,
        /// Term of its last entry.
        last_term: Term,
    },
    /// The answer to PreVote.
    PreVoteReply {
        /// The term that was asked about.
        proposed: Term,
        /// Whether it would get the vote.
        granted: bool,
    },
    /// A candidate asks for a vote (section 5.2).
    RequestVote {
        /// Index of the candidate's last entry.
        last_index: Index,
        /// Term of the candidate's last entry.
        last_term: Term,
        /// Whether the leader itself told it to campaign: then nobody's loyalty to that leader counts
        /// (dissertation, section 4.2.3).
        transfer: bool,
    },
    /// The answer to RequestVote.
    Vote {
        /// Whether the vote is the candidate's.
        granted: bool,
    },
    /// AppendEntries (section 5.3); without entries it is a heartbeat.
    Append(Append),
    /// The answer to AppendEntries.
    AppendReply {
        /// What came of it.
        outcome: Outcome,
        /// The round of the AppendEntries that is answered.
        round: u64,
    },
    /// A piece of a snapshot (section 7). Boxed: most messages are smaller.
    InstallSnapshot(Box<InstallSnapshot>),
    /// The answer to InstallSnapshot.
    SnapshotReply(SnapshotReply),
    /// The leader hands over: campaign at once (dissertation, section 3.10).
    TimeoutNow,
    /// A client's request, perhaps passed on by a server.
    Request(Arc<Request>),
    /// The answer to a client's request.
    Reply {
        /// The serial number of the request.
        serial: u64,
        /// What came of it, or where to go instead.
        result: Result<Answer, Redirect>,
    },
}

/// AppendEntries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Append {
    /// Index of the entry before the new ones.
    pub prev_index: Index,
    /// Its term.
    pub prev_term: Term,
    /// The new entries; none for a heartbeat.
    pub entries: Vec<Entry>,
    /// The leader's commit index.
    pub commit: Index,
    /// The leader's count of rounds, so that an answer tells which question it answers (section 6.4 of
    /// the dissertation: a read is confirmed only by an answer to what was sent after it).
    pub round: u64,
}

/// What a follower did with an AppendEntries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The previous entry matched; the log agrees with the leader's up to this index.
    Matched {
        /// prevLogIndex plus the number of entries.
        index: Index,
    },
    /// It did not match, or the term was stale. The hint lets the leader skip a whole term at once
    /// (end of section 5.3).
    Rejected {
        /// The prevLogIndex that was rejected.
        prev_index: Index,
        /// Where the logs may differ: prevLogIndex, or the last index of a shorter log.
        conflict_index: Index,
        /// The term of the entry there (0: no entry).
        conflict_term: Term,
        /// The first index of that term in the follower's log.
        first_index: Index,
    },
}

/// InstallSnapshot (figure 13), with items of the state machine in place of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstallSnapshot {
    /// The index of the last entry that the snapshot stands for.
    pub last_index: Index,
    /// That entry's term.
    pub last_term: Term,
    /// The configuration in force there.
    pub configuration: Configuration,
    /// How many items came before these.
    pub offset: usize,
    /// The items of this piece.
    pub items: Vec<Item>,
    /// Whether it is the last piece.
    pub done: bool,
    /// The leader's count of rounds, as in AppendEntries.
    pub round: u64,
}

/// What a follower did with an InstallSnapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SnapshotReply {
    /// Which snapshot it is about.
    pub last_index: Index,
    /// The offset of the piece that is answered.
    pub offset: usize,
    /// How much of the snapshot is there.
    pub received: Received,
    /// The round of the piece that is answered.
    pub round: u64,
}

/// How much of a snapshot has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// The term was stale.
    Nothing,
    /// So many items; the next piece begins there.
    Items(usize),
    /// All of it, and it is stable; or the log had all that before.
    All,
}

/// A client's request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The operation and its session.
    pub command: Arc<ClientCommand>,
    /// How a read is to be answered.
    pub reads: Reads,
    /// Whether a server that does not lead passes it on to the leader.
    pub forward: bool,
}

impl Request {
    /// Whose it is.
    pub fn client(&self) -> ClientId {
        self.command.client
    }
}

/// How a read is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Reads {
    /// By any server from its own state, perhaps stale.
    Local,
    /// By a server that thinks it leads, unconfirmed.
    Leader,
    /// As an entry in the log.
    Log,
    /// By a leader that holds a lease.
    Lease,
    /// By a leader that has confirmed that it leads (section 8; dissertation, section 6.4).
    #[default]
    ReadIndex,
}

impl Reads {
    /// All of them, in the order of the manual.
    pub const ALL: [Reads; 5] =
        [Reads::Local, Reads::Leader, Reads::Log, Reads::Lease, Reads::ReadIndex];

    /// Its name in the language.
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

/// "I do not lead", with whom the server takes for the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The leader that the server knows of.
    pub leader: Option<ServerId>,
}

/// A kind of message, as the language names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A question before an election (dissertation, section 9.6).
    PreVote,
    /// Its answer.
    PreVoteReply,
    /// RequestVote.
    RequestVote,
    /// The answer to RequestVote.
    Vote,
    /// AppendEntries.
    Append,
    /// The answer to AppendEntries.
    AppendReply,
    /// InstallSnapshot.
    InstallSnapshot,
    /// The answer to InstallSnapshot.
    SnapshotReply,
    /// "Campaign at once" (dissertation, section 3.10).
    TimeoutNow,
    /// A client's request.
    Request,
    /// The answer to a client.
    Reply,
}

impl Kind {
    /// All kinds, in the order of the manual.
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

    /// Its name in the language.
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
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
