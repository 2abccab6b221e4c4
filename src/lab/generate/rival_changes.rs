//! Draws two leaders, each of which makes a membership change that the other does not know of: the
//! pattern of the bug of 2015, which `config-after-commit` prevents.
//!
//! The servers are split into two sides at random. The leader of the first side makes a change that
//! no voter receives. Another leader is elected and makes a change at once; its entries reach the
//! second side only. Then the first side elects its leader again. Each leader adds a server of its
//! own side or removes one of the other side. If the sides are majorities of the two
//! configurations and share no server, both decide; sizes, sides, servers, changes and times are
//! drawn, so mostly they are not.

use crate::raft::{Kind, Reads, ServerId, ServerSet};
use crate::sim::{Act, Count, Ends, Filter, Interception, MS, Servers, Settings, Setup, Span};

use super::{Drawn, Generator};

/// The newcomers and voters of one side. The leader comes first.
#[derive(Default)]
struct RivalSide {
    voters: Vec<ServerId>,
    newcomers: Vec<ServerId>,
}

impl RivalSide {
    fn servers(&self) -> Servers {
        Servers::Named(self.voters.iter().chain(&self.newcomers).copied().collect())
    }

    fn leader(&self) -> ServerId {
        self.voters[0]
    }
}

impl Generator {
    pub fn rival_changes(&mut self, seed: u64) -> Drawn {
        let voters = self.pick(&[3, 4, 4, 5]);
        let newcomers = self.below(3) as usize;
        self.servers = voters + newcomers;
        self.clients = 2;
        let settings = Settings {
            heartbeat_us: self.pick(&[None, Some(50 * MS)]),
            latency: Span::new(MS, self.pick(&[1, 3, 5]) * MS),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log]),
            ..self.settings_without_timeouts(seed)
        };
        let all = ServerSet::first(self.servers);
        let joining = all.difference(ServerSet::first(voters));
        let setup = Setup { settings, joining, ..Setup::default() };
        let (first, second) = self.sides(voters);
        let mut acts = Vec::new();
        let mut now_us = 0;
        for step in self.steps(&first, &second) {
            now_us += (15 + self.below(40)) * MS;
            for _ in 0..self.below(4) {
                acts.push((now_us - (self.below(10) + 1) * MS, self.request()));
            }
            acts.extend(step.into_iter().map(|act| (now_us, act)));
        }
        (setup, acts)
    }

    fn sides(&mut self, voters: usize) -> (RivalSide, RivalSide) {
        let mut order: Vec<ServerId> = (0..voters).map(ServerId::from_slot).collect();
        for last in (1..voters).rev() {
            order.swap(last, self.below(last as u64 + 1) as usize);
        }
        let (mut first, mut second) = (RivalSide::default(), RivalSide::default());
        for (place, server) in order.into_iter().enumerate() {
            let is_first = place == 0 || place > 1 && self.one_in(2);
            if is_first { first.voters.push(server) } else { second.voters.push(server) }
        }
        for slot in voters..self.servers {
            let side = if self.one_in(2) { &mut first } else { &mut second };
            side.newcomers.push(ServerId::from_slot(slot));
        }
        (first, second)
    }

    /// The actions of one moment each.
    fn steps(&mut self, first: &RivalSide, second: &RivalSide) -> Vec<Vec<Act>> {
        let alone = first.newcomers.iter().chain([&first.leader()]).copied().collect();
        let to_first = Filter {
            kind: Some(Kind::Append),
            from: Some(Ends::Servers(second.leader().into())),
            to: Some(Ends::Servers(Servers::Named(first.voters.iter().copied().collect()))),
        };
        let (leader, rival) = (Servers::from(first.leader()), Servers::from(second.leader()));
        vec![
            vec![Act::Timeout(leader)],
            vec![Act::Beat(leader)],
            vec![Act::Partition(vec![Servers::Named(alone), Servers::Others])],
            vec![self.change_for(first, second)],
            vec![Act::Intercept(Interception::Drop, Count::All, to_first), Act::Timeout(rival)],
            vec![self.change_for(second, first)],
            vec![Act::Crash(leader), Act::Restart(leader)],
            vec![Act::Partition(vec![first.servers(), Servers::Others])],
            vec![Act::Timeout(leader)],
            vec![Act::Timeout(leader)],
            vec![Act::Heal(None), Act::Beat(leader)],
            vec![Act::Beat(leader)],
        ]
    }

    /// A change that makes the majority of a side.
    fn change_for(&mut self, own: &RivalSide, other: &RivalSide) -> Act {
        match own.newcomers.first() {
            Some(&newcomer) if self.one_in(2) => {
                Act::Add { server: newcomer.into(), learner: false }
            }
            _ => Act::Remove(self.pick(&other.voters).into()),
        }
    }
}
