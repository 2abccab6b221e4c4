//! Who votes, and how many are enough; and which configuration is in force.

use std::fmt;

use super::types::{Index, ServerId, ServerSet};

/// A configuration of the cluster (section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Configuration {
    /// The servers that vote, and whose copies count.
    pub voters: ServerSet,
    /// In joint consensus the voters before the change: a majority of them is needed, too. Else empty.
    pub old_voters: ServerSet,
    /// The servers that get entries and do not vote.
    pub learners: ServerSet,
}

impl Configuration {
    /// Everybody in it.
    pub fn members(&self) -> ServerSet {
        self.electorate().union(self.learners)
    }

    /// Everybody who votes, in joint consensus by the old or by the new configuration.
    pub fn electorate(&self) -> ServerSet {
        self.voters.union(self.old_voters)
    }

    /// Whether it is the joint one of a change of several servers.
    pub fn is_joint(&self) -> bool {
        !self.old_voters.is_empty()
    }

    /// How many of `voters` are enough: a majority; with that rule taken away, half of them, rounded
    /// down.
    pub fn needed(voters: ServerSet, majority: bool) -> usize {
        let voters = voters.len();
        if majority { voters / 2 + 1 } else { (voters / 2).max(1) }
    }

    /// The groups of voters of each of which enough are needed: one, and two in joint consensus.
    pub fn groups(&self) -> impl Iterator<Item = ServerSet> {
        std::iter::once(self.voters).chain(self.is_joint().then_some(self.old_voters))
    }

    /// Whether these are enough to elect or to commit.
    pub fn is_quorum(&self, servers: ServerSet, majority: bool) -> bool {
        self.groups().all(|voters| {
            voters.intersection(servers).len() >= Configuration::needed(voters, majority)
        })
    }

    /// Whether nobody can win any more whom these have refused.
    pub fn is_lost(&self, refused: ServerSet, majority: bool) -> bool {
        self.groups().any(|voters| {
            voters.difference(refused).len() < Configuration::needed(voters, majority)
        })
    }
}

impl fmt::Display for Configuration {
    /// As the log table shows it: the voters' numbers, short.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_joint() {
            braces(self.old_voters, f)?;
            f.write_str("→")?;
        }
        braces(self.voters, f)?;
        if !self.learners.is_empty() {
            f.write_str("+")?;
            braces(self.learners, f)?;
        }
        Ok(())
    }
}

fn braces(servers: ServerSet, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("{")?;
    for server in servers.iter() {
        write!(f, "{}", server.number())?;
    }
    f.write_str("}")
}

/// The configurations that a server knows of. The latest in its log is in force from the moment it
/// is appended, committed or not (section 6), and no more where the log loses it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Configurations {
    /// What the cluster began with, before all logs.
    boot: Configuration,
    /// What is in force before the first that follows, and from which index on: the boot configuration, or the snapshot's.
    base: (Index, Configuration),
    /// Those in the log, in order.
    logged: Vec<(Index, Configuration)>,
}

impl Configurations {
    pub fn new(boot: Configuration) -> Configurations {
        Configurations { boot, base: (0, boot), logged: Vec::new() }
    }

    /// What the cluster began with.
    pub fn boot(&self) -> Configuration {
        self.boot
    }

    /// The one in force.
    pub fn current(&self) -> &Configuration {
        self.logged.last().map_or(&self.base.1, |(_, configuration)| configuration)
    }

    /// Where the one in force stands; 0 for the boot configuration.
    pub fn index(&self) -> Index {
        self.logged.last().map_or(self.base.0, |(index, _)| *index)
    }

    /// The one that was in force at that index.
    pub fn at(&self, index: Index) -> Configuration {
        let before = self.logged.iter().rev().find(|(from, _)| *from <= index);
        before.map_or(self.base.1, |(_, configuration)| *configuration)
    }

    pub fn append(&mut self, index: Index, configuration: Configuration) {
        self.logged.push((index, configuration));
    }

    /// Forgets those from that index on. Returns whether there were any.
    pub fn truncate(&mut self, from: Index) -> bool {
        let keep = self.logged.partition_point(|(index, _)| *index < from);
        let taken_back = keep < self.logged.len();
        self.logged.truncate(keep);
        taken_back
    }

    /// A snapshot stands for the log up to that index.
    pub fn compact(&mut self, index: Index, configuration: Configuration) {
        self.logged.retain(|(from, _)| *from > index);
        self.base = (index, configuration);
    }

    /// Whether that server is a voter, or was one until a change that is not known to be committed.
    /// The latter campaigns, too: it may be the only one that can win (dissertation, section 4.2.2).
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

    fn set(numbers: &[usize]) -> ServerSet {
        numbers.iter().filter_map(|&number| ServerId::new(number)).collect()
    }

    #[test]
    fn a_majority_is_more_than_half_and_without_the_rule_half_rounded_down() {
        for (count, majority, half) in [(1, 1, 1), (2, 2, 1), (3, 2, 1), (4, 3, 2), (5, 3, 2)] {
            let configuration =
                Configuration { voters: ServerSet::first(count), ..Configuration::default() };
            assert_eq!(Configuration::needed(configuration.voters, true), majority, "of {count}");
            assert_eq!(Configuration::needed(configuration.voters, false), half, "of {count}");
            assert!(configuration.is_quorum(ServerSet::first(majority), true));
            assert!(!configuration.is_quorum(ServerSet::first(majority - 1), true));
        }
    }

    #[test]
    fn joint_consensus_needs_both_majorities_and_either_can_refuse() {
        let joint = Configuration {
            voters: set(&[3, 4, 5]),
            old_voters: set(&[1, 2, 3]),
            learners: ServerSet::EMPTY,
        };
        assert!(!joint.is_quorum(set(&[1, 2, 3]), true), "only one of the new ones");
        assert!(!joint.is_quorum(set(&[3, 4, 5]), true), "only one of the old ones");
        assert!(joint.is_quorum(set(&[1, 3, 4]), true));
        assert!(joint.is_lost(set(&[1, 2]), true));
        assert!(joint.is_lost(set(&[4, 5]), true));
        assert!(!joint.is_lost(set(&[1, 4]), true));
        assert_eq!(joint.to_string(), "{123}→{345}");
    }

    #[test]
    fn a_configuration_is_in_force_from_its_index_on_until_the_log_loses_it() {
        let of = |count| Configuration { voters: ServerSet::first(count), ..Default::default() };
        let mut known = Configurations::new(of(3));
        known.append(4, of(4));
        known.append(9, of(5));
        assert_eq!((known.index(), *known.current()), (9, of(5)));
        assert_eq!((known.at(3), known.at(4), known.at(8)), (of(3), of(4), of(4)));
        known.compact(4, of(4));
        assert_eq!((known.at(4), known.at(9)), (of(4), of(5)));
        assert!(known.truncate(9));
        assert!(!known.truncate(6));
        assert_eq!((known.index(), *known.current()), (4, of(4)));
    }

    #[test]
    fn whoever_a_change_leaves_out_campaigns_until_the_change_is_known_to_be_committed() {
        let first = ServerId::from_slot(0);
        let mut known =
            Configurations::new(Configuration { voters: set(&[1, 2]), ..Default::default() });
        known.append(3, Configuration { voters: set(&[2]), ..Default::default() });
        assert!(known.may_campaign(first, 2));
        assert!(!known.may_campaign(first, 3));
        assert!(!known.may_campaign(ServerId::from_slot(2), 0));
    }
}
