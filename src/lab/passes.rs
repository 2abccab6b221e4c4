//! The changes that shrinking tries.

use crate::raft::{ClientId, Rule, ServerSet};
use crate::sim::{Act, MS, Micros, Setting};

use super::recording::Recording;
use super::shrink::{Preserve, Shrinker};
use super::simplify::{narrow, round_act, simpler_acts, without_chance};

/// With at most this many actions left, pairs such as a cut and its heal are dropped together.
const PAIRS_MAX: usize = 24;
/// How many seeds are tried in all when nothing else helps. The fewer actions, the more for each
/// change.
const SEEDS: u64 = 160;
/// The units to which times and durations are rounded, coarsest first.
const UNITS: [Micros; 3] = [100 * MS, 10 * MS, MS];

impl Shrinker<'_> {
    /// Drops halves, quarters and so on, down to single actions. The last come first: dropping them
    /// changes nothing before them.
    pub fn drop_acts(&mut self) {
        let mut size = self.best.acts.len();
        while size > 0 {
            let mut end = self.best.acts.len();
            while end > 0 {
                let start = end.saturating_sub(size);
                self.change_leniently(|recording| {
                    recording.acts.drain(start..end);
                });
                end = start.min(self.best.acts.len());
            }
            size /= 2;
        }
    }

    pub fn drop_pairs(&mut self) {
        if self.best.acts.len() > PAIRS_MAX {
            return;
        }
        let mut second = self.best.acts.len();
        while second > 1 {
            second -= 1;
            for first in (0..second).rev() {
                let dropped = self.change_leniently(|recording| {
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

    /// Drops servers, settings or actions and changes the seed: with another seed, the same may
    /// happen without them.
    pub fn try_other_seeds(&mut self, preserve: &Preserve) -> bool {
        let before = self.best.clone();
        if let Preserve::RulesOff(off) = preserve {
            for count in 1..self.best.setup.settings.servers {
                if self.with_another_seed(|recording| use_servers(recording, count)) {
                    break;
                }
            }
            for (now, default) in self.best.setup.settings.differences() {
                if !is_preserved(&now, off) && !matches!(now, Setting::Seed(_)) {
                    self.with_another_seed(|recording| recording.setup.settings.apply(&default));
                }
            }
        }
        let mut place = self.best.acts.len();
        while place > 0 {
            place = (place - 1).min(self.best.acts.len());
            if place < self.best.acts.len() {
                self.with_another_seed(|recording| {
                    recording.acts.remove(place);
                });
            }
        }
        self.best != before
    }

    /// Like [`Shrinker::change_leniently`], with one seed after the other.
    fn with_another_seed(&mut self, change: impl Fn(&mut Recording)) -> bool {
        (1..=SEEDS / (self.best.acts.len() as u64 + 4)).any(|seed| {
            self.change_leniently(|recording| {
                change(recording);
                recording.setup.settings.seed = seed;
            })
        })
    }

    /// Drops the last servers, also from the actions.
    pub fn use_fewer_servers(&mut self) {
        for count in 1..self.best.setup.settings.servers {
            if self.change_leniently(|recording| use_servers(recording, count)) {
                return;
            }
        }
    }

    /// Drops the last clients; others send their requests.
    pub fn use_fewer_clients(&mut self) {
        for count in 0..self.best.setup.settings.clients {
            let taken = self.change_leniently(|recording| {
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

    pub fn use_defaults(&mut self, off: &[Rule]) {
        for (now, default) in self.best.setup.settings.differences() {
            let mut plainer = if is_preserved(&now, off) { Vec::new() } else { vec![default] };
            plainer.extend(without_chance(&now));
            for setting in plainer {
                if self.change_leniently(|recording| recording.setup.settings.apply(&setting)) {
                    break;
                }
            }
        }
    }

    /// Replaces actions by simpler ones: fewer servers, no needless `via` or `by`.
    pub fn simplify_acts(&mut self) {
        let mut place = self.best.acts.len();
        while place > 0 {
            place -= 1;
            let Some((_, act)) = self.best.acts.get(place) else { continue };
            for simpler in simpler_acts(act) {
                if self.change_leniently(|recording| recording.acts[place].1 = simpler) {
                    break;
                }
            }
        }
    }

    /// Moves all later actions forward in time.
    pub fn close_gaps(&mut self) {
        let mut place = 0;
        while place < self.best.acts.len() {
            let before_us = place.checked_sub(1).map_or(0, |before| self.best.acts[before].0);
            let gap_us = self.best.acts[place].0 - before_us;
            for by_us in [gap_us, gap_us / 2, gap_us / 4] {
                let closed = by_us >= 10 * MS
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

    /// Rounds times and durations, all at once and then one by one.
    pub fn round(&mut self) {
        for unit_us in UNITS {
            self.change_leniently(|recording| {
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

    /// Rounds the time of one action, within those of its neighbours, and its duration.
    fn round_one(&mut self, place: usize, unit_us: Micros) {
        let acts = &self.best.acts;
        let time_us = acts[place].0;
        let least_us = place.checked_sub(1).map_or(0, |before| acts[before].0);
        let most_us = acts.get(place + 1).map_or(Micros::MAX, |(after_us, _)| *after_us);
        let down_us = time_us / unit_us * unit_us;
        // A time that is already a multiple stays as it is.
        let rounded = if UNITS.iter().any(|unit| unit >= &unit_us && time_us.is_multiple_of(*unit))
        {
            None
        } else {
            Some([down_us, down_us + unit_us])
        };
        for rounded_us in rounded.into_iter().flatten() {
            if (least_us..=most_us).contains(&rounded_us)
                && self.change_leniently(|recording| recording.acts[place].0 = rounded_us)
            {
                break;
            }
        }
        if place < self.best.acts.len() {
            self.change_leniently(|recording| round_act(&mut recording.acts[place].1, unit_us));
        }
    }
}

/// Keeps the first `count` servers.
fn use_servers(recording: &mut Recording, count: usize) {
    let left = ServerSet::first(count);
    let setup = &mut recording.setup;
    setup.settings.servers = count;
    setup.joining = setup.joining.intersection(left);
    setup.learners = setup.learners.intersection(left);
    setup.given.retain(|given| left.contains(given.server));
    recording.acts.retain_mut(|(_, act)| narrow(act, left));
}

/// Whether a setting must stay, or has a pass of its own.
fn is_preserved(setting: &Setting, off: &[Rule]) -> bool {
    match setting {
        Setting::Rule { rule, .. } => off.contains(rule),
        setting => matches!(setting, Setting::Servers(_) | Setting::Clients(_)),
    }
}
