//! The log of events: what happened and why, as far as the filters let it through. Events of one
//! round are one row, which can be unfolded.

use crate::raft::Topic;
use crate::sim::{Event, EventId, EventKind, Journal, Micros, World};
use crate::ui::state::{EventFilter, ModelScope, Selection};

use super::reasons::ReasonModel;
use super::rounds::Round;

/// The newest rows are listed, older ones are not.
const LISTED_MAX: usize = 120;
/// How many rows back an event may belong to the row of another one.
const ROUND_ROWS: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventModel {
    pub id: u64,
    pub time_us: Micros,
    /// One sentence.
    pub title: String,
    pub topic: Topic,
    /// It is an action of the person or the script.
    pub act: bool,
    pub whys: Vec<ReasonModel>,
}

impl EventModel {
    pub(super) fn of(event: &Event) -> EventModel {
        EventModel {
            id: event.id,
            time_us: event.time_us,
            title: event.title(),
            topic: event.topic(),
            act: matches!(event.kind, EventKind::Acted(_)),
            whys: event.whys.iter().map(|(server, why)| ReasonModel::of(*server, why)).collect(),
        }
    }
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventRowModel {
    Single(EventModel),
    Round(RoundModel),
}

/// Several events of one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundModel {
    /// The oldest of its events, by which it is unfolded.
    pub id: EventId,
    /// The time of the newest one.
    pub time_us: Micros,
    pub title: String,
    /// What the servers decide, if that is more than the title says.
    pub decision: String,
    pub topic: Topic,
    pub count: usize,
    pub unfolded: bool,
    /// The newest first; empty while it is folded.
    pub events: Vec<EventModel>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EventsModel {
    /// The newest first.
    pub rows: Vec<EventRowModel>,
    /// There are older events that pass the filters.
    pub more: bool,
    /// The time of the oldest recorded event, if older ones were not recorded.
    pub from_us: Option<Micros>,
}

/// Empty while the list is not shown.
pub(super) fn model(world: &World, journal: &Journal, scope: &ModelScope) -> EventsModel {
    if !scope.options.events_open {
        return EventsModel::default();
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut more = false;
    for event in journal.events().rev().filter(|event| passes(event, scope.options.filter)) {
        let round = Round::of(journal, event);
        let near = rows.len().saturating_sub(ROUND_ROWS);
        let shares = |row: &Row<'_>| round.is_some() && row.round == round;
        match rows[near..].iter().rposition(shares) {
            Some(place) => rows[near + place].events.push(event),
            None if rows.len() == LISTED_MAX => {
                more = true;
                break;
            }
            None => rows.push(Row { round, events: vec![event] }),
        }
    }
    let oldest = journal.events().next();
    let (first, from_us) =
        oldest.map_or((world.event() + 1, world.now_us()), |event| (event.id, event.time_us));
    let rows = rows.iter().map(|row| row.model(scope)).collect();
    EventsModel { rows, more, from_us: (first > 1).then_some(from_us) }
}

/// Events that share a row, the newest first.
struct Row<'a> {
    round: Option<Round>,
    events: Vec<&'a Event>,
}

impl Row<'_> {
    fn model(&self, scope: &ModelScope) -> EventRowModel {
        let (newest, oldest) = (self.events[0], self.events[self.events.len() - 1]);
        let Some(round) = self.round.as_ref().filter(|_| self.events.len() > 1) else {
            return EventRowModel::Single(EventModel::of(newest));
        };
        let selected = |event: &&Event| scope.selection == Some(Selection::Event(event.id));
        let unfolded =
            scope.options.unfolded == Some(oldest.id) || self.events.iter().any(selected);
        let events = self.events.iter().filter(|_| unfolded);
        EventRowModel::Round(RoundModel {
            id: oldest.id,
            time_us: newest.time_us,
            title: round.title(&self.events),
            decision: round.decision().to_owned(),
            topic: newest.topic(),
            count: self.events.len(),
            unfolded,
            events: events.map(|event| EventModel::of(event)).collect(),
        })
    }
}

fn passes(event: &Event, filter: EventFilter) -> bool {
    filter.shows(event.topic())
        && filter.server.is_none_or(|server| event.servers().contains(server))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Cluster;
    use crate::sim::{Recorder, Setup};

    #[test]
    fn the_log_gives_the_time_from_which_events_were_recorded() {
        let setup = Setup::default();
        let mut recorder = Recorder::on();
        let mut cluster = Cluster::new(&setup, &mut recorder);
        cluster.run_until(1_000_000, &mut recorder);
        let mut scope = ModelScope::default();
        scope.options.events_open = true;
        let all = model(cluster.world(), recorder.journal(), &scope);
        assert!(!all.rows.is_empty() && all.from_us.is_none());
        let mut later = Recorder::on();
        let none = model(cluster.world(), later.journal(), &scope);
        assert_eq!((none.rows.len(), none.from_us), (0, Some(1_000_000)));
        cluster.run_until(2_000_000, &mut later);
        let from_us = model(cluster.world(), later.journal(), &scope).from_us;
        assert!(from_us.is_some_and(|from_us| from_us > 1_000_000), "{from_us:?}");
    }
}
