//! Makes a recording smaller for as long as it still violates the same property.
//!
//! Zeller's delta debugging over the acts, and then whatever else makes a script long or hard to read: settings,
//! servers, moments. What was tried and what came of it depends on nothing but the recording.

use crate::raft::{ClientId, Rule, ServerSet};
use crate::sim::{Act, EventId, MS, Micros, Setting};

use super::recording::Recording;
use super::simpler::{narrow, round_act, simpler_acts, without_chance};

/// How many recordings are tried, at the most.
const RUNS_MAX: u32 = 4_000;
/// How many events may happen in them all.
const EVENTS_MAX: EventId = 10_000_000;
/// Up to that many acts are tried without two of them, too, such as a cut and its healing.
const PAIRS_MAX: usize = 14;
/// What moments and lengths of time are rounded to, the coarsest first.
const UNITS: [Micros; 3] = [100 * MS, 10 * MS, MS];

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
    /// How many were tried.
    pub runs: u32,
}

/// Makes a recording as small as a limited number of trials can.
pub fn shrink(recording: Recording, keep: &Keep) -> Shrunk {
    let mut shrinker =
        Shrinker { patience_us: recording.until_us, best: recording, runs: 0, events: 0 };
    loop {
        let before = shrinker.best.clone();
        shrinker.drop_acts();
        if let Keep::Off(rules) = keep {
            shrinker.use_fewer_servers();
            shrinker.use_fewer_clients();
            shrinker.use_defaults(rules);
        }
        shrinker.simplify_acts();
        shrinker.drop_pairs();
        shrinker.close_gaps();
        shrinker.round();
        if shrinker.best == before {
            return Shrunk { recording: shrinker.best, runs: shrinker.runs };
        }
    }
}

struct Shrinker {
    best: Recording,
    /// A violation that comes later than in the original is none that is looked for.
    patience_us: Micros,
    runs: u32,
    events: EventId,
}

impl Shrinker {
    /// Whether the recording violates the property, too; if so it is the best one from now on.
    fn take(&mut self, mut candidate: Recording) -> bool {
        if self.runs >= RUNS_MAX || self.events >= EVENTS_MAX {
            return false;
        }
        self.runs += 1;
        let replay = candidate.replay();
        self.events += replay.events;
        let Some(violated_us) = replay.violated_us else { return false };
        candidate.until_us = violated_us;
        candidate.acts.retain(|(time_us, _)| *time_us <= violated_us);
        let holds = candidate.holds();
        if holds {
            self.best = candidate;
        }
        holds
    }

    /// Tries the best recording with a change, for as long as it otherwise was.
    fn change(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let mut candidate = self.best.clone();
        change(&mut candidate);
        candidate != self.best && self.take(candidate)
    }

    /// As [`Shrinker::change`], and the violation may come as late as in the original.
    fn change_patiently(&mut self, change: impl FnOnce(&mut Recording)) -> bool {
        let patience_us = self.patience_us;
        self.change(|recording| {
            change(recording);
            recording.until_us = patience_us;
        })
    }

    /// Leaves out halves, quarters and so on, down to single acts. The last come first: they disturb
    /// nothing that was before them.
    fn drop_acts(&mut self) {
        let mut size = self.best.acts.len();
        while size > 0 {
            let mut end = self.best.acts.len();
            while end > 0 {
                let start = end.saturating_sub(size);
                self.change_patiently(|recording| {
                    recording.acts.drain(start..end);
                });
                end = start.min(self.best.acts.len());
            }
            size /= 2;
        }
    }

    fn drop_pairs(&mut self) {
        if self.best.acts.len() > PAIRS_MAX {
            return;
        }
        let mut second = self.best.acts.len();
        while second > 1 {
            second -= 1;
            for first in (0..second).rev() {
                let dropped = self.change_patiently(|recording| {
                    recording.acts.remove(second);
                    recording.acts.remove(first);
                });
                if dropped {
                    second = self.best.acts.len();
                    break;
                }
            }
        }
    }

