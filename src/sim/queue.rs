//! What is due, ordered by time and, within a moment, by when it was put there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::event::EventId;
use super::network::Flight;
use super::time::Micros;
use crate::raft::{ClientId, ServerId, Term, WriteId};

/// Something that will happen.
#[derive(Clone, Debug, Hash)]
pub(super) enum Due {
    /// A message arrives, or is lost on the way.
    Flight(Flight),
    /// The oldest write of a server is stable.
    WriteStable(ServerId, WriteId),
    /// A pause for a time is over, if it still is that one.
    PauseOver(ServerId, u64),
    /// A client times out on that attempt at a command.
    ClientTimeout(ClientId, u64, u32),
    /// A client tries a command again after a rest.
    ClientRetry(ClientId, u64, u32),
    /// The lease of a round of a leader's term is over.
    LeaseOver(ServerId, Term, u64),
    /// The load makes a client send.
    Load(u64),
}

/// The number of a slot of the queue.
pub(super) type Slot = usize;

/// What the heap sorts: when something is due and where it lies. It is small because the heap moves it; what is due,
/// a message above all, stays in its slot from the moment it is sent until it has been handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    time_us: Micros,
    /// Orders what is due at the same moment. No two items have the same, so that the slot never decides.
    sequence: u64,
    slot: Slot,
}

/// Something in its slot, and the event that put it there.
#[derive(Clone, Debug)]
struct Waiting {
    cause: EventId,
    due: Due,
}

/// The queue, and the messages under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    items: BinaryHeap<Reverse<Item>>,
    sequence: u64,
    slots: Vec<Option<Waiting>>,
    free: Vec<Slot>,
}

impl Queue {
    /// The next number in the order of a moment.
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    pub fn push(&mut self, time_us: Micros, cause: EventId, due: Due) {
        let waiting = Some(Waiting { cause, due });
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot] = waiting;
                slot
            }
            None => {
                self.slots.push(waiting);
                self.slots.len() - 1
            }
        };
        let sequence = self.next_sequence();
        self.items.push(Reverse(Item { time_us, sequence, slot }));
    }

    /// Time and order of what is due first.
    pub fn first(&self) -> Option<(Micros, u64)> {
        self.items.peek().map(|Reverse(item)| (item.time_us, item.sequence))
    }

    /// What is due first, without taking it.
    pub fn peek(&self) -> Option<&Due> {
        self.items.peek().and_then(|Reverse(item)| self.due(item.slot))
    }

    /// Where what is due first lies. It stays there until it is taken.
    pub fn pop(&mut self) -> Option<Slot> {
        self.items.pop().map(|Reverse(item)| item.slot)
    }

    pub fn due(&self, slot: Slot) -> Option<&Due> {
        self.slots[slot].as_ref().map(|waiting| &waiting.due)
    }

    /// Empties a slot that was popped.
    pub fn take(&mut self, slot: Slot) -> Option<(EventId, Due)> {
        self.free.push(slot);
        self.slots[slot].take().map(|waiting| (waiting.cause, waiting.due))
    }

    /// Empties a slot whose content has been handled.
    pub fn release(&mut self, slot: Slot) {
        self.free.push(slot);
        self.slots[slot] = None;
    }

    /// Removes what is no longer to happen. Rare: it looks at everything.
    pub fn retain(&mut self, keep: impl Fn(&Due) -> bool) {
        for (slot, waiting) in self.slots.iter_mut().enumerate() {
            if waiting.take_if(|waiting| !keep(&waiting.due)).is_some() {
                self.free.push(slot);
            }
        }
        self.items.retain(|Reverse(item)| self.slots[item.slot].is_some());
    }

    pub fn send(&mut self, flight: Flight) {
        let (time_us, cause) = (flight.vanish_us.unwrap_or(flight.due_us), flight.cause);
        self.push(time_us, cause, Due::Flight(flight));
    }

    /// The messages under way, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.slots.iter().flatten().filter_map(|waiting| match &waiting.due {
            Due::Flight(flight) => Some(flight),
            _ => None,
        })
    }

    /// Removes the messages under way that match, and returns them in the order of their numbers.
    pub fn recall(&mut self, matches: impl Fn(&Flight) -> bool) -> Vec<Flight> {
        let mut recalled = Vec::new();
        for slot in 0..self.slots.len() {
            let is_match = |due: &Due| matches!(due, Due::Flight(flight) if matches(flight));
            if self.due(slot).is_some_and(is_match)
                && let Some((_, Due::Flight(flight))) = self.take(slot)
            {
                recalled.push(flight);
            }
        }
        if !recalled.is_empty() {
            self.items.retain(|Reverse(item)| self.slots[item.slot].is_some());
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
        let mut waiting = self.slots.iter().flatten();
        waiting.any(|waiting| matches!(waiting.due, Due::WriteStable(..)))
    }
}

impl std::hash::Hash for Queue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // A heap has many orders for the same contents; only the sorted one is unique.
        let mut items: Vec<&Item> = self.items.iter().map(|Reverse(item)| item).collect();
        items.sort_unstable_by_key(|item| item.key());
        for item in items {
            let Some(waiting) = &self.slots[item.slot] else { continue };
            (item.time_us, waiting.cause).hash(state);
            match &waiting.due {
                Due::Flight(flight) => Some(flight).hash(state),
                due => due.hash(state),
            }
        }
    }
}
