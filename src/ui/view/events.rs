//! The log of events: what happened, with the reasons, as far as the filters let it through.

use crate::raft::{Address, Kind, ServerId, Timer, Why};
use crate::sim::{Act, Event, EventKind, Journal, Micros, World};
use crate::ui::state::{EventFilter, Topic};
use crate::ui::text;

use super::LISTED_MAX;

/// A reason that a server gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyModel {
    /// Whose reason it is.
    pub server: ServerId,
    /// The fact, with its numbers.
    pub fact: String,
    /// What was decided.
    pub decision: String,
    /// The rule that decided.
    pub rule: &'static str,
    /// Where the paper says so.
    pub section: &'static str,
}

impl WhyModel {
    pub(super) fn of(server: ServerId, why: &Why) -> WhyModel {
        let said = why.to_string();
        let (fact, decision) = said.split_once(" -> ").unwrap_or((&said, ""));
        WhyModel {
            server,
            fact: text::with_names(fact),
            decision: text::with_names(decision),
            rule: why.rule(),
            section: why.section(),
        }
    }
}

/// An event, as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventModel {
    /// Its number.
    pub id: u64,
    /// When, in microseconds.
    pub time_us: Micros,
    /// What happened, in one sentence.
    pub title: String,
    /// What it is about, first of all.
    pub topic: Topic,
    /// Whether it is a person's or a script's act.
    pub act: bool,
    /// The reasons of what was decided.
    pub whys: Vec<WhyModel>,
}

impl EventModel {
    pub(super) fn of(event: &Event) -> EventModel {
        EventModel {
            id: event.id,
            time_us: event.time_us,
            title: title(event),
            topic: topic(event),
            act: matches!(event.kind, EventKind::Acted(_)),
            whys: event.whys.iter().map(|(server, why)| WhyModel::of(*server, why)).collect(),
        }
    }
}

/// The newest events that the filters let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsModel {
    /// The newest first.
    pub rows: Vec<EventModel>,
    /// Whether there are older ones than are listed.
    pub more: bool,
    /// How many events are kept in all.
    pub kept: usize,
    /// Since when events are kept, where there were some before.
    pub from_us: Option<Micros>,
}

/// The title, with servers and clients as the stage names them; a request's own words stay as they are.
fn title(event: &Event) -> String {
    match &event.kind {
        EventKind::Acted(Act::Request { .. }) => event.title(),
        _ => text::with_names(&event.title()),
    }
}

pub(super) fn take(world: &World, journal: &Journal, filter: EventFilter) -> EventsModel {
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
    filter.shows(topic(event))
        && filter.server.is_none_or(|server| event.servers().contains(server))
}

/// What an event is about: what it decided, else what it is.
fn topic(event: &Event) -> Topic {
    let decided = event.whys.iter().filter_map(|(_, why)| topic_of_why(why)).next();
    match &event.kind {
        EventKind::Started | EventKind::Acted(_) | EventKind::PauseOver(_) => Topic::Faults,
        EventKind::Lost(..) => decided.unwrap_or(Topic::Messages),
        EventKind::ClientTimedOut(..) | EventKind::ClientRetried(..) | EventKind::LoadSent(..) => {
            Topic::Clients
        }
        EventKind::TimerFired(_, Timer::Election) => Topic::Elections,
        EventKind::Delivered(note)
            if matches!((note.kind, note.to), (Kind::Reply, Address::Client(_))) =>
        {
            Topic::Clients
        }
        _ => decided.unwrap_or(Topic::Messages),
    }
}

/// Whether a decision is of those that come with every heartbeat.
pub(super) fn is_routine(why: &Why) -> bool {
    topic_of_why(why).is_none()
}

/// Whether a decision gave the server its role, or may have.
pub(super) fn gives_role(why: &Why) -> bool {
    matches!(
        why,
        Why::Started { .. }
            | Why::TimedOut { .. }
            | Why::AsksFirst { .. }
            | Why::TermHigher { .. }
            | Why::Elected { .. }
            | Why::Defeated { .. }
            | Why::Conceded { .. }
            | Why::QuorumLost { .. }
    )
}

/// What a decision is about; nothing where it is what happens with every heartbeat.
fn topic_of_why(why: &Why) -> Option<Topic> {
    match why {
        Why::LeaderHeard { .. }
        | Why::StillFollows { .. }
        | Why::Beat { .. }
        | Why::LateReply { .. }
        | Why::AlreadyThere { .. }
        | Why::Stable { .. } => None,
        Why::Proposed { .. }
        | Why::Redirected { .. }
        | Why::Forwarded { .. }
        | Why::DuplicateSkipped { .. }
        | Why::ReadAnswered { .. }
        | Why::ReadWaitsForQuorum { .. }
        | Why::ReadWaitsForTerm { .. }
        | Why::ReadDropped { .. } => Some(Topic::Clients),
        _ => Some(topic_by_rule(why)),
    }
}

fn topic_by_rule(why: &Why) -> Topic {
    match why.section() {
        "section 5.1" | "section 5.2" | "section 5.4.1" | "section 6" => Topic::Elections,
        _ => Topic::Replication,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Cluster;
    use crate::sim::{Recorder, Setup};

    #[test]
    fn where_older_events_are_not_kept_the_log_says_since_when_they_are() {
        let setup = Setup::default();
        let mut recorder = Recorder::on();
        let mut cluster = Cluster::new(&setup, &mut recorder);
        cluster.run_until(1_000_000, &mut recorder);
        let all = take(cluster.world(), recorder.journal(), EventFilter::default());
        assert!(!all.rows.is_empty() && all.from_us.is_none());
        let mut later = Recorder::on();
        let none = take(cluster.world(), later.journal(), EventFilter::default());
        assert_eq!((none.rows.len(), none.from_us), (0, Some(1_000_000)));
        cluster.run_until(2_000_000, &mut later);
        let from_us = take(cluster.world(), later.journal(), EventFilter::default()).from_us;
        assert!(from_us.is_some_and(|from_us| from_us > 1_000_000), "{from_us:?}");
    }
}
