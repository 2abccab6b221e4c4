//! Draws any action at any time, within the features of the schedule.

use crate::sim::{Act, Filter, Interception, MS, Micros, Servers};

use super::Generator;
use crate::lab::schedule::FAULTS_US;

/// The longest time between two actions.
const GAP_US_MAX: Micros = 60 * MS;
/// How many kinds of actions there are. Requests take all numbers without a kind of their own.
const KINDS: u64 = 26;

impl Generator {
    /// The actions of the schedule.
    pub fn chaos(&mut self) -> Vec<(Micros, Act)> {
        let mut acts = Vec::new();
        let mut now_us = 0;
        while now_us < FAULTS_US {
            now_us += self.below(GAP_US_MAX) + 1;
            self.add_acts(now_us, &mut acts);
        }
        acts.extend(self.single_faults());
        acts
    }

    /// Draws an action at that time, and the one that ends it later.
    fn add_acts(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let features = self.features;
        let soon_us = now_us + self.below(200 * MS) + 1;
        match self.below(KINDS) {
            0 | 1 => self.crash(now_us, acts),
            2 => acts.push((now_us, self.pause())),
            3..=5 => self.cut(now_us, acts),
            6 | 7 if !features.bounded_clocks => {
                acts.push((now_us, Act::Timeout(self.some_servers())));
            }
            8 => acts.push((now_us, self.skew())),
            9 => acts.push((now_us, Act::Transfer(self.server().into()))),
            10 if features.membership => acts.push((now_us, self.membership_change())),
            11 if features.membership => self.hidden_change(now_us, acts),
            12 if features.snapshots => acts.push((now_us, Act::Snapshot(self.some_servers()))),
            13 => {
                let by_us = self.below(150 * MS) + 1;
                acts.push((now_us, self.intercept(Interception::Delay(by_us))));
            }
            14 => {
                acts.push((now_us, self.intercept(Interception::Hold)));
                acts.push((soon_us, Act::Release(None, Filter::default())));
            }
            15..=17 if features.live_settings => acts.push((now_us, Act::Set(self.live_setting()))),
            18 | 19 if !self.rules.is_empty() => {
                acts.extend(self.rule().map(|rule| (now_us, Act::Set(rule))));
            }
            20 if features.wipes => self.wipe(now_us, acts),
            _ => acts.push((now_us, self.request())),
        }
    }

    /// A change that reaches hardly any server, and another one by the next leader.
    fn hidden_change(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let next_us = now_us + 100 * MS;
        acts.push((now_us, self.membership_change()));
        acts.push((now_us + self.below(3 * MS), Act::Isolate(Servers::Leader)));
        if !self.features.bounded_clocks {
            acts.push((next_us, Act::Timeout(self.some_servers())));
        }
        acts.push((next_us + self.below(100 * MS), self.membership_change()));
        acts.push((next_us + self.below(200 * MS) + 1, Act::Heal(None)));
    }
}
