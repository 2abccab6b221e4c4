//! How clients find the leader, follow redirects, time out and retry, and how the load sends.

use std::sync::Arc;

use crate::raft::{Answer, Body, ClientId, Message, Op, Redirect, Request, ServerId};

use super::load::Loading;
use crate::sim::act::Load;
use crate::sim::chance::{Purpose, Stream};
use crate::sim::changes::Changes;
use crate::sim::event::{EventId, EventKind};
use crate::sim::queue::Due;
use crate::sim::settings::Routing;
use crate::sim::time::{MS, Micros, SECOND};
use crate::sim::world::World;

/// How long a client waits after a server refused it without naming a leader.
const REST_US: Micros = 50 * MS;
/// The load adds no operations to a client with this many open ones.
const OPEN_MAX: usize = 100;

impl World {
    /// A client begins an operation at server `via`, by default at the leader that it knows.
    pub(in crate::sim) fn begin_operation(
        &mut self,
        client: ClientId,
        op: Op,
        via: Option<ServerId>,
        changes: &mut Changes,
    ) -> u64 {
        self.history += 1;
        let (now_us, order) = (self.now_us, self.history);
        let serial = self.clients[client.slot()].begin(op, now_us, order);
        self.newest_operation = Some((client, serial));
        changes.invoke(client, serial);
        match via.or_else(|| self.first_target(client)) {
            Some(target) => self.attempt(client, serial, target),
            None => self.rest(client, serial),
        }
        serial
    }

    /// Behind a proxy, the live leader; otherwise the leader that the client knows.
    fn first_target(&self, client: ClientId) -> Option<ServerId> {
        if self.settings.routing == Routing::Leader
            && (self.settings.retry || self.leader().is_some())
        {
            return self.leader();
        }
        Some(self.clients[client.slot()].leader.unwrap_or(ServerId::from_slot(0)))
    }

    fn attempt(&mut self, client: ClientId, serial: u64, target: ServerId) {
        let (reads, routing) = (self.settings.reads, self.settings.routing);
        let Some(operation) = self.clients[client.slot()].operation_mut(serial) else { return };
        operation.attempts += 1;
        operation.target = Some(target);
        let attempt = operation.attempts;
        let command = Arc::clone(&operation.command);
        let request = Request { command, reads, forward: routing == Routing::Forward };
        let body = Body::Request(Arc::new(request));
        let mut message = Message { from: client.into(), to: target.into(), term: 0, body };
        self.send_on_link(&mut message, self.event);
        if let Some(timeout_us) = self.settings.client_timeout_us {
            let due_us = self.now_us.saturating_add(timeout_us);
            self.queue.push(due_us, self.event, Due::ClientTimeout(client, serial, attempt));
        }
    }

    /// `client-timeout` is no longer `never`: commands that wait without a timeout get one, or they
    /// would never be retried.
    pub(in crate::sim) fn start_client_timeouts(&mut self) {
        let Some(timeout_us) = self.settings.client_timeout_us else { return };
        let due_us = self.now_us.saturating_add(timeout_us);
        let mut waiting = Vec::new();
        for client in &self.clients {
            let open = client.operations().iter().filter(|operation| operation.answered.is_none());
            waiting.extend(open.map(|open| (client.id(), open.serial(), open.attempts)));
        }
        for attempt in waiting {
            let is_timed = self.queue.any(|due| match *due {
                Due::ClientTimeout(client, serial, attempts)
                | Due::ClientRetry(client, serial, attempts) => {
                    (client, serial, attempts) == attempt
                }
                _ => false,
            });
            if !is_timed {
                let (client, serial, attempts) = attempt;
                self.queue.push(due_us, self.event, Due::ClientTimeout(client, serial, attempts));
            }
        }
    }

    fn rest(&mut self, client: ClientId, serial: u64) {
        let Some(operation) = self.clients[client.slot()].operation(serial) else { return };
        let due = Due::ClientRetry(client, serial, operation.attempts);
        self.queue.push(self.now_us + REST_US, self.event, due);
    }

    pub(in crate::sim) fn client_hears(
        &mut self,
        client: ClientId,
        message: &Message,
        changes: &mut Changes,
    ) {
        let Body::Reply { serial, result } = &message.body else { return };
        let Some(operation) = self.clients[client.slot()].operation(*serial) else { return };
        if operation.answered.is_some() {
            return;
        }
        match result {
            Ok(answer) => {
                // Any server answers a local read: it need not be the leader.
                if !operation.op().is_read() || self.settings.reads != crate::raft::Reads::Local {
                    self.clients[client.slot()].leader = message.from.server();
                }
                self.conclude(client, *serial, answer.clone(), changes);
            }
            Err(redirect) => {
                let asked = message.from.server();
                if operation.target == asked || asked.is_none() {
                    self.redirected(client, *serial, *redirect, changes);
                }
            }
        }
    }

