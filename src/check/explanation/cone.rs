//! What led to an event: the events before it that may have influenced it.

use std::collections::BTreeSet;

use crate::raft::ServerSet;
use crate::sim::{Event, EventId, Journal};

/// The causal past of an event, as far as the journal reaches: its causes, and everything that the
/// servers of these events did before ("happened before", after Lamport). The newest event first.
pub(super) fn causal_past(journal: &Journal, of: EventId) -> Vec<&Event> {
    let mut causes = BTreeSet::from([of]);
    let mut servers = ServerSet::EMPTY;
    let mut past = Vec::new();
    for event in journal.events().rev().skip_while(|event| event.id > of) {
        let is_cause = causes.remove(&event.id);
        if is_cause || !event.touched.intersection(servers).is_empty() {
            causes.extend(event.cause);
            servers = servers.union(event.touched);
            past.push(event);
        }
    }
    past
}

/// The event, its cause, and so on, down to the first cause or to where the journal begins. An
/// election timeout is a first cause: what set the timer did not make it fire.
pub(super) struct Causes<'a> {
    /// The newest first.
    pub events: Vec<&'a Event>,
    /// The journal does not reach back to the first cause.
    pub is_cut: bool,
}

impl<'a> Causes<'a> {
    pub fn of(journal: &'a Journal, id: EventId) -> Causes<'a> {
        let mut events = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(event) = journal.get(id) else { return Causes { events, is_cut: true } };
            events.push(event);
            next = event.cause.filter(|_| !event.is_first_cause());
        }
        Causes { events, is_cut: false }
    }
}
