//! Everything that a person can do to a cluster, as types. Statements of the language are written
//! from these and read into them.

mod act_on_message;
mod by_name;
pub(super) mod describe;
mod inject;
mod link_quality;
pub(super) mod one_message;
mod perform;
mod resolve;
mod setting;

use crate::raft::{ClientId, Index, Kind, Op, ServerId, ServerSet, Term};
use crate::sim::settings::Setting;
use crate::sim::time::Micros;

pub use link_quality::{LinkQuality, LinkValue};
pub use one_message::{MessageAct, MessageName, MessageState, ordinal};

/// The servers of a statement. Roles are resolved when the act is performed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Servers {
    Named(ServerSet),
    All,
    /// The live leader of the highest term.
    Leader,
    /// All live servers except that leader.
    Followers,
    /// All servers that the statement does not name elsewhere.
    Others,
}

impl From<ServerId> for Servers {
    fn from(server: ServerId) -> Servers {
        Servers::Named(ServerSet::only(server))
    }
}

/// One end of links, or the senders or receivers of messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ends {
    Servers(Servers),
    /// Servers and clients by name, as in `c1,s2`.
    Mixed(ServerSet, Vec<ClientId>),
}

/// Selects messages. A field that is `None` matches all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub from: Option<Ends>,
    pub to: Option<Ends>,
}

/// What happens to a message that is intercepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interception {
    Drop,
    /// Kept until it is released or discarded.
    Hold,
    Duplicate,
    /// By this many microseconds.
    Delay(Micros),
}

impl Interception {
    /// The verb of the language.
    pub fn name(self) -> &'static str {
        match self {
            Interception::Drop => "drop",
            Interception::Hold => "hold",
            Interception::Duplicate => "duplicate",
            Interception::Delay(_) => "delay",
        }
    }
}

/// The number of messages to intercept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    Next(u32),
    All,
}

/// A message that no server sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inject {
    /// Not a client's request or its reply.
    pub kind: Kind,
    /// The server that seems to have sent it; another than the receiver.
    pub from: ServerId,
    pub to: ServerId,
    /// By default the sender's current term.
    pub term: Option<Term>,
    /// Index and term of the previous entry (`append`; of a rejected one in `append-reply`).
    pub prev: Option<(Index, Term)>,
    /// The terms of its entries (`append`), each a no-op.
    pub entries: Vec<Term>,
    /// The leader's commit index (`append`).
    pub commit: Index,
    /// Index and term of the last entry (`request-vote`, `pre-vote`; in `append-reply` the index
    /// that matches).
    pub last: Option<(Index, Term)>,
    /// Whether a reply grants or accepts; by default it does.
    pub granted: Option<bool>,
}

/// A steady load of requests from all clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Load {
    /// Of all clients together.
    pub rate_per_s: u32,
    /// The number of different keys.
    pub keys: u32,
    /// The percentage of writes.
    pub writes_percent: u8,
}

/// Something that a person does to the cluster at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Changes a live setting.
    Set(Setting),
    /// The servers lose their volatile state and the writes that are not stable.
    Crash(Servers),
    /// They start from their disks.
    Restart(Servers),
    /// They freeze, for this many microseconds or until they are resumed. Messages to them wait.
    Pause(Servers, Option<Micros>),
    Resume(Servers),
    /// They crash and lose their disks.
    Wipe(Servers),
    /// Sets the speed of their clocks, in thousandths of true time (100 to 10,000).
    Skew(Servers, u32),
    /// Their election timers fire now.
    Timeout(Servers),
    /// Their heartbeat timers fire now.
    Beat(Servers),
    /// The links carry no messages any more.
    Cut {
        /// The senders, if only one direction is cut.
        from: Ends,
        to: Ends,
        both: bool,
    },
    /// Cuts all links between the groups, and heals those within.
    Partition(Vec<Servers>),
    /// Cuts all links of these servers to other servers.
    Isolate(Servers),
    /// Heals the links between two ends, or all links.
    Heal(Option<(Ends, Ends)>),
    /// Gives links a latency or a loss of their own, or the cluster's again.
    Link {
        from: Ends,
        to: Ends,
        both: bool,
        quality: LinkQuality,
    },
    /// Intercepts matching messages from now on.
    Intercept(Interception, Count, Filter),
    /// Delivers held messages that match. Without a number it also stops matching interceptors.
    Release(Option<u32>, Filter),
    /// Loses held messages that match. Without a number it also stops matching interceptors.
    Discard(Option<u32>, Filter),
    /// Acts on one message: in flight, held, or, to send it again, delivered or lost.
    Message(MessageAct, MessageName),
    /// A message that no server sent arrives.
    Inject(Box<Inject>),
    /// A client sends a command.
    Request {
        op: Op,
        /// The server that it goes to first; by default the leader that the client knows.
        via: Option<Servers>,
        /// By default the first client.
        by: Option<ClientId>,
    },
    /// Starts a load, or stops it.
    Load(Option<Load>),
    /// Transfers leadership to that server.
    Transfer(Servers),
    /// Adds a server to the configuration.
    Add {
        server: Servers,
        learner: bool,
    },
    /// Removes a server from the configuration.
    Remove(Servers),
    /// Makes a learner a voter.
    Promote(Servers),
    /// Makes these servers the voters, by joint consensus if several change.
    Members(Servers),
    /// The servers compact their logs now.
    Snapshot(Servers),
}

/// Why an act is not possible. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActError {
    NoLeader,
    NoSuchServer(ServerId),
    NoSuchClient(ClientId),
    /// A single server is needed, and these are meant.
    NotOneServer(ServerSet),
    /// A server is in two groups of a partition.
    InTwoGroups(ServerSet),
    /// A link or a message from a server to itself.
    ToItself(ServerId),
    /// A link or a message from a client to a client.
    BetweenClients,
    /// The setting is possible only at the head of a script.
    NotLive,
    CannotInject(Kind),
    /// Fewer messages have that name than it counts; `found` of them have it.
    NoSuchMessage {
        act: MessageAct,
        name: Box<MessageName>,
        found: u32,
    },
}

impl std::fmt::Display for ActError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ActError::NoLeader => f.write_str("there is no leader at this moment"),
            ActError::NoSuchServer(server) => {
                write!(f, "there is no {server} in this cluster (see `servers`)")
            }
            ActError::NoSuchClient(client) => {
                write!(f, "there is no {client} in this cluster (see `clients`)")
            }
            ActError::NotOneServer(meant) if meant.is_empty() => {
                f.write_str("one server is needed here, and there is none")
            }
            ActError::NotOneServer(meant) => {
                write!(f, "one server is needed here, and {} are meant: {meant}", meant.len())
            }
            ActError::InTwoGroups(servers) => {
                write!(
                    f,
                    "{servers} would be in two groups; a server is in one group of a partition"
                )
            }
            ActError::ToItself(server) => {
                write!(f, "both ends are {server}, and a server has no link to itself")
            }
            ActError::BetweenClients => {
                f.write_str("both ends are clients, and clients have no links to each other")
            }
            ActError::NotLive => {
                f.write_str("this setting stands at the head of a script, before time 0")
            }
            ActError::CannotInject(kind) => {
                write!(f, "`{kind}` cannot be injected: only messages that servers send each other")
            }
            ActError::NoSuchMessage { act, name, found } => name.explain_missing(f, *act, *found),
        }
    }
}

impl std::error::Error for ActError {}
