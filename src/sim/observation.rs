//! What a recorder observes of a step: the little that a model of the whole run is made of.
//!
//! An [`Event`](super::Event) with its reasons takes hundreds of bytes, so the journal keeps only
//! the newest ones. Observations are small, and a model keeps even less of them.

use std::sync::Arc;

use crate::raft::{ServerId, ServerSet};

use super::changes::Changes;
use super::details::ServerState;
use super::event::{Event, EventId, EventKind, Loss, MessageSummary};
use super::last_states::state;
use super::time::Micros;
use super::world::World;

/// One thing that was observed of a step.
#[derive(Clone, Debug)]
pub enum Observation {
    /// A message arrived or was lost.
    Message {
        event: EventId,
        cause: Option<EventId>,
        time_us: Micros,
        message: MessageSummary,
        arrival: MessageFate,
    },
    /// An event may have changed this server, and now it is so.
    Server {
        event: EventId,
        time_us: Micros,
        server: ServerId,
        state: ServerState,
        /// The voters of the configuration that it uses.
        voters: ServerSet,
    },
    /// A person, a script or a trigger acted.
    Act { event: EventId, time_us: Micros, title: Arc<str> },
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFate {
    Delivered,
    /// It reached a paused server, and waits there.
    Stalled,
    Lost(Loss),
}

impl Observation {
    /// The event of it.
    pub fn event(&self) -> EventId {
        match self {
            Observation::Message { event, .. }
            | Observation::Server { event, .. }
            | Observation::Act { event, .. } => *event,
        }
    }

    /// When it was, in microseconds.
    pub fn time_us(&self) -> Micros {
        match self {
            Observation::Message { time_us, .. }
            | Observation::Server { time_us, .. }
            | Observation::Act { time_us, .. } => *time_us,
        }
    }
}

/// All of the newest step: its own event first, then the servers that it changed, then the messages
/// that an action lost.
pub(super) fn observe(world: &World, changes: &Changes) -> impl Iterator<Item = Observation> {
    let events = changes.events();
    let first = events.first();
    let servers = first.into_iter().flat_map(move |event| {
        let touched = changes.touched().iter();
        touched.map(move |server| of_server(world, server, event))
    });
    let rest = events.get(1..).unwrap_or_default();
    first.and_then(of_event).into_iter().chain(servers).chain(rest.iter().filter_map(of_event))
}

fn of_server(world: &World, server: ServerId, event: &Event) -> Observation {
    let now = world.server(server);
    let voters = now.node().configuration().voters;
    Observation::Server {
        event: event.id,
        time_us: event.time_us,
        server,
        state: state(now),
        voters,
    }
}

fn of_event(event: &Event) -> Option<Observation> {
    let &Event { id, cause, time_us, .. } = event;
    let message = |message: &MessageSummary, arrival| {
        Some(Observation::Message { event: id, cause, time_us, message: *message, arrival })
    };
    match &event.kind {
        EventKind::Delivered(summary) => message(summary, MessageFate::Delivered),
        EventKind::Stalled(summary) => message(summary, MessageFate::Stalled),
        EventKind::Lost(summary, loss) => message(summary, MessageFate::Lost(*loss)),
        EventKind::Acted(_) => {
            Some(Observation::Act { event: id, time_us, title: event.title().into() })
        }
        _ => None,
    }
}
