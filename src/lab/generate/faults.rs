//! Draws faults of servers, clocks and links, each with the action that ends it.

use crate::sim::{Act, Ends, MS, Micros, Servers};

use super::Generator;

impl Generator {
    /// Servers crash. Half of the time they restart at once: volatile state is lost, and hardly any
    /// server notices.
    pub fn crash(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let servers = self.some_servers();
        let down_us = if self.one_in(2) { self.below(3 * MS) } else { self.below(200 * MS) + 1 };
        acts.push((now_us, Act::Crash(servers)));
        acts.push((now_us + down_us, Act::Restart(Servers::All)));
    }

    pub fn wipe(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        acts.push((now_us, Act::Wipe(self.server().into())));
        acts.push((now_us + self.below(200 * MS), Act::Restart(Servers::All)));
    }

    pub fn pause(&mut self) -> Act {
        let servers = self.some_servers();
        Act::Pause(servers, Some(self.below(200 * MS) + 1))
    }

    /// The speed of some clocks. Leases allow for a drift of 10 %.
    pub fn skew(&mut self) -> Act {
        let servers = self.some_servers();
        let speeds: &[u32] = if self.features.bounded_clocks {
            &[960, 1000, 1040]
        } else {
            &[300, 1000, 1000, 3000]
        };
        Act::Skew(servers, self.pick(speeds))
    }

    /// Links fail, and all of them are healed later.
    pub fn cut(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let servers = self.some_servers();
        let act = match self.below(3) {
            0 => Act::Partition(vec![Servers::Named(self.half()), Servers::Others]),
            1 => Act::Isolate(servers),
            _ => {
                let (from, to) = (Ends::Servers(servers), Ends::Servers(Servers::Others));
                let both = self.one_in(2);
                let (from, to) = if self.one_in(2) { (from, to) } else { (to, from) };
                Act::Cut { from, to, both }
            }
        };
        let heal_us = now_us + self.below(300 * MS) + 1;
        acts.push((now_us, act));
        acts.push((heal_us, Act::Heal(None)));
    }
}
