//! Draws leaders that are cut off from the other servers, but not from clients, while election
//! timeouts change: the pattern in which a read under a lease is stale if the lease outlives the
//! timeouts that it was counted by.
//!
//! An episode changes the timeouts, lets other servers hear the leader or restarts them, cuts the
//! leader off and waits. Then one client writes, and others read through every server.

use crate::raft::{ClientId, Op, Reads, ServerId};
use crate::sim::{
    Act, MS, Micros, Preset, Routing, SECOND, Servers, Setting, Settings, Setup, Span,
};

use super::{Drawn, Generator};
use crate::lab::schedule::FAULTS_US;

impl Generator {
    pub fn lease_reads(&mut self, seed: u64) -> Drawn {
        self.servers = self.pick(&[3, 3, 5]);
        self.clients = self.servers + 1;
        let mut settings = Settings {
            servers: self.servers,
            clients: self.clients,
            seed,
            latency: Span::new(MS, self.pick(&[1, 5]) * MS),
            client_timeout_us: Some(SECOND),
            routing: self.pick(&[Routing::Redirect, Routing::Forward]),
            reads: Reads::Lease,
            pre_vote: self.one_in(3),
            check_quorum: self.one_in(3),
            ..Settings::default()
        };
        settings.apply(&self.timeouts());
        let mut acts = Vec::new();
        let mut now_us = 500 * MS;
        while now_us < FAULTS_US {
            self.episode(&mut now_us, &mut acts);
        }
        (Setup { settings, ..Setup::default() }, acts)
    }

    fn timeouts(&mut self) -> Setting {
        let ranges = [(100, 130), (150, 300), (300, 600), (600, 900)];
        match self.below(6) {
            0 => Setting::ElectionTimeout(None),
            1 => Setting::Preset(self.pick(&Preset::ALL)),
            _ => {
                let (from, to) = self.pick(&ranges);
                Setting::ElectionTimeout(Some(Span::new(from * MS, to * MS)))
            }
        }
    }

    fn episode(&mut self, now_us: &mut Micros, acts: &mut Vec<(Micros, Act)>) {
        let mut steps = vec![Act::Set(self.timeouts())];
        if self.one_in(3) {
            steps.push(Act::Set(Setting::Heartbeat(Some(self.pick(&[20, 100, 400]) * MS))));
        }
        for _ in 0..self.below(3) {
            steps.push(match self.below(4) {
                0 => Act::Set(self.timeouts()),
                1 => Act::Crash(Servers::Followers),
                2 => Act::Skew(self.some_servers(), self.pick(&[960, 1000, 1040])),
                _ => self.write_by(0),
            });
        }
        steps.push(Act::Restart(Servers::All));
        steps.push(Act::Isolate(Servers::Leader));
        if self.one_in(3) {
            steps.push(Act::Set(self.timeouts()));
        }
        for act in steps {
            *now_us += self.below(40 * MS);
            acts.push((*now_us, act));
        }
        *now_us += self.below(600 * MS);
        acts.push((*now_us, self.write_by(0)));
        for slot in 0..self.servers {
            *now_us += self.below(20 * MS);
            let op = Op::Get { key: "x".to_owned() };
            let via = Some(ServerId::from_slot(slot).into());
            let by = Some(ClientId::from_slot(slot + 1));
            acts.push((*now_us, Act::Request { op, via, by }));
        }
        *now_us += self.below(200 * MS);
        acts.push((*now_us, Act::Heal(None)));
        *now_us += self.below(300 * MS);
    }

    fn write_by(&mut self, slot: usize) -> Act {
        let op = Op::Set { key: "x".to_owned(), value: self.new_value() };
        let via = Some(self.server().into());
        Act::Request { op, via, by: Some(ClientId::from_slot(slot)) }
    }
}
