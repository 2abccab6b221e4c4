//! Draws leaders that crash soon after their election, whose entries reach only some servers: the
//! pattern of figure 8, in which `commit-own-term` keeps a leader from counting the copies of an
//! entry that another may still overwrite.
//!
//! Two rivals mostly take turns. A leadership begins with all servers alive; the leader's entries
//! do not reach some of them, and it crashes some latencies after its election. Rivals, servers and
//! times are drawn. With one entry per message a leader replicates older entries before its own.

use crate::raft::{Kind, Op, Reads, ServerId, ServerSet};
use crate::sim::{
    Act, Count, Ends, Filter, Interception, MS, Micros, Servers, Settings, Setup, Span,
};

use super::{Drawn, Generator};

impl Generator {
    pub fn short_leaderships(&mut self, seed: u64) -> Drawn {
        self.servers = self.pick(&[3, 3, 4, 5]);
        self.clients = 2;
        let latency_us = self.pick(&[1, 2, 5]) * MS;
        let settings = Settings {
            heartbeat_us: self.pick(&[None, Some(50 * MS)]),
            latency: Span::new(latency_us, latency_us),
            max_entries: self.pick(&[1, 1, 64]),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log]),
            ..self.settings_without_timeouts(seed)
        };
        let first = self.server();
        let others = ServerSet::first(self.servers).difference(ServerSet::only(first));
        let rivals = [first, self.one_of(others)];
        let mut acts = Vec::new();
        let mut now_us = 0;
        for turn in 0..4 + self.below(8) as usize {
            let leader = if self.one_in(6) { self.server() } else { rivals[turn % 2] };
            self.leadership(leader, &mut now_us, latency_us, &mut acts);
        }
        (Setup { settings, ..Setup::default() }, acts)
    }

    fn leadership(
        &mut self,
        leader: ServerId,
        now_us: &mut Micros,
        latency_us: Micros,
        acts: &mut Vec<(Micros, Act)>,
    ) {
        acts.push((*now_us, Act::Release(None, Filter::default())));
        acts.push((*now_us, Act::Restart(Servers::All)));
        let deaf = self.deaf_to(leader);
        if !deaf.is_empty() {
            let ends = |servers| Some(Ends::Servers(Servers::Named(servers)));
            let (from, to) = (ends(ServerSet::only(leader)), ends(deaf));
            let filter = Filter { kind: Some(Kind::Append), from, to };
            acts.push((*now_us, Act::Intercept(Interception::Drop, Count::All, filter)));
        }
        // The first campaign may fail for an old term.
        for _ in 0..2 - u64::from(self.one_in(4)) {
            acts.push((*now_us, Act::Timeout(leader.into())));
            *now_us += 2 * latency_us + MS / 2;
        }
        if self.one_in(3) {
            let op = Op::Set { key: "x".to_owned(), value: self.new_value() };
            acts.push((*now_us, Act::Request { op, via: Some(leader.into()), by: None }));
        }
        *now_us += self.below(8) * latency_us;
        acts.push((*now_us, Act::Crash(leader.into())));
        *now_us += self.below(4) * latency_us + MS;
    }

    /// The servers that a leader's entries do not reach: all others, all but one, or any.
    fn deaf_to(&mut self, leader: ServerId) -> ServerSet {
        let others = ServerSet::first(self.servers).difference(ServerSet::only(leader));
        match self.below(5) {
            0 | 1 => others,
            2 | 3 => others.difference(ServerSet::only(self.one_of(others))),
            _ => self.half().intersection(others),
        }
    }
}
