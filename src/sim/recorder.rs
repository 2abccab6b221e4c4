//! Records what happens in a world, outside of it: the newest events with their reasons.

use std::collections::VecDeque;

use super::changes::Changes;
use super::event::{Event, EventId};
use super::last_states::LastStates;
use super::observation::{Observation, observe};
use super::world::World;

/// How many events a journal keeps.
const JOURNAL_EVENTS: usize = 4000;
/// A trace is written step by step, and a cut may lose thousands of messages in one step.
const DETAILED_EVENTS: usize = 50_000;

/// Everything that lets time pass takes a recorder. What happens is the same whether it is on or
/// off; off, no event and no reason is ever made.
#[derive(Debug)]
pub struct Recorder {
    /// What the newest step changed.
    pub changes: Changes,
    journal: Journal,
    /// What the servers were after the newest event, if events keep what they changed.
    last_states: Option<LastStates>,
    /// What was observed since it was taken last, if anybody takes it.
    observations: Option<Vec<Observation>>,
}

impl Recorder {
    /// A recorder that keeps the newest events, and what each changed. It must see the run from its
    /// start, and learn of jumps in time by [`Recorder::seek`].
    pub fn on() -> Recorder {
        let last_states = Some(LastStates::default());
        Recorder { last_states, ..Recorder::keeping(JOURNAL_EVENTS) }
    }

    /// A recorder that keeps that many events, without what they changed.
    pub fn keeping(events: usize) -> Recorder {
        let journal = Journal::new(events);
        Recorder { changes: Changes::new(true), journal, last_states: None, observations: None }
    }

    /// As [`Recorder::on`], and it also observes every step, for a model that is made as the run
    /// goes. Take the [`Observation`]s often: they are kept until then.
    pub fn observing() -> Recorder {
        Recorder { observations: Some(Vec::new()), ..Recorder::on() }
    }

    /// A recorder that keeps many events with what each changed, and its message: for a trace. It
    /// must see the run from its start and without a jump in time.
    pub fn detailed() -> Recorder {
        let last_states = Some(LastStates::default());
        Recorder { changes: Changes::detailed(), last_states, ..Recorder::keeping(DETAILED_EVENTS) }
    }

    /// A recorder that keeps nothing.
    pub fn off() -> Recorder {
        let changes = Changes::new(false);
        Recorder { changes, journal: Journal::new(0), last_states: None, observations: None }
    }

    /// Keeps the events of the newest step of `world`. Call it once after every step.
    #[inline]
    pub fn record(&mut self, world: &World) {
        if self.changes.explain {
            self.record_events(world);
        }
    }

    /// Apart from `record`, which a run without recording pays for after every event.
    #[inline(never)]
    fn record_events(&mut self, world: &World) {
        if let Some(last_states) = &mut self.last_states {
            let mut details = last_states.details(world, &self.changes);
            details.links = last_states.links(world, &self.changes);
            self.changes.add_details(details);
        }
        if let Some(observations) = &mut self.observations {
            observations.extend(observe(world, &self.changes));
        }
        for event in self.changes.take_events() {
            self.journal.push(event);
        }
    }

    /// What was observed since the last call, oldest first; nothing unless
    /// the recorder is [observing](Recorder::observing).
    pub fn take_observations(&mut self) -> impl Iterator<Item = Observation> {
        self.observations.iter_mut().flat_map(|observations| observations.drain(..))
    }

    /// The events that are kept.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The run is now at this world, in its past or in its future: the journal ends there. Later
    /// events are put aside, since the same ones will happen again.
    pub fn seek(&mut self, world: &World) {
        self.journal.seek(world.event());
        if let Some(last_states) = &mut self.last_states {
            *last_states = LastStates::of(world);
        }
    }

    /// The run takes another course from here on: the events that were put aside will not happen.
    pub fn diverge(&mut self) {
        self.journal.ahead.clear();
    }
}

/// The newest events, oldest first and without a gap.
#[derive(Clone, Debug)]
pub struct Journal {
    events: VecDeque<Event>,
    /// The events after those, from before time went back; oldest first.
    ahead: VecDeque<Event>,
    capacity: usize,
}

impl Journal {
    fn new(capacity: usize) -> Journal {
        Journal { events: VecDeque::new(), ahead: VecDeque::new(), capacity }
    }

    fn push(&mut self, event: Event) {
        if self.events.is_empty() {
            // All of its memory at once, so that it stays the same for hours.
            self.events.reserve_exact(self.capacity);
        }
        // An event that was put aside has happened again.
        while self.ahead.front().is_some_and(|ahead| ahead.id <= event.id) {
            self.ahead.pop_front();
        }
        if self.events.len() == self.capacity {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }

    /// Ends at that event; empty if it is not known.
    fn seek(&mut self, id: EventId) {
        let kept = self.events.partition_point(|event| event.id <= id);
        let mut ahead = self.events.split_off(kept);
        ahead.append(&mut self.ahead);
        self.ahead = ahead;
        self.ahead.truncate(self.capacity);
        while self.ahead.front().is_some_and(|event| event.id <= id)
            && let Some(event) = self.ahead.pop_front()
        {
            if self.newest().is_none_or(|newest| newest.id + 1 != event.id) {
                self.events.clear();
            }
            self.push(event);
        }
        if self.newest().is_none_or(|event| event.id != id) {
            self.events.clear();
        }
    }

    /// The events, oldest first.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        self.events.iter()
    }

    /// The event of that number, if it is still kept.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        let at = self.events.binary_search_by_key(&id, |event| event.id).ok()?;
        self.events.get(at)
    }

    /// The newest event.
    pub fn newest(&self) -> Option<&Event> {
        self.events.back()
    }
}

#[cfg(test)]
mod tests {
    use super::super::event::EventKind;
    use super::*;
    use crate::raft::ServerSet;

    fn ids(journal: &Journal) -> Vec<EventId> {
        journal.events().map(|event| event.id).collect()
    }

    #[test]
    fn a_journal_goes_back_and_ahead_and_has_no_gap() {
        let mut recorder = Recorder { journal: Journal::new(6), ..Recorder::on() };
        let happen = |recorder: &mut Recorder, id| {
            let kind = EventKind::Started;
            let (touched, whys, details) = (ServerSet::EMPTY, Vec::new(), None);
            let (cause, time_us) = (None, id);
            recorder.journal.push(Event { id, cause, time_us, kind, touched, whys, details });
        };
        (1..=8).for_each(|id| happen(&mut recorder, id));
        recorder.journal.seek(5);
        assert_eq!(ids(recorder.journal()), [3, 4, 5]);
        happen(&mut recorder, 6);
        recorder.journal.seek(8);
        assert_eq!(ids(recorder.journal()), [3, 4, 5, 6, 7, 8]);
        recorder.journal.seek(4);
        recorder.journal.seek(3);
        recorder.journal.seek(7);
        assert_eq!(ids(recorder.journal()), [3, 4, 5, 6, 7]);
        // To before all kept events, and to the end again.
        recorder.journal.seek(0);
        happen(&mut recorder, 1);
        recorder.journal.seek(5);
        assert_eq!(ids(recorder.journal()), [3, 4, 5]);
        recorder.journal.seek(1);
        recorder.journal.seek(7);
        assert_eq!(ids(recorder.journal()), [3, 4, 5, 6, 7]);
        recorder.journal.seek(4);
        recorder.diverge();
        recorder.journal.seek(6);
        assert!(ids(recorder.journal()).is_empty(), "the events between are not known");
    }
}
