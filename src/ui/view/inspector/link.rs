//! The details of a link: each direction, who cut it, and what is on the way.

use crate::raft::ServerId;
use crate::sim::{EventId, Flight, Journal, LinkChange, MessageId, Micros, World};
use crate::ui::text;

/// A link between two servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkFacts {
    pub a: ServerId,
    pub b: ServerId,
    /// From `a` to `b`, and back.
    pub directions: [DirectionModel; 2],
}

/// One direction of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectionModel {
    pub from: ServerId,
    pub to: ServerId,
    pub up: bool,
    /// The event that cut or healed it last, with its time and title.
    pub changed: Option<(EventId, Micros, String)>,
    /// The messages on the way, held ones included, with their names.
    pub messages: Vec<(MessageId, String)>,
}

pub fn facts(world: &World, journal: &Journal, a: ServerId, b: ServerId) -> LinkFacts {
    let direction = |from, to| direction(world, journal, from, to);
    LinkFacts { a, b, directions: [direction(a, b), direction(b, a)] }
}

fn direction(world: &World, journal: &Journal, from: ServerId, to: ServerId) -> DirectionModel {
    let is_here = |link: &LinkChange| (link.from, link.to) == (from, to);
    let changed = journal.events().rev().find(|event| {
        event.details.as_ref().is_some_and(|details| details.links.iter().any(is_here))
    });
    let name = |held: bool| {
        move |flight: &Flight| {
            let message = &flight.message;
            let ends = (message.from.server(), message.to.server());
            (ends == (Some(from), Some(to))).then(|| (flight.id, text::message_name(message, held)))
        }
    };
    let mut messages: Vec<_> = world.in_flight().filter_map(name(false)).collect();
    messages.extend(world.held().iter().filter_map(name(true)));
    messages.sort_by_cached_key(|(id, _)| *id);
    DirectionModel {
        from,
        to,
        up: world.link_up(from.into(), to.into()),
        changed: changed.map(|event| (event.id, event.time_us, event.title())),
        messages,
    }
}
