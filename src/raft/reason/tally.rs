//! How many of the voters: for votes, copies of entries and confirmations.

use std::fmt;

use super::words::Demand;
use crate::raft::membership::configuration::Configuration;
use crate::raft::rules::Rule;
use crate::raft::types::ServerSet;

/// How many of the voters have voted, stored an entry or replied; in joint consensus, of both
/// groups (section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoterCount {
    /// Of the voters; in joint consensus, of the new ones.
    pub voters: Share,
    /// In joint consensus, of the old voters.
    pub old_voters: Option<Share>,
    /// Whether the rule `majority` is on.
    pub majority: bool,
}

/// `have` of `of` servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    pub have: u8,
    pub of: u8,
}

impl VoterCount {
    /// Counts `servers` in the groups of the configuration; servers without a vote do not count.
    pub fn of(configuration: &Configuration, servers: ServerSet, majority: bool) -> VoterCount {
        let share = |group: ServerSet| Share {
            have: group.intersection(servers).len() as u8,
            of: group.len() as u8,
        };
        let old_voters = configuration.is_joint().then(|| share(configuration.old_voters));
        VoterCount { voters: share(configuration.voters), old_voters, majority }
    }

    /// Whether the count is a majority; in joint consensus, of both groups.
    pub fn is_quorum(&self) -> bool {
        self.shares().all(|share| share.have > share.of / 2)
    }

    /// Whether the count suffices only because `majority` is off.
    pub fn needs_rule_off(&self) -> bool {
        !self.majority && !self.is_quorum()
    }

    fn shares(&self) -> impl Iterator<Item = Share> {
        [Some(self.voters), self.old_voters].into_iter().flatten()
    }

    fn needed(&self, share: Share) -> usize {
        Configuration::needed(ServerSet::first(usize::from(share.of)), self.majority)
    }

    /// `2 of 5 votes`, `1 of 3 old and 2 of 3 new votes`.
    pub(super) fn counted(&self, noun: &str) -> String {
        format!("{self} {noun}")
    }

    /// `needs 3`, `needs 2 of the old and 3 of the new`.
    pub(super) fn needs(&self) -> String {
        let rule = if self.majority { "" } else { " with `majority` off" };
        let new = self.needed(self.voters);
        match self.old_voters {
            None => format!("needs {new}{rule}"),
            Some(old) => {
                format!("needs {} of the old and {new} of the new{rule}", self.needed(old))
            }
        }
    }
}

/// `2 of 5`, `1 of 3 old and 2 of 3 new`.
impl fmt::Display for VoterCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Share { have, of } = self.voters;
        match self.old_voters {
            None => write!(f, "{have} of {of}"),
            Some(old) => write!(f, "{} of {} old and {have} of {of} new", old.have, old.of),
        }
    }
}

/// A candidate's votes or pre-votes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoteTally {
    pub votes: VoterCount,
    pub pre_vote: bool,
    pub won: bool,
}

impl VoteTally {
    pub(super) fn demand(&self) -> Demand {
        match self.won && self.votes.needs_rule_off() {
            true => Demand::off(Rule::Majority),
            false => Rule::Majority.into(),
        }
    }
}

impl fmt::Display for VoteTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VoteTally { votes, pre_vote, won } = *self;
        let (one, many) = if pre_vote { ("pre-vote", "pre-votes") } else { ("vote", "votes") };
        if won && votes.needs_rule_off() {
            let counted = votes.counted(many);
            return write!(f, "`majority` is off: {counted} are taken as enough");
        }
        let Share { have, of } = votes.voters;
        match votes.old_voters {
            Some(_) => f.write_str(&votes.counted(many))?,
            None if have == 1 => write!(f, "1 {one}")?,
            None => write!(f, "{have} {many}")?,
        }
        match (won, votes.old_voters) {
            (false, _) => write!(f, ", {}", votes.needs()),
            (true, None) => write!(f, ": a majority of {of}"),
            (true, Some(_)) => f.write_str(": majorities of both"),
        }
    }
}
