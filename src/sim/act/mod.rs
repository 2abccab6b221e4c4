//! All that a person can do to a cluster, typed. The language writes and reads these.

mod by_name;
pub(super) mod describe;
mod inject;
mod perform;
mod resolve;

use crate::raft::{ClientId, Index, Kind, Op, ServerId, ServerSet, Term};
use crate::sim::settings::Setting;
use crate::sim::time::Micros;

/// Which servers a statement means; what is named by role is looked up when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Servers {
    /// These.
    Named(ServerSet),
    /// Every server.
    All,
    /// The live leader of the highest term.
    Leader,
    /// All live servers but that leader.
    Followers,
    /// Every server that the statement does not name elsewhere.
    Others,
}

impl From<ServerId> for Servers {
    fn from(server: ServerId) -> Servers {
        Servers::Named(ServerSet::only(server))
    }
}

/// One end of links, or a sender or receiver: servers, or clients by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ends {
    /// Servers only.
    Servers(Servers),
    /// Servers and clients by name, as in `c1,s2`.
    Mixed(ServerSet, Vec<ClientId>),
}

/// Which messages an order is for. What is `None` matches all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    /// Of that kind.
    pub kind: Option<Kind>,
    /// Sent by one of these.
    pub from: Option<Ends>,
    /// Addressed to one of these.
    pub to: Option<Ends>,
}

/// What an order does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interception {
    /// It is lost.
    Drop,
    /// It is kept back until released or discarded.
    Hold,
    /// It arrives twice.
    Duplicate,
    /// It takes that many microseconds longer.
    Delay(Micros),
}

impl Interception {
    /// What it is called in the language.
    pub fn name(self) -> &'static str {
        match self {
            Interception::Drop => "drop",
            Interception::Hold => "hold",
            Interception::Duplicate => "duplicate",
            Interception::Delay(_) => "delay",
        }
    }
}

/// How many messages something is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// The next so many.
    Next(u32),
    /// All from now on.
    All,
}

/// A message that nobody sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inject {
    /// Its kind; only kinds that servers send each other.
    pub kind: Kind,
    /// From whom it seems to come.
    pub from: ServerId,
    /// Who gets it.
    pub to: ServerId,
    /// Its term; the sender's current term where left out.
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
    /// What a reply says; yes where left out.
    pub granted: Option<bool>,
}

/// Clients that keep sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Load {
    /// Requests a second, all clients together.
    pub rate_per_s: u32,
    /// How many keys they use.
    pub keys: u32,
    /// How many percent of them write.
    pub writes_percent: u8,
}

/// Something a person does to the cluster, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Changes a live setting.
    Set(Setting),
    /// The servers lose what was volatile or not yet stable.
    Crash(Servers),
    /// They come back from their disks.
    Restart(Servers),
    /// They freeze, for so many microseconds or until resumed; messages queue up.
    Pause(Servers, Option<Micros>),
    /// They go on.
    Resume(Servers),
    /// They crash and lose their disks.
    Wipe(Servers),
    /// The server's clock runs so many thousandths as fast (100 to 10,000).
    Skew(Servers, u32),
    /// Their election timers fire now.
    Timeout(Servers),
    /// Their heartbeat timers fire now.
    Beat(Servers),
    /// The links carry nothing more, one way or both.
    Cut {
        /// The one end; the sending one where the cut is one-way.
        from: Ends,
        /// The other end.
        to: Ends,
        /// Whether both directions are cut.
        both: bool,
    },
    /// Cuts every link between the groups, and heals those within.
    Partition(Vec<Servers>),
    /// Cuts every link between servers that these are an end of.
    Isolate(Servers),
    /// Heals the links between the two, or all links.
    Heal(Option<(Ends, Ends)>),
    /// From now on, matching messages meet that fate.
    Intercept(Interception, Count, Filter),
    /// Delivers held messages that match; without a number it ends matching orders, too.
    Release(Option<u32>, Filter),
    /// Loses held messages that match; without a number it ends matching orders, too.
    Discard(Option<u32>, Filter),
    /// A message that nobody sent arrives.
    Inject(Box<Inject>),
    /// A client sends a command.
    Request {
        /// What it asks.
        op: Op,
        /// The server it goes to first; where it last found a leader where left out.
        via: Option<Servers>,
        /// Which client; the first one where left out.
        by: Option<ClientId>,
    },
    /// The clients keep sending, or stop.
    Load(Option<Load>),
    /// Leadership goes to that server.
    Transfer(Servers),
    /// A server joins, as a voter or as a learner.
    Add {
        /// Who joins.
        server: Servers,
        /// Whether it joins without a vote.
        learner: bool,
    },
    /// A server leaves.
    Remove(Servers),
    /// A learner becomes a voter.
    Promote(Servers),
    /// These are the voters from now on.
    Members(Servers),
    /// The servers compact their logs now.
    Snapshot(Servers),
}

/// Why an act could not be done. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActError {
    /// `leader` was named, and there is none.
    NoLeader,
    /// The cluster has no such server.
    NoSuchServer(ServerId),
    /// The cluster has no such client.
    NoSuchClient(ClientId),
    /// A single server was needed.
    NotOneServer(usize),
    /// The setting is only for the head of a script.
    NotLive,
    /// That kind of message cannot be injected.
    CannotInject(Kind),
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
            ActError::NotOneServer(count) => {
                write!(f, "one server is needed here, and {count} are meant")
            }
            ActError::NotLive => {
                f.write_str("this setting stands at the head of a script, before time 0")
            }
            ActError::CannotInject(kind) => {
                write!(f, "`{kind}` cannot be injected: only messages that servers send each other")
            }
        }
    }
}

impl std::error::Error for ActError {}
