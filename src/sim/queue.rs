//! Everything that is due, ordered by time and, within a moment, by when it was scheduled.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::act::one_message::PAST_MAX;
use super::event::EventId;
use super::network::Flight;
use super::time::Micros;
use crate::raft::{ClientId, ServerId, Term, WriteId};

/// Something that will happen, other than the arrival of a message. The hash of the world contains
/// the numbers of the variants; 0 was once a message.
#[derive(Clone, Debug, Hash)]
#[repr(u8)]
pub(super) enum Due {
    /// The oldest write of a server is stable.
    WriteStable(ServerId, WriteId) = 1,
    /// A pause ends; cancelled if the server has resumed since.
    PauseOver(ServerId, u64),
    /// A client times out on that attempt at a command.
    ClientTimeout(ClientId, u64, u32),
    /// A client tries a command again after a rest.
    ClientRetry(ClientId, u64, u32),
    /// The lease of a round of a leader's term expires.
    LeaseOver(ServerId, Term, u64),
    /// The load makes a client send.
    Load(u64),
}

/// A moment, and the order within it.
pub(super) type Key = (Micros, u64);
/// Later than everything: the key of a timer that does not run, and of an empty queue.
pub(super) const NEVER: Key = (Micros::MAX, u64::MAX);

/// The number of a slot of the queue.
pub(super) type Slot = usize;

/// What the heap sorts: a moment and a slot. It is small because the heap moves it often. A message
/// stays in its slot from the moment it is sent until it has been handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct QueueItem {
    time_us: Micros,
    /// Unique, so the slot never decides the order.
    sequence: u64,
    slot: Slot,
}

/// What lies in a slot.
#[derive(Clone, Debug)]
pub(super) enum Scheduled {
    /// A message arrives or is lost on the way. A past one has done so; it is kept for a while, and
    /// nothing is due for it.
    Flight { flight: Flight, is_past: bool },
    /// Anything else, and the event that caused it.
    Other(EventId, Due),
}

/// The queue, with the messages in flight.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    items: BinaryHeap<Reverse<QueueItem>>,
    sequence: u64,
    slots: Vec<Option<Scheduled>>,
    free: Vec<Slot>,
    /// The slots of past messages, oldest first.
    past: VecDeque<Slot>,
}

impl Queue {
    /// The next number in the order within a moment.
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    pub fn push(&mut self, time_us: Micros, cause: EventId, due: Due) {
        self.schedule(time_us, Scheduled::Other(cause, due));
    }

    #[inline]
    pub fn send(&mut self, flight: Flight) {
        let due_us = flight.lost_us.unwrap_or(flight.due_us);
        self.schedule(due_us, Scheduled::Flight { flight, is_past: false });
    }

    // Inlined, or the message would be copied once more for the call.
    #[inline(always)]
    fn schedule(&mut self, time_us: Micros, scheduled: Scheduled) {
        let slot = self.fill_slot(scheduled);
        let sequence = self.next_sequence();
        self.items.push(Reverse(QueueItem { time_us, sequence, slot }));
    }

    #[inline(always)]
    fn fill_slot(&mut self, scheduled: Scheduled) -> Slot {
        match self.free.pop() {
            Some(slot) => {
                self.slots[slot] = Some(scheduled);
                slot
            }
            None => {
                self.slots.push(Some(scheduled));
                self.slots.len() - 1
            }
        }
    }

    /// Keeps the message in a slot that was popped, which has arrived. It stays where it is: to
    /// move it would cost more than all the rest of a delivery in the queue.
    pub fn keep_past(&mut self, slot: Slot) {
        if let Some(Scheduled::Flight { is_past, .. }) = &mut self.slots[slot] {
            *is_past = true;
            self.past.push_back(slot);
            if self.past.len() > PAST_MAX
                && let Some(oldest) = self.past.pop_front()
            {
                self.release(oldest);
            }
        }
    }

    /// Keeps a message that has arrived or was lost.
    pub fn remember(&mut self, flight: Flight) {
        let slot = self.fill_slot(Scheduled::Flight { flight, is_past: true });
        self.keep_past(slot);
    }

    /// The newest messages that have arrived or were lost, newest first.
    pub fn past(&self) -> impl Iterator<Item = &Flight> {
        self.past.iter().rev().filter_map(|slot| match &self.slots[*slot] {
            Some(Scheduled::Flight { flight, .. }) => Some(flight),
            _ => None,
        })
    }

