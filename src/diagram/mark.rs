//! Marks: the moments of a run that people look for.

use std::sync::Arc;

use crate::check::Property;
use crate::raft::{Index, ServerId, ServerSet, Term};
use crate::sim::{EventId, Micros};

/// A moment that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub time_us: Micros,
    pub event: EventId,
    pub kind: MarkKind,
}

/// What happened at a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A server became leader.
    Leader(ServerId, Term),
    /// A person, a script or a trigger acted: the title of the event.
    Act(Arc<str>),
    /// A property was violated.
    Violation(Property),
    /// The snapshot of a server covers the log up to this index now.
    Snapshot(ServerId, Index),
    /// A server uses a configuration with other voters.
    Membership(ServerId, ServerSet),
}

impl MarkKind {
    /// The server whose lane it stands on.
    pub fn server(&self) -> Option<ServerId> {
        match self {
            MarkKind::Leader(server, _)
            | MarkKind::Snapshot(server, _)
            | MarkKind::Membership(server, _) => Some(*server),
            MarkKind::Act(_) | MarkKind::Violation(_) => None,
        }
    }
}
