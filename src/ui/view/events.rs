//! The log of events: what happened and why, as far as the filters let it through.

use crate::raft::Topic;
use crate::sim::{Event, EventKind, Journal, Micros, World};
use crate::ui::state::EventFilter;

use super::reasons::ReasonModel;

/// The newest events are listed, older ones are not.
const LISTED_MAX: usize = 120;

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsModel {
    /// The newest first.
    pub rows: Vec<EventModel>,
    /// There are older events that pass the filters.
    pub more: bool,
    /// The number of recorded events, whatever the filters say.
    pub kept: usize,
    /// The time of the oldest recorded event, if older ones were not recorded.
    pub from_us: Option<Micros>,
}

pub(super) fn model(world: &World, journal: &Journal, filter: EventFilter) -> EventsModel {
    let events = journal.events();
    let kept = events.len();
    let mut shown = events.rev().filter(|event| passes(event, filter));
    let rows: Vec<EventModel> = shown.by_ref().take(LISTED_MAX).map(EventModel::of).collect();
    let more = shown.next().is_some();
    let oldest = journal.events().next();
    let (first, from_us) =
        oldest.map_or((world.event() + 1, world.now_us()), |event| (event.id, event.time_us));
    EventsModel { rows, more, kept, from_us: (first > 1).then_some(from_us) }
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
        let all = model(cluster.world(), recorder.journal(), EventFilter::default());
        assert!(!all.rows.is_empty() && all.from_us.is_none());
        let mut later = Recorder::on();
        let none = model(cluster.world(), later.journal(), EventFilter::default());
        assert_eq!((none.rows.len(), none.from_us), (0, Some(1_000_000)));
        cluster.run_until(2_000_000, &mut later);
        let from_us = model(cluster.world(), later.journal(), EventFilter::default()).from_us;
        assert!(from_us.is_some_and(|from_us| from_us > 1_000_000), "{from_us:?}");
    }
}
