//! Who votes, and how many are enough.

use super::types::ServerSet;

/// A configuration of the cluster (section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Configuration {
    /// The servers that vote, and whose copies count.
    pub voters: ServerSet,
    /// The servers that get entries and do not vote.
    pub learners: ServerSet,
}

impl Configuration {
    /// Everybody in it.
    pub fn members(&self) -> ServerSet {
        self.voters.union(self.learners)
    }

    /// How many voters are enough: a majority; with that rule taken away, half of them, rounded
    /// down.
    pub fn needed(&self, majority: bool) -> usize {
        let voters = self.voters.len();
        if majority { voters / 2 + 1 } else { (voters / 2).max(1) }
    }

    /// Whether these are enough to elect or to commit.
    pub fn is_quorum(&self, servers: ServerSet, majority: bool) -> bool {
        self.voters.intersection(servers).len() >= self.needed(majority)
    }

    /// Whether nobody can win any more whom these have refused.
    pub fn is_lost(&self, refused: ServerSet, majority: bool) -> bool {
        self.voters.difference(refused).len() < self.needed(majority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_majority_is_more_than_half_and_without_the_rule_half_rounded_down() {
        for (count, majority, half) in [(1, 1, 1), (2, 2, 1), (3, 2, 1), (4, 3, 2), (5, 3, 2)] {
            let configuration =
                Configuration { voters: ServerSet::first(count), ..Configuration::default() };
            assert_eq!(configuration.needed(true), majority, "of {count}");
            assert_eq!(configuration.needed(false), half, "of {count}");
            assert!(configuration.is_quorum(ServerSet::first(majority), true));
            assert!(!configuration.is_quorum(ServerSet::first(majority - 1), true));
        }
    }
}
