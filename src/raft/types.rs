//! The small words of the algorithm: servers, clients, terms, indices, sets of servers.

use std::fmt;

use serde::{Serialize, Serializer};

/// The most servers that a cluster can have.
pub const SERVERS_MAX: usize = 9;
/// The most clients that a cluster can have.
pub const CLIENTS_MAX: usize = 9;

/// A term: the logical clock of Raft (section 5.1). Term 0 is before any election.
pub type Term = u64;

/// A position in the log, from 1 on (section 5.3). Index 0 is before the first entry.
pub type Index = u64;

/// A server, `s1` to `s9`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(u8);

impl ServerId {
    /// The server of that number, if it is 1 to 9.
    pub fn new(number: usize) -> Option<ServerId> {
        (1..=SERVERS_MAX).contains(&number).then_some(ServerId(number as u8))
    }

    /// The server at that place, counted from 0.
    ///
    /// # Panics
    /// Where `slot` is not below [`SERVERS_MAX`]: a bug of the caller.
    pub fn from_slot(slot: usize) -> ServerId {
        assert!(slot < SERVERS_MAX, "server slot {slot} is out of range");
        ServerId(slot as u8 + 1)
    }

    /// Its number, 1 to 9.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Its place in arrays, 0 to 8.
    pub fn slot(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0)
    }
}

/// A client, `c1` to `c9`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(u8);

impl ClientId {
    /// The client of that number, if it is 1 to 9.
    pub fn new(number: usize) -> Option<ClientId> {
        (1..=CLIENTS_MAX).contains(&number).then_some(ClientId(number as u8))
    }

    /// The client at that place, counted from 0.
    ///
    /// # Panics
    /// Where `slot` is not below [`CLIENTS_MAX`]: a bug of the caller.
    pub fn from_slot(slot: usize) -> ClientId {
        assert!(slot < CLIENTS_MAX, "client slot {slot} is out of range");
        ClientId(slot as u8 + 1)
    }

    /// Its number, 1 to 9.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Its place in arrays, 0 to 8.
    pub fn slot(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.0)
    }
}

/// Who sends or receives a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A server.
    Server(ServerId),
    /// A client.
    Client(ClientId),
}

impl Address {
    /// The server, where it is one.
    pub fn server(self) -> Option<ServerId> {
        match self {
            Address::Server(server) => Some(server),
            Address::Client(_) => None,
        }
    }

    /// The client, where it is one.
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

/// A set of servers, as bits: cheap to copy, to count and to walk in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ServerSet(u16);

impl ServerSet {
    /// No server.
    pub const EMPTY: ServerSet = ServerSet(0);

    /// `s1` to `s{count}`.
    pub fn first(count: usize) -> ServerSet {
        ServerSet(((1u32 << count.min(SERVERS_MAX)) - 1) as u16)
    }

    /// Only that server.
    pub fn only(server: ServerId) -> ServerSet {
        ServerSet(1 << server.slot())
    }

    /// Adds a server.
    pub fn insert(&mut self, server: ServerId) {
        self.0 |= 1 << server.slot();
    }

    /// Takes a server out.
    pub fn remove(&mut self, server: ServerId) {
        self.0 &= !(1 << server.slot());
    }

    /// Whether the server is in it.
    pub fn contains(self, server: ServerId) -> bool {
        self.0 & (1 << server.slot()) != 0
    }

    /// How many servers are in it.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no server is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in either.
    pub fn union(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 | other.0)
    }

    /// Those in both.
    pub fn intersection(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 & other.0)
    }

    /// Those in this and not in the other.
    pub fn difference(self, other: ServerSet) -> ServerSet {
        ServerSet(self.0 & !other.0)
    }

    /// The servers, in order of number.
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
        for (place, server) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{server}")?;
        }
        Ok(())
    }
}

/// Debug is Display (people read `s1,s3`, also in test failures); serde writes the same word.
macro_rules! show_as_display {
    ($($type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
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
