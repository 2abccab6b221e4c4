//! The settings that differ from their defaults.

use crate::raft::{Rule, ServerId};

use super::settings::{Setting, Settings};

impl Settings {
    /// All settings except those of single servers, in the order of the manual.
    fn spelled(&self) -> [Setting; 20] {
        [
            Setting::Servers(self.servers),
            Setting::Seed(self.seed),
            Setting::Clients(self.clients),
            Setting::ElectionTimeout(self.election_timeout),
            Setting::Heartbeat(self.heartbeat_us),
            Setting::Latency(self.latency),
            Setting::Loss(self.loss_ppm),
            Setting::Duplicate(self.duplicate_ppm),
            Setting::Fifo(self.fifo),
            Setting::Disk(self.disk),
            Setting::ClientTimeout(self.client_timeout_us),
            Setting::Retry(self.retry),
            Setting::Routing(self.routing),
            Setting::Reads(self.reads),
            Setting::PreVote(self.pre_vote),
            Setting::CheckQuorum(self.check_quorum),
            Setting::CatchUp(*self.catch_up),
            Setting::SnapshotEvery(self.snapshot_every),
            Setting::MaxEntries(self.max_entries),
            Setting::MaxInflight(self.max_inflight),
        ]
    }

    /// Each with its default.
    pub fn differences(&self) -> Vec<(Setting, Setting)> {
        let spelled = self.spelled().into_iter().zip(Settings::default().spelled());
        let mut differences: Vec<_> = spelled.filter(|(now, default)| now != default).collect();
        let own = self.own_disks.iter().take(self.servers).enumerate();
        differences.extend(own.filter(|(_, own)| own.is_some()).map(|(slot, own)| {
            let server = ServerId::from_slot(slot);
            (Setting::DiskOf { server, own: *own }, Setting::DiskOf { server, own: None })
        }));
        let rules = &self.rules[..self.servers];
        for rule in Rule::ALL {
            let given = |on, server| Setting::Rule { rule, on, server };
            let off = rules.iter().filter(|rules| !rules.on(rule)).count();
            if off == rules.len() {
                differences.push((given(false, None), given(true, None)));
                continue;
            }
            for (slot, _) in rules.iter().enumerate().filter(|(_, rules)| !rules.on(rule)) {
                let server = Some(ServerId::from_slot(slot));
                differences.push((given(false, server), given(true, server)));
            }
        }
        differences
    }
}