    /// Time and order of what is due first.
    #[inline]
    pub fn first(&self) -> Key {
        self.items.peek().map_or(NEVER, |Reverse(item)| (item.time_us, item.sequence))
    }

    /// The first order, unless it is a message.
    pub fn first_due(&self) -> Option<&Due> {
        match self.slots[self.items.peek()?.0.slot].as_ref()? {
            Scheduled::Flight { .. } => None,
            Scheduled::Other(_, due) => Some(due),
        }
    }

    /// The slot of the first order. It keeps its content until it is taken or released.
    pub fn pop(&mut self) -> Option<Slot> {
        self.items.pop().map(|Reverse(item)| item.slot)
    }

    pub fn flight(&self, slot: Slot) -> Option<&Flight> {
        match &self.slots[slot] {
            Some(Scheduled::Flight { flight, is_past: false }) => Some(flight),
            _ => None,
        }
    }

    /// Empties a slot that was popped.
    pub fn take(&mut self, slot: Slot) -> Option<Scheduled> {
        self.free.push(slot);
        self.slots[slot].take()
    }

    /// Empties a slot whose content has been handled.
    pub fn release(&mut self, slot: Slot) {
        self.free.push(slot);
        self.slots[slot] = None;
    }

    /// Cancels all orders but messages that do not match. Rare: it looks at everything.
    pub fn retain(&mut self, keep: impl Fn(&Due) -> bool) {
        for (slot, scheduled) in self.slots.iter_mut().enumerate() {
            if matches!(scheduled, Some(Scheduled::Other(_, due)) if !keep(due)) {
                *scheduled = None;
                self.free.push(slot);
            }
        }
        self.items.retain(|Reverse(item)| self.slots[item.slot].is_some());
    }

    /// The messages in flight, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.slots.iter().filter_map(|scheduled| match scheduled {
            Some(Scheduled::Flight { flight, is_past: false }) => Some(flight),
            _ => None,
        })
    }

    /// The messages in flight, in the order of their numbers.
    pub fn flights_in_order(&self) -> Vec<&Flight> {
        let mut flights: Vec<&Flight> = self.flights().collect();
        flights.sort_by_cached_key(|flight| flight.id);
        flights
    }

    /// Removes the messages in flight that match, and returns them in the order of their numbers.
    pub fn recall(&mut self, matches: impl Fn(&Flight) -> bool) -> Vec<Flight> {
        let is_recalled = |slot: &Slot| self.flight(*slot).is_some_and(&matches);
        self.take_flights((0..self.slots.len()).filter(is_recalled).collect())
    }

    fn take_flights(&mut self, slots: Vec<Slot>) -> Vec<Flight> {
        let mut recalled = Vec::new();
        for slot in slots {
            if let Some(Scheduled::Flight { flight, .. }) = self.take(slot) {
                recalled.push(flight);
            }
        }
        if !recalled.is_empty() {
            self.items.retain(|Reverse(item)| self.slots[item.slot].is_some());
        }
        recalled.sort_by_cached_key(|flight| flight.id);
        recalled
    }

    /// Whether an order that is no message matches.
    pub fn any(&self, matches: impl Fn(&Due) -> bool) -> bool {
        let is_match =
            |scheduled: &_| matches!(scheduled, Some(Scheduled::Other(_, due)) if matches(due));
        self.slots.iter().any(is_match)
    }

    /// The time of the latest order that counts; messages always do.
    pub fn last_us(&self, counts: impl Fn(&Due) -> bool) -> Option<Micros> {
        let is_counted = |item: &&Reverse<QueueItem>| match &self.slots[item.0.slot] {
            Some(Scheduled::Other(_, due)) => counts(due),
            scheduled => scheduled.is_some(),
        };
        self.items.iter().filter(is_counted).map(|Reverse(item)| item.time_us).max()
    }

    /// How many orders are due, cancelled ones included.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether any write is pending.
    pub fn has_writes(&self) -> bool {
        self.any(|due| matches!(due, Due::WriteStable(..)))
    }
}

impl std::hash::Hash for Queue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // A heap has many orders for the same contents; only the sorted one is unique.
        let mut items: Vec<&QueueItem> = self.items.iter().map(|Reverse(item)| item).collect();
        items.sort_unstable();
        for item in items {
            item.time_us.hash(state);
            match &self.slots[item.slot] {
                Some(Scheduled::Flight { flight, .. }) => (flight.cause, Some(flight)).hash(state),
                Some(Scheduled::Other(cause, due)) => (cause, due).hash(state),
                None => {}
            }
        }
    }
}
