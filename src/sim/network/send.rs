//! Sending: interceptors, cut links, loss, delay and duplication.

use super::link::{Flight, take_message};
use crate::raft::Message;
use crate::sim::act::Interception;
use crate::sim::event::{EventId, Loss};
use crate::sim::time::Micros;
use crate::sim::world::World;

impl World {
    /// Sends a message, and takes it out of `message`.
    pub(in crate::sim) fn send_on_link(&mut self, message: &mut Message, cause: EventId) {
        self.work += (message.bulk() + self.network.interceptors.len()) as u64;
        let settings = &self.settings;
        let perfect = self.network.interceptors.is_empty()
            && (settings.loss_ppm, settings.duplicate_ppm, settings.fifo) == (0, 0, false);
        let link = self.network.link_mut(message.from, message.to);
        if !perfect || !link.up || link.own.is_some() {
            return self.send_on_imperfect_link(message, cause);
        }
        // The fast path for nearly all messages. It does just what the long path below would do.
        let due_us = self.now_us.saturating_add(link.delay.within(settings.latency));
        let flight = self.flight(take_message(message), due_us, None, cause);
        self.queue.send(flight);
    }

    #[inline(never)]
    fn send_on_imperfect_link(&mut self, message: &mut Message, cause: EventId) {
        let interception = self.network.intercept(message);
        let settings = &self.settings;
        let link = self.network.link_mut(message.from, message.to);
        // Every message draws the same numbers, whatever an interceptor does with it: to intercept
        // one message must not change what chance does to the others.
        let delay_us = link.delay.within(settings.latency);
        let lost = link.loss.happens(settings.loss_ppm);
        let twice = link.duplicate.happens(settings.duplicate_ppm);
        let mut second_delay_us = twice.then(|| link.duplicate.within(settings.latency));
        let (delay_us, lost) = (link.own_delay(delay_us), link.own_loss(lost));
        second_delay_us = second_delay_us.map(|delay_us| link.own_delay(delay_us));
        let (mut loss, mut extra_us) = (None, 0);
        match interception {
            None => {}
            Some(Interception::Hold) => {
                let flight = self.flight(take_message(message), Micros::MAX, None, cause);
                self.network.held.push(flight);
                return;
            }
            Some(Interception::Drop) => loss = Some(Loss::Dropped),
            Some(Interception::Delay(by_us)) => extra_us = by_us,
            Some(Interception::Duplicate) => {
                let aside = || link.delay.aside().within(link.latency(settings));
                second_delay_us = second_delay_us.or_else(|| Some(aside()));
            }
        }
        if !link.up {
            loss = Some(Loss::Cut);
        } else if lost {
            loss = loss.or(Some(Loss::Chance));
        }
        let mut due_us = self.now_us.saturating_add(delay_us).saturating_add(extra_us);
        if settings.fifo && loss.is_none() {
            due_us = due_us.max(link.busy_until_us);
            link.busy_until_us = due_us.saturating_add(second_delay_us.unwrap_or(0));
        }
        if let Some(second_delay_us) = second_delay_us.filter(|_| loss.is_none()) {
            let again_us = due_us.saturating_add(second_delay_us);
            let copy = self.flight(message.clone(), again_us, None, cause);
            self.queue.send(copy);
        }
        let flight = self.flight(take_message(message), due_us, loss, cause);
        self.queue.send(flight);
    }

    /// A lost message gets halfway: the page shows it leave.
    #[inline]
    fn flight(
        &mut self,
        message: Message,
        due_us: Micros,
        loss: Option<Loss>,
        cause: EventId,
    ) -> Flight {
        let id = self.next_flight_id();
        let sent_us = self.now_us;
        let lost_us = loss.map(|_| sent_us + (due_us - sent_us) / 2);
        Flight { id, message, sent_us, due_us, loss, lost_us, cause }
    }

    /// A released message arrives at once, past all interceptors; a cut link still loses it.
    pub(in crate::sim) fn arrive_now(&mut self, mut flight: Flight) {
        flight.due_us = self.now_us;
        flight.cause = self.event;
        (flight.loss, flight.lost_us) = (None, None);
        if !self.network.link(flight.message.from, flight.message.to).up {
            flight.loss = Some(Loss::Cut);
            flight.lost_us = Some(self.now_us);
        }
        self.queue.send(flight);
    }

    /// A message that no server sent arrives at once, even over a cut link.
    pub(in crate::sim) fn inject(&mut self, message: Message) {
        let flight = self.flight(message, self.now_us, None, self.event);
        self.queue.send(flight);
    }
}
