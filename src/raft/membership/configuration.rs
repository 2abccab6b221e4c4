//! A configuration: who votes, and which sets of servers decide.

use std::fmt;

use crate::raft::types::ServerSet;

/// A configuration of the cluster (section 6). `Display` is short: `{123}`, `{12}→{23}`,
/// `{12}+{3}`. With the alternate flag it is prose: `S1, S2 and S3`, `S1 and S2 (old) with S2 and
/// S3 (new)`, `S1 and S2, learner S3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Configuration {
    /// The servers whose votes and copies of entries count.
    pub voters: ServerSet,
    /// In joint consensus, the voters before the change: every decision needs a majority of them as
    /// well. Otherwise empty.
    pub old_voters: ServerSet,
    /// The servers that receive entries and do not vote.
    pub learners: ServerSet,
}

impl Configuration {
    /// Every server that receives entries.
    pub fn members(&self) -> ServerSet {
        self.electorate().union(self.learners)
    }

    /// Every server that votes, in joint consensus in the old or in the new configuration.
    pub fn electorate(&self) -> ServerSet {
        self.voters.union(self.old_voters)
    }

    pub fn is_joint(&self) -> bool {
        !self.old_voters.is_empty()
    }

    /// The size of the smallest quorum of `voters`: a majority; with that rule off, half of them,
    /// rounded down, so that two disjoint quorums exist.
    pub fn needed(voters: ServerSet, majority: bool) -> usize {
        let voters = voters.len();
        if majority { voters / 2 + 1 } else { (voters / 2).max(1) }
    }

    /// The sets of voters that must each have a quorum: one, or two in joint consensus.
    pub fn groups(&self) -> impl Iterator<Item = ServerSet> {
        std::iter::once(self.voters).chain(self.is_joint().then_some(self.old_voters))
    }

    /// Whether these servers can elect a leader or commit an entry.
    pub fn is_quorum(&self, servers: ServerSet, majority: bool) -> bool {
        self.groups().all(|voters| {
            voters.intersection(servers).len() >= Configuration::needed(voters, majority)
        })
    }

    /// Whether a candidate that these servers have denied a vote cannot win any more.
    pub fn is_lost(&self, denied: ServerSet, majority: bool) -> bool {
        self.groups()
            .any(|voters| voters.difference(denied).len() < Configuration::needed(voters, majority))
    }
}

impl Configuration {
    fn write_prose(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_joint() {
            true => write!(f, "{:#} (old) with {:#} (new)", self.old_voters, self.voters)?,
            false => write!(f, "{:#}", self.voters)?,
        }
        match self.learners.len() {
            0 => Ok(()),
            1 => write!(f, ", learner {:#}", self.learners),
            _ => write!(f, ", learners {:#}", self.learners),
        }
    }
}

impl fmt::Display for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.write_prose(f);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::types::ServerId;

    fn set(numbers: &[usize]) -> ServerSet {
        numbers.iter().filter_map(|&number| ServerId::new(number)).collect()
    }

    #[test]
    fn a_quorum_is_a_majority_or_without_the_rule_half_rounded_down() {
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
    fn joint_consensus_needs_both_majorities_and_either_side_can_deny() {
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
        assert_eq!(format!("{joint:#}"), "S1, S2 and S3 (old) with S3, S4 and S5 (new)");
    }
}
