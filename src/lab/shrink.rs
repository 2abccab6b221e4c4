//! Makes a recording smaller while it still does the same harm.
//!
//! Zeller's delta debugging over the actions, then over everything else that makes a script long or
//! hard to read: settings, servers, times. Every candidate is written as text, parsed and run like
//! any script before it is accepted. Removing a line changes all random draws after it, so other
//! seeds are tried as well. The result depends on nothing but the recording.

use std::iter;
use std::ops::RangeInclusive;

use crate::raft::Rule;
use crate::sim::{EventId, Micros, SECOND};

use super::harm::{Harm, Symptom};
use super::recording::Recording;

/// The most recordings that are tried. The first seed may use half of them, the next half of the
/// rest, and so on.
const RUNS_MAX: u32 = 12_000;
/// The most events in all of them, split in the same way.
const EVENTS_MAX: EventId = 16_000_000;
/// Later than any verdict on liveness.
const UNTIL_US_MAX: Micros = 10_000 * SECOND;
/// Other seeds that are tried for the same actions, and the most that are shrunk.
const SEEDS: RangeInclusive<u64> = 1..=12;
const SEEDS_SHRUNK_MAX: u32 = 4;

/// What shrinking must not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preserve {
    /// The whole cluster.
    Cluster,
    /// These rules stay off.
    RulesOff(Vec<Rule>),
}

#[derive(Clone, Debug)]
pub struct Shrunk {
    pub recording: Recording,
    /// The harm that this recording does.
    pub harm: Option<Harm>,
    /// The number of recordings tried.
    pub runs: u32,
}

/// Shrinks a recording as far as the limits allow. How far that is depends on chance, so the same
/// actions with other seeds are shrunk too, if they do the same harm, and the smallest result
/// wins.
pub fn shrink(recording: Recording, preserve: &Preserve) -> Shrunk {
    shrink_observed(recording, preserve, &mut |_| {})
}

/// Like [`shrink`]. Calls `observe` after each recording that was tried, with the smallest that the
/// present seed has led to.
pub fn shrink_observed(
    recording: Recording,
    preserve: &Preserve,
    observe: &mut dyn FnMut(&Recording),
) -> Shrunk {
    let mut best = recording.clone();
    let (mut runs_left, mut events_left, mut tried) = (RUNS_MAX, EVENTS_MAX, 0);
    let others = SEEDS.map(|seed| {
        let mut other = recording.clone();
        other.setup.settings.seed = seed;
        other
    });
    for start in iter::once(recording.clone()).chain(others) {
        let mut shrinker = Shrinker {
            limit_us: start.until_us,
            best: recording.clone(),
            runs_left: runs_left / 2,
            events_left: events_left / 2,
            observe,
        };
        runs_left -= shrinker.runs_left;
        events_left -= shrinker.events_left;
        if shrinker.accept(start) {
            shrinker.shrink(preserve);
            tried += 1;
        }
        runs_left += shrinker.runs_left;
        events_left += shrinker.events_left;
        if size(&shrinker.best) < size(&best) {
            best = shrinker.best;
        }
        if tried == SEEDS_SHRUNK_MAX {
            break;
        }
    }
    Shrunk { harm: best.replay().harm, recording: best, runs: RUNS_MAX - runs_left }
}

/// By actions, then lines, then simulated time.
pub(super) fn size(recording: &Recording) -> (usize, usize, Micros) {
    let lines = recording.script(&[]).lines.len();
    (recording.acts.len(), lines, recording.until_us)
}

pub(super) struct Shrinker<'a> {
    /// The smallest so far.
    pub best: Recording,
    /// When the original violates its property. A later violation does not count.
    limit_us: Micros,
    runs_left: u32,
    events_left: EventId,
    observe: &'a mut dyn FnMut(&Recording),
}

impl Shrinker<'_> {
    /// Repeats all passes until none makes the recording smaller.
    fn shrink(&mut self, preserve: &Preserve) {
        loop {
            let before = self.best.clone();
            self.drop_acts();
            if let Preserve::RulesOff(rules) = preserve {
                self.use_fewer_servers();
                self.use_fewer_clients();
                self.use_defaults(rules);
            }
            self.simplify_acts();
            self.drop_pairs();
            self.close_gaps();
            self.round();
            if self.best == before && !self.try_other_seeds(preserve) {
                return;
            }
        }
    }

    /// Makes a recording the best one if it does the same harm.
    fn accept(&mut self, candidate: Recording) -> bool {
        if self.runs_left == 0 || self.events_left == 0 {
            return false;
        }
        let accepted = self.try_out(candidate);
        (self.observe)(&self.best);
        accepted
    }

    fn try_out(&mut self, mut candidate: Recording) -> bool {
        self.runs_left -= 1;
        if !matches!(candidate.symptom, Symptom::Violates(_)) {
            // The verdict comes when it is due, not when the original ended.
            candidate.until_us = UNTIL_US_MAX;
        }
        let replay = candidate.replay();
        self.events_left = self.events_left.saturating_sub(replay.events);
        let Some(Harm { time_us: found_us, .. }) = replay.harm else { return false };
        candidate.until_us = found_us;
        candidate.acts.retain(|(time_us, _)| *time_us <= found_us);
        let holds = candidate.holds();
        if holds {
            self.best = candidate;
        }
        holds
    }

    /// Tries a change to the best recording. A violation must not come later than in the best
    /// one.
    pub fn change(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let mut candidate = self.best.clone();
        change(&mut candidate);
        candidate != self.best && self.accept(candidate)
    }

    /// Like [`Shrinker::change`], but a violation may come as late as in the original.
    pub fn change_leniently(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let limit_us = self.limit_us;
        self.change(|recording| {
            change(recording);
            recording.until_us = limit_us;
        })
    }
}
