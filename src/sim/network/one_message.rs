//! Holding, delaying, repeating and sending again one message.

use super::link::Flight;
use crate::raft::Message;
use crate::sim::event::{EventId, Loss, MessageId};
use crate::sim::time::Micros;
use crate::sim::world::World;

impl World {
    /// Takes a message that is in flight or held.
    pub(in crate::sim) fn take_message(&mut self, id: MessageId) -> Option<Flight> {
        let held = self.network.held.iter().position(|flight| flight.id == id);
        if let Some(at) = held {
            return Some(self.network.held.remove(at));
        }
        self.queue.recall(|flight| flight.id == id).pop()
    }

    /// A message that would have been lost on its way is kept, too.
    pub(in crate::sim) fn hold_flight(&mut self, flight: Flight) {
        let kept = Flight { due_us: Micros::MAX, loss: None, lost_us: None, ..flight };
        self.network.held.push(kept);
    }

    /// A message that will be lost on its way is lost later.
    pub(in crate::sim) fn delay_flight(&mut self, mut flight: Flight, by_us: Micros) {
        flight.due_us = flight.due_us.saturating_add(by_us);
        flight.lost_us = flight.lost_us.map(|lost_us| lost_us.saturating_add(by_us));
        self.queue.send(flight);
    }

    /// A held message is in flight again, and arrives after that time.
    pub(in crate::sim) fn fly_again(&mut self, flight: Flight, after_us: Micros) {
        let Flight { id, message, .. } = flight;
        self.fly(id, message, after_us, self.event);
    }

    /// The copy arrives some latency later. It draws that aside, so that it shifts no chance.
    pub(in crate::sim) fn duplicate_flight(&mut self, flight: Flight, is_held: bool) {
        let copy_id = self.next_flight_id();
        if is_held {
            let copy = Flight { id: copy_id, ..flight.clone() };
            self.network.held.extend([flight, copy]);
            return;
        }
        let link = self.network.link(flight.message.from, flight.message.to);
        let apart_us = link.delay.aside().within(link.latency(&self.settings));
        let after_us = (flight.due_us - self.now_us).saturating_add(apart_us);
        self.fly(copy_id, flight.message.clone(), after_us, flight.cause);
        self.queue.send(flight);
    }

    /// A copy of a message, whatever has become of it, is in flight from now on.
    pub(in crate::sim) fn resend(&mut self, id: MessageId, after_us: Micros) {
        if let Some((_, flight)) = self.message(id) {
            let message = flight.message.clone();
            let copy_id = self.next_flight_id();
            self.fly(copy_id, message, after_us, self.event);
        }
    }

    /// Puts a message in flight that arrives after that time, past all interceptors and without
    /// chance; a cut link still loses it.
    fn fly(&mut self, id: MessageId, message: Message, after_us: Micros, cause: EventId) {
        let sent_us = self.now_us;
        let due_us = sent_us.saturating_add(after_us);
        let is_up = self.network.link(message.from, message.to).up;
        let loss = (!is_up).then_some(Loss::Cut);
        let lost_us = loss.map(|_| sent_us + (due_us - sent_us) / 2);
        self.queue.send(Flight { id, message, sent_us, due_us, loss, lost_us, cause });
    }
}
