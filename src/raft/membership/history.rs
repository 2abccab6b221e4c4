//! Which configuration is in force: the latest in the log, from the moment it is appended,
//! committed or not (section 6). If the log loses it, the one before is in force again.

use super::configuration::Configuration;
use crate::raft::types::{Index, ServerId};

/// The configurations in a server's log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConfigurationHistory {
    /// The configuration that the cluster started with, before any log entry.
    boot: Configuration,
    /// The configuration in force before the first in `logged`, and its index: the boot
    /// configuration (0) or the snapshot's.
    base: (Index, Configuration),
    /// The configuration entries after the snapshot, in order of index.
    logged: Vec<(Index, Configuration)>,
}

impl ConfigurationHistory {
    pub fn new(boot: Configuration) -> ConfigurationHistory {
        ConfigurationHistory { boot, base: (0, boot), logged: Vec::new() }
    }

    pub fn boot(&self) -> Configuration {
        self.boot
    }

    /// The configuration in force: the latest.
    pub fn current(&self) -> &Configuration {
        self.logged.last().map_or(&self.base.1, |(_, configuration)| configuration)
    }

    /// The index of the configuration in force; 0 for the boot configuration.
    pub fn index(&self) -> Index {
        self.logged.last().map_or(self.base.0, |(index, _)| *index)
    }

    /// The configuration that is in force at that index.
    pub fn at(&self, index: Index) -> Configuration {
        let before = self.logged.iter().rev().find(|(from, _)| *from <= index);
        before.map_or(self.base.1, |(_, configuration)| *configuration)
    }

    pub fn append(&mut self, index: Index, configuration: Configuration) {
        self.logged.push((index, configuration));
    }

    /// The log has lost its entries from that index on. A configuration among them is no longer in
    /// force, although the server may have acted on it.
    pub fn truncate(&mut self, from: Index) {
        let keep = self.logged.partition_point(|(index, _)| *index < from);
        self.logged.truncate(keep);
    }

    /// A snapshot with this configuration has replaced the log up to that index.
    pub fn compact(&mut self, index: Index, configuration: Configuration) {
        self.logged.retain(|(from, _)| *from > index);
        self.base = (index, configuration);
    }

    /// Whether the server is a voter, or was one before a change that is not known to be committed.
    /// Such a server must campaign as well: it may be the only one whose log can win (dissertation,
    /// section 4.2.2).
    pub fn may_campaign(&self, server: ServerId, commit_index: Index) -> bool {
        let mut index = self.index();
        loop {
            if self.at(index).electorate().contains(server) {
                return true;
            }
            if index <= commit_index || index <= self.base.0 {
                return false;
            }
            let before = self.logged.iter().rev().find(|(from, _)| *from < index);
            index = before.map_or(self.base.0, |(from, _)| *from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::types::ServerSet;

    fn set(numbers: &[usize]) -> ServerSet {
        numbers.iter().filter_map(|&number| ServerId::new(number)).collect()
    }

    #[test]
    fn a_configuration_is_in_force_until_the_log_loses_it() {
        let of = |count| Configuration { voters: ServerSet::first(count), ..Default::default() };
        let mut known = ConfigurationHistory::new(of(3));
        known.append(4, of(4));
        known.append(9, of(5));
        assert_eq!((known.index(), *known.current()), (9, of(5)));
        assert_eq!((known.at(3), known.at(4), known.at(8)), (of(3), of(4), of(4)));
        known.compact(4, of(4));
        assert_eq!((known.at(4), known.at(9)), (of(4), of(5)));
        known.truncate(9);
        assert_eq!((known.index(), *known.current()), (4, of(4)));
    }

    #[test]
    fn a_removed_server_campaigns_until_it_knows_that_the_change_is_committed() {
        let first = ServerId::from_slot(0);
        let mut known =
            ConfigurationHistory::new(Configuration { voters: set(&[1, 2]), ..Default::default() });
        known.append(3, Configuration { voters: set(&[2]), ..Default::default() });
        assert!(known.may_campaign(first, 2));
        assert!(!known.may_campaign(first, 3));
        assert!(!known.may_campaign(ServerId::from_slot(2), 0));
    }
}
