//! What one step of the world changed: for the recorder and for the checks.

use crate::raft::{ClientId, Effects, Entry, Index, ServerId, ServerSet, StoppedWhy, Why};

use super::details::{EventDetails, SentMessage};
use super::event::{Event, EventId, EventKind};
use super::network::Flight;
use super::time::Micros;

/// What the newest step of a world did.
///
/// The caller owns it and passes it to every step, which overwrites it. Its buffers are used again,
/// so a step allocates nothing for it.
#[derive(Debug, Default)]
pub struct Changes {
    pub(super) explain: bool,
    /// Also keep each message that arrives or is lost.
    detailed: bool,
    message: Option<SentMessage>,
    pub(super) effects: Effects,
    reasons: Vec<(ServerId, Why)>,
    touched: ServerSet,
    logs: Vec<LogChange>,
    invoked: Vec<(ClientId, u64)>,
    answered: Vec<(ClientId, u64)>,
    events: Vec<Event>,
}

/// What changed in the log of one server.
#[derive(Debug)]
struct LogChange {
    server: ServerId,
    /// The first index with another entry than before.
    from: Option<Index>,
    /// Entries that a snapshot replaced, and the index of the first one. A server may append,
    /// commit and compact an entry in one step; the checks see it only here.
    compacted: Option<(Index, Vec<Entry>)>,
}

impl Changes {
    /// With `explain`, steps also give events and reasons. What happens is the same either way.
    pub fn new(explain: bool) -> Changes {
        Changes { explain, ..Changes::default() }
    }

    /// As `new(true)`; events also carry their messages in full.
    pub(super) fn detailed() -> Changes {
        Changes { detailed: true, ..Changes::new(true) }
    }

    /// The servers that the step may have changed.
    pub fn touched(&self) -> ServerSet {
        self.touched
    }

    /// The operations that clients invoked, by client and serial number.
    pub fn invoked(&self) -> &[(ClientId, u64)] {
        &self.invoked
    }

    /// The operations that got their response, by client and serial number.
    pub fn answered(&self) -> &[(ClientId, u64)] {
        &self.answered
    }

    /// The events of the step, oldest first; empty unless they are wanted. An action that cuts
    /// links has one more event for each message that is lost with them.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The first index of that server's log whose entry changed.
    pub fn log_changed_from(&self, server: ServerId) -> Option<Index> {
        self.log_of(server)?.from
    }

    pub(super) fn begin(&mut self) {
        if self.explain {
            self.events.clear();
        }
        self.touched = ServerSet::EMPTY;
        if !self.logs.is_empty() {
            self.logs.clear();
        }
        self.invoked.clear();
        self.answered.clear();
    }

    pub(super) fn end(
        &mut self,
        (id, time_us): (EventId, Micros),
        cause: Option<EventId>,
        kind: impl FnOnce() -> EventKind,
    ) {
        if self.explain {
            let whys = self.reasons.drain(..).collect();
            // Messages that were lost with an action changed no server.
            let touched = if self.events.is_empty() { self.touched } else { ServerSet::EMPTY };
            let message = self.message.take();
            let details = message.map(|message| {
                Box::new(EventDetails { message: Some(message), ..EventDetails::default() })
            });
            self.events.push(Event { id, cause, time_us, kind: kind(), touched, whys, details });
        }
    }

    /// Keeps a message for the event that is about to end.
    pub(super) fn keep_message(&mut self, flight: &Flight) {
        if self.detailed {
            let (message, sent_us) = (flight.message.clone(), flight.sent_us);
            self.message = Some(SentMessage { message, sent_us });
        }
    }

    pub(super) fn touch(&mut self, server: ServerId) {
        self.touched.insert(server);
    }

    /// How many reasons servers have given in this step.
    pub(super) fn reason_count(&self) -> usize {
        self.reasons.len()
    }

    /// The reason of a server that does nothing.
    pub(super) fn stopped(&mut self, server: ServerId, why: impl FnOnce() -> StoppedWhy) {
        if self.explain {
            self.reasons.push((server, why().into()));
        }
    }

    /// Takes over the reasons that a server gave in its newest step.
    #[inline(never)]
    pub(super) fn keep_reasons(&mut self, server: ServerId) {
        self.reasons.extend(self.effects.whys.drain(..).map(|why| (server, why)));
    }

    #[inline(never)]
    pub(super) fn log_changed(&mut self, server: ServerId, from: Index) {
        let known = &mut self.log_mut(server).from;
        *known = Some(known.map_or(from, |known| known.min(from)));
    }

    pub(super) fn log_compacted(&mut self, server: ServerId, first: Index, entries: Vec<Entry>) {
        let known = &mut self.log_mut(server).compacted;
        known.get_or_insert((first, Vec::new())).1.extend(entries);
    }

    pub(super) fn invoke(&mut self, client: ClientId, serial: u64) {
        self.invoked.push((client, serial));
    }

    pub(super) fn answer(&mut self, client: ClientId, serial: u64) {
        self.answered.push((client, serial));
    }

    /// Adds to the step's own event, its first one.
    pub(super) fn add_details(&mut self, details: EventDetails) {
        if details == EventDetails::default() {
            return;
        }
        if let Some(event) = self.events.first_mut() {
            let known = event.details.get_or_insert_default();
            **known = EventDetails { message: known.message.take(), ..details };
        }
    }

    pub(super) fn take_events(&mut self) -> impl Iterator<Item = Event> {
        self.events.drain(..)
    }

    /// The entries of that server's log that a snapshot replaced, and the index of the first one.
    pub(super) fn compacted(&self, server: ServerId) -> Option<&(Index, Vec<Entry>)> {
        self.log_of(server)?.compacted.as_ref()
    }

    fn log_of(&self, server: ServerId) -> Option<&LogChange> {
        self.logs.iter().find(|change| change.server == server)
    }

    fn log_mut(&mut self, server: ServerId) -> &mut LogChange {
        let known = self.logs.iter().position(|change| change.server == server);
        let at = known.unwrap_or_else(|| {
            self.logs.push(LogChange { server, from: None, compacted: None });
            self.logs.len() - 1
        });
        &mut self.logs[at]
    }
}
