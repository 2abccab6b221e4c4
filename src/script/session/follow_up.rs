//! Finds the event that set a value where the journal does not reach back to it: copies of the run
//! from earlier checkpoints record it again.

use crate::raft::ServerId;
use crate::script::run::Halt;
use crate::sim::{EventId, Micros, Recorder, ServerValue};

use super::Session;
use super::timeline::Timeline;

/// The most steps to look through.
const LOOK_MAX: u64 = 500_000;

impl Session {
    /// The newest event so far that changed that value of the server, and its moment; `None` if
    /// the value is the one from the start, or was set too long ago.
    pub fn last_change(&self, server: ServerId, value: ServerValue) -> Option<(EventId, Micros)> {
        let known = self.journal().last_change(server, value, EventId::MAX);
        match known {
            Some(event) => Some((event.id, event.time_us)),
            None => self.timeline.search_change(server, value),
        }
    }
}

impl Timeline {
    fn search_change(&self, server: ServerId, value: ServerValue) -> Option<(EventId, Micros)> {
        let here = self.run().position();
        let (mut until, mut looked) = (here.steps, 0);
        while looked <= LOOK_MAX
            && let Some(mut scout) = self.scout_before(until)
        {
            let begin = scout.position().steps;
            let mut recorder = Recorder::on();
            recorder.seek(scout.world());
            let mut newest = None;
            let mut seen = scout.world().event();
            while scout.position().steps < until
                && scout.step_until(here.time_us, &mut recorder) != Some(Halt::Reached)
            {
                let mut new = recorder.journal().events().rev().take_while(|new| new.id > seen);
                let setting = new.find(|event| event.sets(server, value));
                newest = setting.map(|event| (event.id, event.time_us)).or(newest);
                seen = scout.world().event();
            }
            if newest.is_some() || begin == 0 {
                return newest;
            }
            (looked, until) = (looked + until - begin, begin);
        }
        None
    }
}
