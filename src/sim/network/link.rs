//! The links between servers and clients, and the messages on them.

use std::hash::{Hash, Hasher};

use crate::raft::{Address, Body, CLIENTS_MAX, HashedIfSet, Message, Redirect, SERVERS_MAX};
use crate::sim::chance::{Purpose, Stream};
use crate::sim::event::{EventId, Loss, MessageId, MessageSummary};
use crate::sim::time::Micros;

use super::intercept::Interceptor;
use super::own_quality::OwnQuality;

/// A message in flight, or held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Flight {
    pub id: MessageId,
    pub message: Message,
    pub sent_us: Micros,
    /// When it arrives, or would arrive if it were not lost.
    pub due_us: Micros,
    /// A message that is lost on the way; then `lost_us` is set, too.
    pub loss: Option<Loss>,
    pub lost_us: Option<Micros>,
    pub(in crate::sim) cause: EventId,
}

impl Flight {
    /// The event in which it was sent, or released.
    pub fn cause(&self) -> EventId {
        self.cause
    }

    /// What an event keeps of it.
    pub fn summary(&self) -> MessageSummary {
        let message = &self.message;
        MessageSummary {
            id: self.id,
            kind: message.kind(),
            from: message.from,
            to: message.to,
            term: message.term,
            entries: message.entries().map(|count| count as u32),
            verdict: message.verdict(),
            redirect: matches!(
                message.body,
                Body::Reply { result: Err(Redirect { leader: Some(_), .. }), .. }
            ),
            sent_us: self.sent_us,
            due_us: self.due_us,
        }
    }

    /// A rough number of bytes.
    pub(in crate::sim) fn weight(&self) -> usize {
        256 + self.message.bulk() * 24
    }
}

/// One direction of a link.
#[derive(Clone, Debug, Hash)]
pub(in crate::sim) struct Link {
    pub up: bool,
    /// With `fifo`, the arrival of the newest message, or of its second copy: no later message
    /// arrives before it.
    pub busy_until_us: Micros,
    pub delay: Stream,
    pub loss: Stream,
    pub duplicate: Stream,
    /// What the link does differently from the cluster's settings, once an act has said so.
    pub own: HashedIfSet<Option<Box<OwnQuality>>>,
}

#[derive(Clone, Debug)]
pub(in crate::sim) struct Network {
    pub seed: u64,
    servers: usize,
    /// The number of servers and clients.
    nodes: usize,
    /// A row of receivers for each sender.
    links: Vec<Link>,
    /// Oldest first.
    pub interceptors: Vec<Interceptor>,
    /// Oldest first.
    pub held: Vec<Flight>,
}

impl Hash for Network {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.servers.hash(state);
        self.links.hash(state);
        self.interceptors.hash(state);
        self.held.hash(state);
    }
}

impl Network {
    pub fn new(seed: u64, servers: usize, clients: usize) -> Network {
        let nodes = servers + clients;
        let link = |at: usize| {
            let which = stream_number(at, servers, nodes);
            Link {
                up: true,
                busy_until_us: 0,
                delay: Stream::new(seed, Purpose::LinkDelay, which),
                loss: Stream::new(seed, Purpose::LinkLoss, which),
                duplicate: Stream::new(seed, Purpose::LinkDuplicate, which),
                own: HashedIfSet(None),
            }
        };
        let links = (0..nodes * nodes).map(link).collect();
        Network { seed, servers, nodes, links, interceptors: Vec::new(), held: Vec::new() }
    }

    /// The number of the streams of the link at that position.
    pub fn stream_number(&self, at: usize) -> usize {
        stream_number(at, self.servers, self.nodes)
    }

    fn slot(&self, address: Address) -> usize {
        match address {
            Address::Server(server) => server.slot(),
            Address::Client(client) => self.servers + client.slot(),
        }
    }

    pub fn position(&self, from: Address, to: Address) -> usize {
        self.slot(from) * self.nodes + self.slot(to)
    }

    pub fn link(&self, from: Address, to: Address) -> &Link {
        &self.links[self.position(from, to)]
    }

    pub fn link_mut(&mut self, from: Address, to: Address) -> &mut Link {
        let at = self.position(from, to);
        &mut self.links[at]
    }

    /// The links keep the order of their messages from now on, also of those in flight.
    pub fn start_fifo<'a>(&mut self, in_flight: impl Iterator<Item = &'a Flight>) {
        for flight in in_flight.filter(|flight| flight.loss.is_none()) {
            let link = self.link_mut(flight.message.from, flight.message.to);
            link.busy_until_us = link.busy_until_us.max(flight.due_us);
        }
    }

    pub fn has_cuts(&self) -> bool {
        self.links.iter().any(|link| !link.up)
    }

    pub fn heal_all(&mut self) {
        self.links.iter_mut().for_each(|link| link.up = true);
    }
}

/// As if there were the most servers and clients: one more server must not change the random
/// numbers of the other links.
fn stream_number(at: usize, servers: usize, nodes: usize) -> usize {
    let number = |slot: usize| if slot < servers { slot } else { SERVERS_MAX + slot - servers };
    number(at / nodes) * (SERVERS_MAX + CLIENTS_MAX) + number(at % nodes)
}

/// Moves a message out of a list that is cleared later. So it is moved once, straight into its
/// [`Flight`].
#[inline]
pub(in crate::sim) fn take_message(message: &mut Message) -> Message {
    let body = std::mem::replace(&mut message.body, Body::TimeoutNow);
    Message { from: message.from, to: message.to, term: message.term, body }
}
