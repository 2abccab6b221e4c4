//! Draws changes of live settings. The values may stop a cluster for a while; the setting often
//! changes again soon.

use crate::raft::{Reads, Rule};
use crate::sim::{MS, Preset, Routing, SECOND, Setting, Span};

use super::Generator;

/// How many kinds of settings there are, those that are drawn more often counted twice.
const KINDS: u64 = 22;

fn ms(from: u64, to: u64) -> Span {
    Span::new(from * MS, to * MS)
}

impl Generator {
    /// A live setting with some value; rules have their own draw.
    pub fn live_setting(&mut self) -> Setting {
        match self.below(KINDS) {
            0 | 1 => self.election_timeout(),
            2 => Setting::Heartbeat(self.pick(&[
                None,
                Some(20 * MS),
                Some(50 * MS),
                Some(100 * MS),
                Some(400 * MS),
            ])),
            3 => Setting::Preset(self.pick(&Preset::ALL)),
            4 => {
                Setting::Latency(self.pick(&[Span::new(100, MS), ms(1, 5), ms(1, 40), ms(20, 100)]))
            }
            5 => Setting::Loss(self.pick(&[0, 20_000, 100_000, 500_000, 1_000_000])),
            6 => Setting::Duplicate(self.pick(&[0, 50_000, 500_000])),
            7 => Setting::Fifo(self.one_in(2)),
            8 => Setting::Disk(self.pick(&[ms(0, 0), ms(0, 10), ms(5, 5), ms(0, 50), ms(60, 120)])),
            9 => Setting::ClientTimeout(self.pick(&[
                None,
                Some(30 * MS),
                Some(100 * MS),
                Some(400 * MS),
                Some(SECOND),
            ])),
            10 => Setting::Retry(self.one_in(2)),
            11 => Setting::Routing(self.pick(&Routing::ALL)),
            12..=14 => self.reads(),
            15 => Setting::PreVote(self.one_in(2)),
            16 => Setting::CheckQuorum(self.one_in(2)),
            17 | 18 => {
                Setting::SnapshotEvery(self.pick(&[None, Some(1), Some(2), Some(7), Some(25)]))
            }
            19 => Setting::MaxEntries(self.pick(&[1, 2, 64])),
            20 => Setting::CatchUp(self.one_in(2)),
            _ => Setting::MaxInflight(self.pick(&[1, 2, 4])),
        }
    }

    fn election_timeout(&mut self) -> Setting {
        Setting::ElectionTimeout(self.pick(&[
            None,
            None,
            Some(ms(10, 20)),
            Some(ms(50, 80)),
            Some(ms(100, 130)),
            Some(ms(150, 300)),
            Some(ms(300, 600)),
        ]))
    }

    fn reads(&mut self) -> Setting {
        let confirmed = if self.features.leases {
            &[Reads::ReadIndex, Reads::Log, Reads::Lease, Reads::Lease][..]
        } else {
            &[Reads::ReadIndex, Reads::Log]
        };
        let stale = self.wild && self.one_in(8);
        Setting::Reads(self.pick(if stale { &[Reads::Local, Reads::Leader] } else { confirmed }))
    }

    /// Turns one of the schedule's rules off or on, for one server or for all.
    pub fn rule(&mut self) -> Option<Setting> {
        let known = self.rules.len() as u64;
        let place = self.below(known) as usize;
        let rule: Rule = *self.rules.get(place)?;
        let server = self.one_in(2).then(|| self.server());
        Some(Setting::Rule { rule, on: self.one_in(2), server })
    }
}
