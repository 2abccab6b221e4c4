//! The values of a server, each with what it was before this step and the event that set it.

use crate::raft::ServerId;
use crate::sim::{
    Activity, Event, EventId, Journal, Micros, ServerChange, ServerState, ServerValue,
};
use crate::ui::text;

/// A value with its name, as the paper names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueModel {
    pub name: &'static str,
    pub value: String,
    /// The value before, if the newest event changed it.
    pub before: Option<String>,
    pub source: ValueSource,
}

/// Which event set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueSource {
    /// Events do not set it, or none has.
    Nothing,
    Event {
        id: EventId,
        time_us: Micros,
        title: String,
    },
    /// An event before the oldest one that is recorded. A search finds it.
    Earlier(ServerId, ServerValue),
}

/// The values in the order in which they are shown.
const VALUES: [(&str, ServerValue); 10] = [
    ("state", ServerValue::Activity),
    ("role", ServerValue::Role),
    ("currentTerm", ServerValue::Term),
    ("votedFor", ServerValue::Vote),
    ("leader", ServerValue::Leader),
    ("last index", ServerValue::LastIndex),
    ("commitIndex", ServerValue::CommitIndex),
    ("lastApplied", ServerValue::LastApplied),
    ("snapshot up to", ServerValue::Snapshot),
    ("configuration", ServerValue::Configuration),
];

/// The values that an event changed.
pub fn changed_by(change: &ServerChange) -> Vec<ValueModel> {
    let values = VALUES.iter().filter(|(_, value)| value.is_changed_by(change));
    values
        .map(|(name, value)| ValueModel {
            name,
            value: written(*value, &change.after),
            before: Some(written(*value, &change.before)),
            source: ValueSource::Nothing,
        })
        .collect()
}

/// The values of the server in that state. `newest` is the event of which the changes are shown.
pub fn of_server(
    journal: &Journal,
    server: ServerId,
    state: &ServerState,
    newest: Option<&Event>,
) -> Vec<ValueModel> {
    let change = newest.and_then(|event| event.change_of(server));
    let model = |&(name, value): &(&'static str, ServerValue)| {
        let changed = change.filter(|change| value.is_changed_by(change));
        let before = changed.map(|change| written(value, &change.before));
        let source = source(journal, server, value);
        ValueModel { name, value: written(value, state), before, source }
    };
    let shown = |(_, value): &&(_, ServerValue)| match value {
        ServerValue::Activity => state.activity != Activity::Running,
        // A crashed server has none. The state holds the one that it restarts with.
        ServerValue::Role => state.activity != Activity::Crashed,
        ServerValue::Snapshot => state.snapshot.index > 0,
        _ => true,
    };
    VALUES.iter().filter(shown).map(model).collect()
}

/// The event that set the value, as far as it is recorded.
pub fn source(journal: &Journal, server: ServerId, value: ServerValue) -> ValueSource {
    if let Some(event) = journal.last_change(server, value, EventId::MAX) {
        let (id, time_us, title) = (event.id, event.time_us, event.title());
        return ValueSource::Event { id, time_us, title };
    }
    match journal.events().next() {
        Some(oldest) if oldest.id > 1 => ValueSource::Earlier(server, value),
        _ => ValueSource::Nothing,
    }
}

fn written(value: ServerValue, state: &ServerState) -> String {
    match value {
        ServerValue::Activity => match state.activity {
            Activity::Running => "running".to_owned(),
            Activity::Paused => "paused".to_owned(),
            Activity::Crashed => "crashed".to_owned(),
        },
        ServerValue::Role => state.role.name().to_owned(),
        ServerValue::Term => state.term.to_string(),
        ServerValue::Vote => text::server_or_dash(state.voted_for),
        ServerValue::Leader => text::server_or_dash(state.leader),
        ServerValue::Configuration => format!("{:#}", state.configuration),
        ServerValue::LastIndex => state.last_index.to_string(),
        ServerValue::Snapshot => state.snapshot.index.to_string(),
        ServerValue::CommitIndex => state.commit_index.to_string(),
        ServerValue::LastApplied => state.last_applied.to_string(),
        ServerValue::Entry(index) => index.to_string(),
    }
}
