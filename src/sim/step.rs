//! One event: takes the order that is due first, and handles it.
//!
//! Events are ordered by time and, within a moment, by when they were put in the queue or the timer
//! was set.

use crate::raft::{Address, Input, Role, ServerId, Timer};

use super::changes::Changes;
use super::event::{EventId, EventKind, Loss, MessageSummary};
use super::network::Flight;
use super::queue::{Due, NEVER, Scheduled, Slot};
use super::server::Status;
use super::time::Micros;
use super::world::World;

impl World {
    /// Handles the event that is due next, and writes to `changes` what it did. False: nothing is
    /// due, now or later.
    pub fn step(&mut self, changes: &mut Changes) -> bool {
        self.step_within(Micros::MAX, changes)
    }

    /// As [`World::step`], if the event is due up to that moment.
    pub(crate) fn step_within(&mut self, limit_us: Micros, changes: &mut Changes) -> bool {
        let queued = self.queue.first();
        let (timer_key, server, timer) = self.first_timers.first();
        let first = timer_key.min(queued);
        if first.0 > limit_us || first == NEVER {
            return false;
        }
        self.now_us = first.0;
        if timer_key < queued {
            self.fire(server, timer, changes);
        } else if let Some(slot) = self.queue.pop() {
            self.begin_event(changes);
            self.happen(slot, changes);
        }
        self.drop_cancelled();
        true
    }

    fn fire(&mut self, server: ServerId, timer: Timer, changes: &mut Changes) {
        let set = self.servers[server.slot()].timers[timer as usize].take();
        self.update_first_timer(server);
        self.begin_event(changes);
        self.step_server(server, Input::Timer(timer), changes);
        let cause = set.map(|set| set.cause);
        self.end_event(changes, cause, || EventKind::TimerFired(server, timer));
    }

    fn happen(&mut self, slot: Slot, changes: &mut Changes) {
        if let Some(flight) = self.queue.flight(slot)
            && flight.loss.is_none()
            && let Address::Server(to) = flight.message.to
            && self.servers[to.slot()].is_running()
        {
            self.deliver(slot, to, changes);
            return;
        }
        match self.queue.take(slot) {
            Some(Scheduled::Flight { flight, .. }) => self.land(flight, changes),
            Some(Scheduled::Other(cause, due)) => self.handle_due(cause, due, changes),
            None => {}
        }
    }

    #[inline(never)]
    fn handle_due(&mut self, cause: EventId, due: Due, changes: &mut Changes) {
        match due {
            Due::WriteStable(server, write) => {
                // A write that has begun goes on while its server is paused: the disk is not
                // frozen. The server learns of it when it resumes.
                self.servers[server.slot()].disk.finish_oldest();
                if self.servers[server.slot()].is_running() {
                    self.step_server(server, Input::Stable(write), changes);
                }
                self.end_event(changes, Some(cause), || EventKind::WriteStable(server, write));
            }
            Due::PauseOver(server, _) => {
                self.resume(server, changes);
                self.end_event(changes, Some(cause), || EventKind::PauseOver(server));
            }
            Due::LeaseOver(server, term, round) => {
                // Time passes for a paused server, too: it must not wake up with a lease. It does
                // nothing else meanwhile.
                self.step_server(server, Input::LeaseOver { term, round }, changes);
                self.end_event(changes, Some(cause), || EventKind::LeaseOver(server));
            }
            Due::ClientTimeout(client, serial, _) => {
                self.client_timeout(client, serial, cause, changes);
            }
            Due::ClientRetry(client, serial, _) => {
                self.client_retry(client, serial, cause, changes);
            }
            Due::Load(_) => self.load_tick(cause, changes),
        }
    }

    /// The fast path, and by far the most of all events: a message reaches a server that runs. The
    /// message stays in its slot while the server reads it, since taking it out would copy it.
    fn deliver(&mut self, slot: Slot, to: ServerId, changes: &mut Changes) {
        self.begin_step(to, changes);
        let mut delivered = None;
        if let Some(flight) = self.queue.flight(slot) {
            self.servers[to.slot()].node.receive(&flight.message, &mut changes.effects);
            if changes.explain {
                changes.keep_message(flight);
                delivered = Some((flight.cause, flight.summary()));
            }
        }
        self.queue.keep_past(slot);
        self.finish_step(to, changes);
        if let Some((cause, note)) = delivered {
            self.end_event(changes, Some(cause), || EventKind::Delivered(note));
        }
    }

    /// A message is lost, or it reaches a client, or a server that does not run.
    #[inline(never)]
    fn land(&mut self, flight: Flight, changes: &mut Changes) {
        let cause = Some(flight.cause);
        let note = changes.explain.then(|| flight.summary());
        if changes.explain {
            changes.keep_message(&flight);
        }
        let noted =
            |kind: fn(MessageSummary) -> EventKind| move || note.map_or(EventKind::Started, kind);
        if let Some(loss) = flight.loss {
            let lost = || note.map_or(EventKind::Started, |note| EventKind::Lost(note, loss));
            self.end_event(changes, cause, lost);
            return self.queue.remember(flight);
        }
        match flight.message.to {
            Address::Client(client) => {
                self.client_hears(client, &flight.message, changes);
                self.queue.remember(flight);
                self.end_event(changes, cause, noted(EventKind::Delivered));
            }
            Address::Server(id) => match &mut self.servers[id.slot()].status {
                // See `deliver`.
                Status::Running => {}
                Status::Paused { stalled, .. } => {
                    stalled.push(flight);
                    self.end_event(changes, cause, noted(EventKind::Stalled));
                }
                Status::Crashed => {
                    self.queue.remember(Flight { loss: Some(Loss::Crashed), ..flight });
                    self.end_event(changes, cause, noted(EventKind::lost_to_a_crash))
                }
            },
        }
    }

    /// Drops cancelled orders from the head of the queue, so that the next event is a real one.
    pub(super) fn drop_cancelled(&mut self) {
        while self.queue.first_due().is_some_and(|due| self.is_cancelled(due)) {
            if let Some(slot) = self.queue.pop() {
                self.queue.release(slot);
            }
        }
    }

    pub(super) fn is_cancelled(&self, due: &Due) -> bool {
        match *due {
            Due::PauseOver(server, pause) => {
                let status = &self.servers[server.slot()].status;
                !matches!(status, Status::Paused { pause: now, .. } if *now == pause)
            }
            Due::ClientTimeout(client, serial, attempt)
            | Due::ClientRetry(client, serial, attempt) => {
                self.clients[client.slot()].operation(serial).is_none_or(|operation| {
                    operation.answered.is_some() || operation.attempts != attempt
                })
            }
            Due::LeaseOver(server, term, _) => {
                let node = self.servers[server.slot()].node();
                node.role() != Role::Leader || node.current_term() != term
            }
            Due::Load(epoch) => self.loading.as_ref().is_none_or(|loading| loading.epoch != epoch),
            _ => false,
        }
    }
}