    /// The last servers go, and the acts forget them.
    fn use_fewer_servers(&mut self) {
        for count in 1..self.best.setup.settings.servers {
            let left = ServerSet::first(count);
            let taken = self.change_patiently(|recording| {
                recording.setup.settings.servers = count;
                recording.setup.joining = recording.setup.joining.intersection(left);
                recording.setup.learners = recording.setup.learners.intersection(left);
                recording.setup.given.retain(|given| left.contains(given.server));
                recording.acts.retain_mut(|(_, act)| narrow(act, left));
            });
            if taken {
                return;
            }
        }
    }

    /// What the last clients would send others do.
    fn use_fewer_clients(&mut self) {
        for count in 0..self.best.setup.settings.clients {
            let taken = self.change_patiently(|recording| {
                recording.setup.settings.clients = count;
                for (_, act) in &mut recording.acts {
                    if let Act::Request { by: Some(by), .. } = act {
                        *by = ClientId::from_slot(by.slot().min(count.saturating_sub(1)));
                    }
                }
            });
            if taken {
                return;
            }
        }
    }

    fn use_defaults(&mut self, off: &[Rule]) {
        for (now, default) in self.best.setup.settings.differences() {
            let is_kept = match &now {
                Setting::Rule { rule, .. } => off.contains(rule),
                setting => matches!(setting, Setting::Servers(_) | Setting::Clients(_)),
            };
            let mut plainer = if is_kept { Vec::new() } else { vec![default] };
            plainer.extend(without_chance(&now));
            for setting in plainer {
                if self.change_patiently(|recording| recording.setup.settings.apply(&setting)) {
                    break;
                }
            }
        }
    }

    /// Fewer servers in an act, and no more said of a command than it needs.
    fn simplify_acts(&mut self) {
        let mut place = self.best.acts.len();
        while place > 0 {
            place -= 1;
            let Some((_, act)) = self.best.acts.get(place) else { continue };
            for simpler in simpler_acts(act) {
                if self.change(|recording| recording.acts[place].1 = simpler) {
                    break;
                }
            }
        }
    }

    /// Does what comes after a wait earlier.
    fn close_gaps(&mut self) {
        let mut place = 0;
        while place < self.best.acts.len() {
            let before_us = place.checked_sub(1).map_or(0, |before| self.best.acts[before].0);
            let gap_us = self.best.acts[place].0 - before_us;
            for by_us in [gap_us, gap_us / 2, gap_us / 4] {
                let is_worth_it = by_us >= 10 * MS;
                let closed = is_worth_it
                    && self.change(|recording| {
                        recording.acts[place..]
                            .iter_mut()
                            .for_each(|(time_us, _)| *time_us -= by_us);
                    });
                if closed {
                    break;
                }
            }
            place += 1;
        }
    }

    /// Rounds moments and lengths of time, all at once or one by one.
    fn round(&mut self) {
        for unit_us in UNITS {
            self.change_patiently(|recording| {
                for (time_us, act) in &mut recording.acts {
                    *time_us = time_us.next_multiple_of(unit_us);
                    round_act(act, unit_us);
                }
            });
            let mut place = 0;
            while place < self.best.acts.len() {
                self.round_one(place, unit_us);
                place += 1;
            }
        }
    }

    /// Rounds one act's moment, without going past its neighbours', and what it says of time.
    fn round_one(&mut self, place: usize, unit_us: Micros) {
        let acts = &self.best.acts;
        let time_us = acts[place].0;
        let least_us = place.checked_sub(1).map_or(0, |before| acts[before].0);
        let most_us = acts.get(place + 1).map_or(Micros::MAX, |(after_us, _)| *after_us);
        let down_us = time_us / unit_us * unit_us;
        // What is rounded to more stays so.
        let rounded = if UNITS.iter().any(|unit| unit >= &unit_us && time_us % unit == 0) {
            None
        } else {
            Some([down_us, down_us + unit_us])
        };
        for rounded_us in rounded.into_iter().flatten() {
            if (least_us..=most_us).contains(&rounded_us)
                && self.change_patiently(|recording| recording.acts[place].0 = rounded_us)
            {
                break;
            }
        }
        if place < self.best.acts.len() {
            self.change_patiently(|recording| round_act(&mut recording.acts[place].1, unit_us));
        }
    }
}
