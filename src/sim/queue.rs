//! What is due, ordered by time and, within a moment, by when it was put there.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::event::EventId;
use super::network::Flight;
use super::time::Micros;
use crate::raft::{ClientId, ServerId, Term, WriteId};

/// Something that will happen.
#[derive(Clone, Debug, Hash)]
pub(super) enum Due {
    /// A message arrives, or vanishes. In its slot of the queue.
    Flight(usize),
    /// The oldest write of a server is stable.
    WriteStable(ServerId, WriteId),
    /// A pause for a time is over, if it still is that one.
    PauseOver(ServerId, u64),
    /// A client has waited long enough for that attempt at a command.
    ClientTimeout(ClientId, u64, u32),
    /// A client tries a command again after a rest.
    ClientRetry(ClientId, u64, u32),
    /// The lease of a round of a leader's term is over.
    LeaseOver(ServerId, Term, u64),
    /// The load makes a client send.
    Load(u64),
}

#[derive(Clone, Debug)]
struct Item {
    time_us: Micros,
    sequence: u64,
    cause: EventId,
    due: Due,
}

impl Item {
    fn key(&self) -> (Micros, u64) {
        (self.time_us, self.sequence)
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Item) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Item {}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Item) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Item) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// The queue, and the messages under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    items: BinaryHeap<Reverse<Item>>,
    sequence: u64,
    flights: Vec<Option<Flight>>,
    free: Vec<usize>,
}

impl Queue {
    /// The next number in the order of a moment.
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    pub fn push(&mut self, time_us: Micros, cause: EventId, due: Due) {
        let sequence = self.next_sequence();
        self.items.push(Reverse(Item { time_us, sequence, cause, due }));
    }

    /// Time and order of what is due first.
    pub fn first(&self) -> Option<(Micros, u64)> {
        self.items.peek().map(|Reverse(item)| item.key())
    }

    /// What is due first, without taking it.
    pub fn peek(&self) -> Option<&Due> {
        self.items.peek().map(|Reverse(item)| &item.due)
    }

    pub fn pop(&mut self) -> Option<(EventId, Due)> {
        self.items.pop().map(|Reverse(item)| (item.cause, item.due))
    }

    /// Takes out what is no longer to happen. Rare: it looks at everything.
    pub fn retain(&mut self, keep: impl Fn(&Due) -> bool) {
        self.items.retain(|Reverse(item)| keep(&item.due));
    }

    pub fn send(&mut self, flight: Flight) {
        let (time_us, cause) = (flight.vanish_us.unwrap_or(flight.due_us), flight.cause);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.flights.push(None);
            self.flights.len() - 1
        });
        self.flights[slot] = Some(flight);
        self.push(time_us, cause, Due::Flight(slot));
    }

    /// Takes a message that arrives or vanishes now.
    pub fn land(&mut self, slot: usize) -> Option<Flight> {
        self.free.push(slot);
        self.flights[slot].take()
    }

    /// The messages under way, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.flights.iter().flatten()
    }

    /// Takes out the messages under way that match, in the order of their numbers.
    pub fn recall(&mut self, matches: impl Fn(&Flight) -> bool) -> Vec<Flight> {
        let mut recalled = Vec::new();
        for slot in 0..self.flights.len() {
            if self.flights[slot].as_ref().is_some_and(&matches) {
                recalled.extend(self.flights[slot].take());
                self.free.push(slot);
            }
        }
        if !recalled.is_empty() {
            let flights = &self.flights;
            self.items.retain(|Reverse(item)| match item.due {
                Due::Flight(slot) => flights[slot].is_some(),
                _ => true,
            });
        }
        recalled.sort_by_key(|flight| flight.id);
        recalled
    }

    /// How many orders are due, cancelled ones included.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether any write is under way.
    pub fn has_writes(&self) -> bool {
        self.items.iter().any(|Reverse(item)| matches!(item.due, Due::WriteStable(..)))
    }
}

impl std::hash::Hash for Queue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // A heap has many orders for the same contents; only the sorted one is unique.
        let mut items: Vec<&Item> = self.items.iter().map(|Reverse(item)| item).collect();
        items.sort_unstable_by_key(|item| item.key());
        for item in items {
            (item.time_us, item.cause).hash(state);
            match item.due {
                Due::Flight(slot) => self.flights[slot].hash(state),
                ref due => due.hash(state),
            }
        }
    }
}
