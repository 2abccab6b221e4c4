//! Links between servers and clients, and the orders about what travels on them.

use std::hash::{Hash, Hasher};

use crate::raft::{Address, CLIENTS_MAX, ClientId, Kind, Message, SERVERS_MAX, ServerSet};

use super::act::{Count, Fate};
use super::chance::{Purpose, Stream};
use super::event::{EventId, Loss};
use super::time::Micros;

/// A message under way, or held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Flight {
    /// Its number, from 1 on.
    pub id: u64,
    /// The message.
    pub message: Message,
    /// When it was sent, in microseconds.
    pub sent_us: Micros,
    /// When it arrives, in microseconds; for a message that will be lost, when it would have.
    pub due_us: Micros,
    /// Why it will not arrive, where that is so.
    pub doom: Option<Loss>,
    /// When it vanishes, where it will not arrive.
    pub vanish_us: Option<Micros>,
    pub(super) cause: EventId,
}

impl Flight {
    /// Roughly how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        256 + self.message.bulk() * 24
    }
}

/// One direction of a link.
#[derive(Clone, Debug, Hash)]
pub(super) struct Link {
    pub up: bool,
    /// When the newest message arrives, for links that keep order.
    pub busy_until_us: Micros,
    pub delay: Stream,
    pub loss: Stream,
    pub duplicate: Stream,
}

/// All links.
#[derive(Clone, Debug)]
pub(super) struct Network {
    servers: usize,
    /// Servers and clients: the length of a row of `links`.
    nodes: usize,
    links: Vec<Link>,
    pub orders: Vec<Order>,
    pub held: Vec<Flight>,
}

impl Hash for Network {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.servers.hash(state);
        self.links.hash(state);
        self.orders.hash(state);
        self.held.hash(state);
    }
}

/// What is to happen to matching messages.
#[derive(Clone, Debug, Hash)]
pub(super) struct Order {
    pub fate: Fate,
    pub left: Count,
    pub filter: Match,
}

/// A filter whose sets have been looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Match {
    pub kind: Option<Kind>,
    pub from: Option<Members>,
    pub to: Option<Members>,
}

/// Servers and clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Members {
    pub servers: ServerSet,
    pub clients: Vec<ClientId>,
}

impl Members {
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

    fn is_within(&self, other: &Members) -> bool {
        self.iter().all(|address| other.contains(address))
    }
}

impl Match {
    pub fn matches(&self, message: &Message) -> bool {
        self.kind.is_none_or(|kind| kind == message.kind())
            && self.from.as_ref().is_none_or(|from| from.contains(message.from))
            && self.to.as_ref().is_none_or(|to| to.contains(message.to))
    }

    /// Whether every message that `self` matches is one that `wider` matches.
    pub fn is_within(&self, wider: &Match) -> bool {
        let kind = wider.kind.is_none() || self.kind == wider.kind;
        kind && ends_within(&self.from, &wider.from) && ends_within(&self.to, &wider.to)
    }
}

fn ends_within(ends: &Option<Members>, wider: &Option<Members>) -> bool {
    match (ends, wider) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(ends), Some(wider)) => ends.is_within(wider),
    }
}

impl Network {
    pub fn new(seed: u64, servers: usize, clients: usize) -> Network {
        let nodes = servers + clients;
        let link = |place: usize| {
            // Numbered by the most servers there can be, so that a link's chance does not depend on
            // how many there are.
            let number =
                |slot: usize| if slot < servers { slot } else { SERVERS_MAX + slot - servers };
            let which = number(place / nodes) * (SERVERS_MAX + CLIENTS_MAX) + number(place % nodes);
            Link {
                up: true,
                busy_until_us: 0,
                delay: Stream::new(seed, Purpose::LinkDelay, which),
                loss: Stream::new(seed, Purpose::LinkLoss, which),
                duplicate: Stream::new(seed, Purpose::LinkDuplicate, which),
            }
        };
        let links = (0..nodes * nodes).map(link).collect();
        Network { servers, nodes, links, orders: Vec::new(), held: Vec::new() }
    }

    fn slot(&self, address: Address) -> usize {
        match address {
            Address::Server(server) => server.slot(),
            Address::Client(client) => self.servers + client.slot(),
        }
    }

    fn place(&self, from: Address, to: Address) -> usize {
        self.slot(from) * self.nodes + self.slot(to)
    }

    pub fn link(&self, from: Address, to: Address) -> &Link {
        &self.links[self.place(from, to)]
    }

    pub fn link_mut(&mut self, from: Address, to: Address) -> &mut Link {
        let place = self.place(from, to);
        &mut self.links[place]
    }

    pub fn has_cuts(&self) -> bool {
        self.links.iter().any(|link| !link.up)
    }

    pub fn heal_all(&mut self) {
        self.links.iter_mut().for_each(|link| link.up = true);
    }

    /// The fate that an order has for this message; the order is used up by one.
    pub fn fate_of(&mut self, message: &Message) -> Option<Fate> {
        let place = self.orders.iter().position(|order| order.filter.matches(message))?;
        let order = &mut self.orders[place];
        let fate = order.fate;
        match &mut order.left {
            Count::All => {}
            Count::Next(left) if *left > 1 => *left -= 1,
            Count::Next(_) => {
                self.orders.remove(place);
            }
        }
        Some(fate)
    }

    /// Ends the orders whose messages all match.
    pub fn end_orders(&mut self, filter: &Match) {
        self.orders.retain(|order| !order.filter.is_within(filter));
    }

    /// Takes held messages that match, oldest first, up to `limit`.
    pub fn take_held(&mut self, filter: &Match, limit: Option<u32>) -> Vec<Flight> {
        let mut left = limit.unwrap_or(u32::MAX);
        let mut taken = Vec::new();
        self.held.retain(|flight| {
            let take = left > 0 && filter.matches(&flight.message);
            if take {
                left -= 1;
                taken.push(flight.clone());
            }
            !take
        });
        taken
    }
}
