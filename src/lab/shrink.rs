//! Makes a recording smaller for as long as it still violates the same property.
//!
//! Zeller's delta debugging over the acts, and then whatever else makes a script long or hard to read: settings,
//! servers, moments. What was tried and what came of it depends on nothing but the recording.

use std::iter;
use std::ops::RangeInclusive;

use crate::check::Violation;
use crate::raft::Rule;
use crate::sim::{EventId, Micros};

use super::recording::Recording;

/// How many recordings are tried, at the most. The first start may spend half of that, the next half of what is
/// left, and so on.
const RUNS_MAX: u32 = 12_000;
/// How many events may happen in them, in the same way.
const EVENTS_MAX: EventId = 16_000_000;
/// The seeds of other starts, and how many starts there are at the most.
const STARTS: RangeInclusive<u64> = 1..=12;
const STARTS_MAX: u32 = 4;

/// What of the cluster stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of it.
    Cluster,
    /// That these rules are off.
    Off(Vec<Rule>),
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The smallest recording that was found.
    pub recording: Recording,
    /// How the property is violated in it.
    pub violation: Option<Violation>,
    /// How many were tried.
    pub runs: u32,
}

/// Makes a recording as small as a limited number of trials can. Where one ends depends on chance, so the
/// same acts in the same cluster with other seeds are made small, too, as long as they violate the property.
pub fn shrink(recording: Recording, keep: &Keep) -> Shrunk {
    let mut best = recording.clone();
    let (mut runs_left, mut events_left, mut tried) = (RUNS_MAX, EVENTS_MAX, 0);
    let others = STARTS.map(|seed| {
        let mut other = recording.clone();
        other.setup.settings.seed = seed;
        other
    });
    for start in iter::once(recording.clone()).chain(others) {
        let mut shrinker = Shrinker {
            patience_us: start.until_us,
            best: recording.clone(),
            runs_left: runs_left / 2,
            events_left: events_left / 2,
        };
        runs_left -= shrinker.runs_left;
        events_left -= shrinker.events_left;
        if shrinker.take(start) {
            shrinker.shrink(keep);
            tried += 1;
        }
        runs_left += shrinker.runs_left;
        events_left += shrinker.events_left;
        if size(&shrinker.best) < size(&best) {
            best = shrinker.best;
        }
        if tried == STARTS_MAX {
            break;
        }
    }
    Shrunk { violation: best.replay().violation, recording: best, runs: RUNS_MAX - runs_left }
}

/// How long the script is, and how long it takes.
fn size(recording: &Recording) -> (usize, usize, Micros) {
    let lines = recording.script(&[]).lines.len();
    (recording.acts.len(), lines, recording.until_us)
}

/// A recording on its way.
pub(super) struct Shrinker {
    /// The smallest so far.
    pub best: Recording,
    /// A violation that comes later than in the original is none that is looked for.
    patience_us: Micros,
    runs_left: u32,
    events_left: EventId,
}

impl Shrinker {
    /// Tries everything until nothing helps any more.
    fn shrink(&mut self, keep: &Keep) {
        loop {
            let before = self.best.clone();
            self.drop_acts();
            if let Keep::Off(rules) = keep {
                self.use_fewer_servers();
                self.use_fewer_clients();
                self.use_defaults(rules);
            }
            self.simplify_acts();
            self.drop_pairs();
            self.close_gaps();
            self.round();
            if self.best == before && !self.try_another_chance(keep) {
                return;
            }
        }
    }

    /// Whether the recording violates the property, too; if so it is the best one from now on.
    fn take(&mut self, mut candidate: Recording) -> bool {
        if self.runs_left == 0 || self.events_left == 0 {
            return false;
        }
        self.runs_left -= 1;
        let replay = candidate.replay();
        self.events_left = self.events_left.saturating_sub(replay.events);
        let Some(Violation { time_us: violated_us, .. }) = replay.violation else { return false };
        candidate.until_us = violated_us;
        candidate.acts.retain(|(time_us, _)| *time_us <= violated_us);
        let holds = candidate.holds();
        if holds {
            self.best = candidate;
        }
        holds
    }

    /// Tries the best recording with a change, for as long as it otherwise was.
    pub fn change(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let mut candidate = self.best.clone();
        change(&mut candidate);
        candidate != self.best && self.take(candidate)
    }

    /// As [`Shrinker::change`], and the violation may come as late as in the original.
    pub fn change_patiently(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let patience_us = self.patience_us;
        self.change(|recording| {
            change(recording);
            recording.until_us = patience_us;
        })
    }
}
