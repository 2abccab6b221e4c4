//! Draws two candidates that campaign within one latency of each other, and a server that restarts
//! meanwhile: the pattern in which a vote that is not on the disk is given twice.

use crate::raft::Reads;
use crate::sim::{Act, MS, Servers, Settings, Setup, Span};

use super::{Drawn, Generator};
use crate::lab::schedule::FAULTS_US;

impl Generator {
    pub fn voter_restarts(&mut self, seed: u64) -> Drawn {
        self.servers = self.pick(&[3, 3, 4, 5]);
        self.clients = 2;
        let latency_us = self.pick(&[5, 10]) * MS;
        let settings = Settings {
            servers: self.servers,
            clients: self.clients,
            seed,
            latency: Span::new(latency_us, latency_us),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log]),
            ..Settings::default()
        };
        let mut acts = Vec::new();
        let mut now_us = 0;
        while now_us < FAULTS_US {
            let (first, second, voter) = (self.server(), self.server(), self.server());
            acts.push((now_us, Act::Timeout(first.into())));
            acts.push((now_us + self.below(latency_us), Act::Timeout(second.into())));
            let crash_us = now_us + self.below(3 * latency_us);
            acts.push((crash_us, Act::Crash(voter.into())));
            acts.push((crash_us + self.below(latency_us), Act::Restart(Servers::All)));
            for _ in 0..self.below(6) {
                acts.push((now_us + self.below(100 * MS), self.request()));
            }
            now_us += (50 + self.below(150)) * MS;
        }
        (Setup { settings, ..Setup::default() }, acts)
    }
}