    fn redirected(
        &mut self,
        client: ClientId,
        serial: u64,
        redirect: Redirect,
        changes: &mut Changes,
    ) {
        if !self.settings.retry {
            self.conclude(client, serial, Answer::NotLeader, changes);
            return;
        }
        let slot = client.slot();
        self.clients[slot].leader = redirect.leader;
        let Some(operation) = self.clients[slot].operation_mut(serial) else { return };
        operation.redirects += 1;
        match redirect.leader {
            Some(leader) if operation.target != Some(leader) => {
                self.attempt(client, serial, leader);
            }
            _ => self.rest(client, serial),
        }
    }

    fn conclude(&mut self, client: ClientId, serial: u64, answer: Answer, changes: &mut Changes) {
        self.history += 1;
        let (now_us, order) = (self.now_us, self.history);
        if self.clients[client.slot()].answer(serial, answer, now_us, order) {
            changes.answer(client, serial);
        }
    }

    pub(in crate::sim) fn client_timeout(
        &mut self,
        client: ClientId,
        serial: u64,
        cause: EventId,
        changes: &mut Changes,
    ) {
        if self.settings.retry {
            self.clients[client.slot()].leader = None;
            let target = self.next_target(client, serial);
            self.attempt(client, serial, target);
        } else {
            self.conclude(client, serial, Answer::Timeout, changes);
        }
        self.end_event(changes, Some(cause), || EventKind::ClientTimedOut(client, serial));
    }

    pub(in crate::sim) fn client_retry(
        &mut self,
        client: ClientId,
        serial: u64,
        cause: EventId,
        changes: &mut Changes,
    ) {
        let known = self.clients[client.slot()].leader;
        let target = match (self.settings.routing, known) {
            (Routing::Leader, _) => self.leader(),
            (_, Some(known)) => Some(known),
            (_, None) => Some(self.next_target(client, serial)),
        };
        match target {
            Some(target) => self.attempt(client, serial, target),
            None => self.rest(client, serial),
        }
        self.end_event(changes, Some(cause), || EventKind::ClientRetried(client, serial));
    }

    /// The server after the last one that was guessed. (After the last one that was *asked*, the
    /// client would go in circles between two servers that each name the other.)
    fn next_target(&mut self, client: ClientId, serial: u64) -> ServerId {
        let servers = self.servers.len();
        let Some(operation) = self.clients[client.slot()].operation_mut(serial) else {
            return ServerId::from_slot(0);
        };
        let last = operation.guessed.or(operation.target);
        let next = ServerId::from_slot(last.map_or(0, |last| (last.slot() + 1) % servers));
        operation.guessed = Some(next);
        next
    }

    pub(in crate::sim) fn set_load(&mut self, load: Option<Load>) {
        self.epoch += 1;
        self.loads += 1;
        let (epoch, number, seed) = (self.epoch, self.loads, self.settings.seed);
        self.loading =
            load.filter(|load| load.rate_per_s > 0 && !self.clients.is_empty()).map(|load| {
                Loading {
                    load,
                    epoch,
                    number,
                    sent: 0,
                    chance: Stream::new(seed, Purpose::Load, number as usize),
                }
            });
        if self.loading.is_some() {
            self.queue.push(self.now_us, self.event, Due::Load(epoch));
        }
    }

    pub(in crate::sim) fn load_tick(&mut self, cause: EventId, changes: &mut Changes) {
        let clients = self.clients.len() as u64;
        let Some(loading) = &mut self.loading else { return };
        let Load { rate_per_s, keys, writes_percent } = loading.load;
        loading.sent += 1;
        let client = ClientId::from_slot((loading.sent % clients) as usize);
        let key = format!("k{}", loading.chance.below(u64::from(keys.max(1))) + 1);
        let op = if loading.chance.below(100) < u64::from(writes_percent) {
            Op::Set { key, value: loading.sent.to_string() }
        } else {
            Op::Get { key }
        };
        let epoch = loading.epoch;
        let next_us = self.now_us + (SECOND / u64::from(rate_per_s)).max(1);
        self.queue.push(next_us, self.event, Due::Load(epoch));
        let mut serial = 0;
        if self.clients[client.slot()].open() < OPEN_MAX {
            serial = self.begin_operation(client, op, None, changes);
        }
        self.end_event(changes, Some(cause), || EventKind::LoadSent(client, serial));
    }
}
