//! The details of an event: what it changed, why, and what came of it.

use crate::raft::ServerId;
use crate::sim::{Event, EventId, Journal, Micros, ServerChange};
use crate::ui::text;
use crate::ui::view::violations::ViolationModel;

use super::causes::{ChainModel, chain};
use super::values::{self, ValueModel};

/// The most consequences that are listed.
const CONSEQUENCES_MAX: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFacts {
    pub id: EventId,
    pub time_us: Micros,
    pub title: String,
    /// What it changed of each server.
    pub changes: Vec<ServerChangeModel>,
    /// The event and its causes, the newest first.
    pub chain: ChainModel,
    /// The events that it caused, the oldest first.
    pub consequences: Vec<ConsequenceModel>,
    /// The number of events that it caused, besides those listed.
    pub more: usize,
    /// The violation that it caused or, if it is only on the way to one, that one.
    pub violation: Option<Box<ViolationModel>>,
}

/// What an event changed of one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChangeModel {
    pub server: ServerId,
    pub values: Vec<ValueModel>,
    /// What happened to its log, a sentence each.
    pub log: Vec<String>,
}

/// An event that another one caused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsequenceModel {
    pub event: EventId,
    pub time_us: Micros,
    pub title: String,
}

/// `None` if it is not recorded.
pub fn facts(journal: &Journal, id: EventId, violations: &[ViolationModel]) -> Option<EventFacts> {
    let event = journal.get(id)?;
    let caused = violations.iter().rfind(|violation| violation.event == id);
    let on_way = || violations.iter().find(|violation| violation.follows_from(id));
    let mut effects = journal.events().skip_while(|event| event.id <= id);
    let mut effects = effects.by_ref().filter(|effect| effect.cause == Some(id));
    let consequences = effects.by_ref().take(CONSEQUENCES_MAX).map(consequence).collect();
    Some(EventFacts {
        id,
        time_us: event.time_us,
        title: event.title(),
        changes: changes(event),
        chain: chain(journal, id),
        consequences,
        more: effects.count(),
        violation: caused.or_else(on_way).cloned().map(Box::new),
    })
}

fn consequence(event: &Event) -> ConsequenceModel {
    ConsequenceModel { event: event.id, time_us: event.time_us, title: event.title() }
}

fn changes(event: &Event) -> Vec<ServerChangeModel> {
    let servers = event.details.iter().flat_map(|details| &details.servers);
    let model = |change: &ServerChange| ServerChangeModel {
        server: change.server,
        values: values::changed_by(change),
        log: log(change),
    };
    servers.map(model).filter(|model| !model.values.is_empty() || !model.log.is_empty()).collect()
}

fn log(change: &ServerChange) -> Vec<String> {
    let removed = change.truncated_from.map(|from| text::removed_entries(from, change));
    let added = change.appended.iter().map(|(index, entry)| text::added_entry(*index, entry));
    removed.into_iter().chain(added).collect()
}
