//! The small types that everything else is made of: servers, clients, terms, indices, sets.
//!
//! Servers and clients display as in the script language, `s1` and `c1`; with the alternate flag
//! (`{:#}`) as in prose, `S1` and `C1`.

use std::fmt;

use serde::{Serialize, Serializer};

pub const SERVERS_MAX: usize = 9;
pub const CLIENTS_MAX: usize = 9;

/// The logical clock of Raft (section 5.1). Term 0 is before the first election.
pub type Term = u64;

/// The index of a log entry, from 1 on (section 5.3). Index 0 is before the first entry.
pub type Index = u64;

/// The identity of a log entry: two entries with equal index and term are equal (section 5.3,
/// Log Matching).
///
/// Logs are compared by the `LogId` of their last entries (section 5.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LogId {
    pub index: Index,
    pub term: Term,
}

impl LogId {
    /// Whether a log that ends here is at least as up to date as one that ends at `other`: the
    /// later term wins, and within a term the longer log (section 5.4.1). Comparing lengths alone
    /// would elect a leader whose long log lacks a committed entry of a later term (figure 8).
    pub fn is_up_to_date_with(self, other: LogId) -> bool {
        (self.term, self.index) >= (other.term, other.index)
    }
}

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.index == 0 {
            return f.write_str("an empty log");
        }
        write!(f, "index {} of term {}", self.index, self.term)
    }
}

/// A server, `s1` to `s9`. Displays so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(u8);

impl ServerId {
    /// `None` unless the number is 1 to 9.
    pub fn new(number: usize) -> Option<ServerId> {
        (1..=SERVERS_MAX).contains(&number).then_some(ServerId(number as u8))
    }

    /// # Panics
    /// If `slot` is not below [`SERVERS_MAX`]: a bug of the caller.
    pub fn from_slot(slot: usize) -> ServerId {
        assert!(slot < SERVERS_MAX, "server slot {slot} is out of range");
        ServerId(slot as u8 + 1)
    }

    /// 1 to 9.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The index in arrays, 0 to 8.
    pub fn slot(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if f.alternate() { 'S' } else { 's' }, self.0)
    }
}

/// A client, `c1` to `c9`. Displays so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(u8);

impl ClientId {
    /// `None` unless the number is 1 to 9.
    pub fn new(number: usize) -> Option<ClientId> {
        (1..=CLIENTS_MAX).contains(&number).then_some(ClientId(number as u8))
    }

    /// # Panics
    /// If `slot` is not below [`CLIENTS_MAX`]: a bug of the caller.
    pub fn from_slot(slot: usize) -> ClientId {
        assert!(slot < CLIENTS_MAX, "client slot {slot} is out of range");
        ClientId(slot as u8 + 1)
    }

    /// 1 to 9.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The index in arrays, 0 to 8.
    pub fn slot(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if f.alternate() { 'C' } else { 'c' }, self.0)
    }
}

/// The sender or the receiver of a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    Server(ServerId),
    Client(ClientId),
}

impl Address {
    pub fn server(self) -> Option<ServerId> {
        match self {
            Address::Server(server) => Some(server),
            Address::Client(_) => None,
        }
    }

    pub fn client(self) -> Option<ClientId> {
        match self {
            Address::Server(_) => None,
            Address::Client(client) => Some(client),
        }
    }
}

impl From<ServerId> for Address {
    fn from(server: ServerId) -> Address {
        Address::Server(server)
    }
}

impl From<ClientId> for Address {
    fn from(client: ClientId) -> Address {
        Address::Client(client)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Server(server) => server.fmt(f),
            Address::Client(client) => client.fmt(f),
        }
    }
}

/// A set of servers in 16 bits: cheap to copy, to count and to iterate in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ServerSet(u16);

impl ServerSet {
    pub const EMPTY: ServerSet = ServerSet(0);

    /// `s1` to `s{count}`.
    pub fn first(count: usize) -> ServerSet {
        ServerSet(((1u32 << count.min(SERVERS_MAX)) - 1) as u16)
    }

    pub fn only(server: ServerId) -> ServerSet {
        ServerSet(1 << server.slot())
    }

    pub fn insert(&mut self, server: ServerId) {
        self.0 |= 1 << server.slot();
    }

    pub fn remove(&mut self, server: ServerId) {
        self.0 &= !(1 << server.slot());
    }

    pub fn contains(self, server: ServerId) -> bool {
        self.0 & (1 << server.slot()) != 0
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn union(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 | other.0)
    }

    pub fn intersection(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 & other.0)
    }

    pub fn difference(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 & !other.0)
    }

    /// In order of number.
    pub fn iter(self) -> impl Iterator<Item = ServerId> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let slot = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(ServerId::from_slot(slot))
        })
    }
}

impl FromIterator<ServerId> for ServerSet {
    fn from_iter<I: IntoIterator<Item = ServerId>>(servers: I) -> ServerSet {
        let mut set = ServerSet::EMPTY;
        servers.into_iter().for_each(|server| set.insert(server));
        set
    }
}

impl fmt::Display for ServerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return write!(f, "none");
        }
        for (position, server) in self.iter().enumerate() {
            let last = position + 1 == self.len();
            match (position, f.alternate()) {
                (0, true) => write!(f, "{server:#}")?,
                (_, true) if last => write!(f, " and {server:#}")?,
                (_, true) => write!(f, ", {server:#}")?,
                (0, false) => write!(f, "{server}")?,
                (_, false) => write!(f, ",{server}")?,
            }
        }
        Ok(())
    }
}

/// Debug output and serde use the Display form: `s1,s3` reads better, in failed tests too.
macro_rules! show_as_display {
    ($($type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}
show_as_display!(ServerId, ClientId, Address, ServerSet);
