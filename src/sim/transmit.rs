//! A message sets out: orders, cuts, loss, delay and duplication.

use crate::raft::{Body, Message};

use super::act::Fate;
use super::event::{EventId, Loss};
use super::network::Flight;
use super::time::Micros;
use super::world::World;

impl World {
    /// Takes the message out of its list, and lets it set out.
    pub(super) fn send_on_link(&mut self, message: &mut Message, cause: EventId) {
        self.work += (message.bulk() + self.network.orders.len()) as u64;
        let settings = &self.settings;
        let perfect = self.network.orders.is_empty()
            && (settings.loss_ppm, settings.duplicate_ppm, settings.fifo) == (0, 0, false);
        let link = self.network.link_mut(message.from, message.to);
        if !perfect || !link.up {
            return self.send_on_imperfect_link(message, cause);
        }
        // By far the most messages only take their time. This does what the long way would do.
        let due_us = self.now_us.saturating_add(link.delay.within(settings.latency));
        let flight = self.flight(taken(message), due_us, None, cause);
        self.queue.send(flight);
    }

    #[inline(never)]
    fn send_on_imperfect_link(&mut self, message: &mut Message, cause: EventId) {
        let fate = self.network.fate_of(message);
        let (mut doom, mut extra_us, mut twice) = (None, 0, false);
        match fate {
            None => {}
            Some(Fate::Hold) => {
                let flight = self.flight(taken(message), Micros::MAX, None, cause);
                self.network.held.push(flight);
                return;
            }
            Some(Fate::Drop) => doom = Some(Loss::Dropped),
            Some(Fate::Delay(by_us)) => extra_us = by_us,
            Some(Fate::Duplicate) => twice = true,
        }
        let settings = &self.settings;
        let link = self.network.link_mut(message.from, message.to);
        // Every message draws as often, whatever becomes of it.
        let delay_us = link.delay.within(settings.latency);
        let lost = link.loss.happens(settings.loss_ppm);
        twice |= link.duplicate.happens(settings.duplicate_ppm);
        if !link.up {
            doom = Some(Loss::Cut);
        } else if lost {
            doom = doom.or(Some(Loss::Chance));
        }
        let second_delay_us = if twice { link.duplicate.within(settings.latency) } else { 0 };
        let mut due_us = self.now_us.saturating_add(delay_us).saturating_add(extra_us);
        if settings.fifo && doom.is_none() {
            due_us = due_us.max(link.busy_until_us);
            link.busy_until_us = due_us;
        }
        if twice && doom.is_none() {
            let again_us = due_us.saturating_add(second_delay_us);
            let copy = self.flight(message.clone(), again_us, None, cause);
            self.queue.send(copy);
        }
        let flight = self.flight(taken(message), due_us, doom, cause);
        self.queue.send(flight);
    }

    /// A doomed message goes half the way, so that one sees it go.
    #[inline]
    fn flight(
        &mut self,
        message: Message,
        due_us: Micros,
        doom: Option<Loss>,
        cause: EventId,
    ) -> Flight {
        let id = self.next_flight_id();
        let sent_us = self.now_us;
        let vanish_us = doom.map(|_| sent_us + (due_us - sent_us) / 2);
        Flight { id, message, sent_us, due_us, doom, vanish_us, cause }
    }

    /// Lets a message arrive at this moment, whatever the orders say; a cut link still loses it.
    pub(super) fn arrive_now(&mut self, mut flight: Flight) {
        flight.due_us = self.now_us;
        flight.cause = self.event;
        if !self.network.link(flight.message.from, flight.message.to).up {
            flight.doom = Some(Loss::Cut);
            flight.vanish_us = Some(self.now_us);
        }
        self.queue.send(flight);
    }

    /// A message that nobody sent arrives, over whatever link.
    pub(super) fn inject(&mut self, message: Message) {
        let flight = self.flight(message, self.now_us, None, self.event);
        self.queue.send(flight);
    }
}

/// Moves a message out of a list that is cleared later. It is moved once, straight into its flight.
#[inline]
pub(super) fn taken(message: &mut Message) -> Message {
    let body = std::mem::replace(&mut message.body, Body::TimeoutNow);
    Message { from: message.from, to: message.to, term: message.term, body }
}
