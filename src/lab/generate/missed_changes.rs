//! Draws a leader that is cut off while the others change the configuration without it: the pattern
//! in which a stale leader must listen to servers that it does not know. Nothing heals the network
//! before the cluster is left alone, perhaps with servers down.

use crate::raft::ServerSet;
use crate::sim::{Act, MS, Servers};

use super::{Drawn, Generator};

impl Generator {
    pub fn missed_changes(&mut self, seed: u64) -> Drawn {
        let mut setup = self.cluster(seed);
        self.servers = 5;
        setup.settings.servers = self.servers;
        setup.joining = ServerSet::first(self.servers).difference(ServerSet::first(3));
        setup.learners = ServerSet::EMPTY;
        setup.settings.loss_ppm = 0;
        let mut now_us = (500 + self.below(500)) * MS;
        let mut acts = vec![(now_us, Act::Isolate(Servers::Leader))];
        now_us += (300 + self.below(400)) * MS;
        for _ in 0..2 + self.below(4) {
            let newcomer = self.one_of(setup.joining).into();
            let change = match self.below(4) {
                0 => self.membership_change(),
                _ => Act::Add { server: newcomer, learner: false },
            };
            acts.push((now_us, change));
            if self.one_in(3) {
                acts.push((now_us + 5 * MS, self.request()));
            }
            now_us += (20 + self.below(250)) * MS;
        }
        (setup, acts)
    }
}
