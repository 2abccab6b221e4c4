//! The settings that differ from their defaults.

use crate::raft::{Rule, ServerId};

use super::settings::{Setting, Settings};

impl Settings {
    /// All settings except those of single servers, in the order of the manual.
    fn spelled(&self) -> Vec<Setting> {
        let head = [
            Setting::Servers(self.servers),
            Setting::Seed(self.seed),
            Setting::Clients(self.clients),
        ];
        head.into_iter().chain(self.live()).collect()
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
