//! Intercepted messages: those that an act drops, holds, delays or duplicates.

use crate::raft::{Address, ClientId, Kind, Message, ServerSet};
use crate::sim::act::{Count, Interception};

use super::link::{Flight, Network};

/// Intercepts matching messages until its count is used up.
#[derive(Clone, Debug, Hash)]
pub(in crate::sim) struct Interceptor {
    pub interception: Interception,
    pub left: Count,
    pub filter: MessageMatch,
}

/// A filter whose servers are resolved: "leader" is the server that led when the act was performed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::sim) struct MessageMatch {
    pub kind: Option<Kind>,
    pub from: Option<Addresses>,
    pub to: Option<Addresses>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::sim) struct Addresses {
    pub servers: ServerSet,
    pub clients: Vec<ClientId>,
}

impl From<ServerSet> for Addresses {
    fn from(servers: ServerSet) -> Addresses {
        Addresses { servers, clients: Vec::new() }
    }
}

impl Addresses {
    pub fn contains(&self, address: Address) -> bool {
        match address {
            Address::Server(server) => self.servers.contains(server),
            Address::Client(client) => self.clients.contains(&client),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Address> {
        let servers = self.servers.iter().map(Address::from);
        servers.chain(self.clients.iter().copied().map(Address::from))
    }

    pub fn is_empty(&self) -> bool {
        self.servers.is_empty() && self.clients.is_empty()
    }

    /// Whether any link leads from these to those.
    pub fn reaches(&self, to: &Addresses) -> bool {
        let is_link = |from: Address, to: Address| {
            from != to && (from.server().is_some() || to.server().is_some())
        };
        self.iter().any(|from| to.iter().any(|to| is_link(from, to)))
    }

    fn is_within(&self, other: &Addresses) -> bool {
        self.iter().all(|address| other.contains(address))
    }
}

impl MessageMatch {
    pub fn matches(&self, message: &Message) -> bool {
        self.kind.is_none_or(|kind| kind == message.kind())
            && self.from.as_ref().is_none_or(|from| from.contains(message.from))
            && self.to.as_ref().is_none_or(|to| to.contains(message.to))
    }

    /// Whether `wider` matches every message that `self` matches.
    fn is_within(&self, wider: &MessageMatch) -> bool {
        let kind = wider.kind.is_none() || self.kind == wider.kind;
        kind && ends_within(&self.from, &wider.from) && ends_within(&self.to, &wider.to)
    }
}

fn ends_within(ends: &Option<Addresses>, wider: &Option<Addresses>) -> bool {
    match (ends, wider) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(ends), Some(wider)) => ends.is_within(wider),
    }
}

impl Network {
    /// The oldest interceptor that matches decides, and counts the message.
    pub fn intercept(&mut self, message: &Message) -> Option<Interception> {
        let at = self.interceptors.iter().position(|known| known.filter.matches(message))?;
        let interceptor = &mut self.interceptors[at];
        let interception = interceptor.interception;
        match &mut interceptor.left {
            Count::All => {}
            Count::Next(left) if *left > 1 => *left -= 1,
            Count::Next(_) => {
                self.interceptors.remove(at);
            }
        }
        Some(interception)
    }

    /// Removes the interceptors all of whose messages match the filter.
    pub fn stop_intercepting(&mut self, filter: &MessageMatch) {
        self.interceptors.retain(|interceptor| !interceptor.filter.is_within(filter));
    }

    /// Takes held messages that match, oldest first, up to `limit`.
    pub fn take_held(&mut self, filter: &MessageMatch, limit: Option<u32>) -> Vec<Flight> {
        let limit = limit.map_or(usize::MAX, |limit| limit as usize);
        self.held.extract_if(.., |flight| filter.matches(&flight.message)).take(limit).collect()
    }
}
