//! A membership change as a leader receives it, and the configuration that results.

use std::fmt;

use super::configuration::Configuration;
use crate::raft::types::{Index, ServerId, ServerSet, Term};

/// A change of the configuration. Displays as a statement of the script language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// The server becomes a voter, also if it was a learner.
    Add(ServerId),
    /// The server receives entries and does not vote.
    AddLearner(ServerId),
    Remove(ServerId),
    /// The learner becomes a voter.
    Promote(ServerId),
    /// These become the voters, by joint consensus; learners among them become voters.
    Members(ServerSet),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Add(server) => write!(f, "add {server}"),
            Change::AddLearner(server) => write!(f, "add {server} learner"),
            Change::Remove(server) => write!(f, "remove {server}"),
            Change::Promote(server) => write!(f, "promote {server}"),
            Change::Members(servers) => write!(f, "members {servers}"),
        }
    }
}

/// Why a server does not make a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    NotLeading,
    /// Leadership is being transferred to this server.
    Transferring(ServerId),
    /// The change at this index is not committed.
    Pending(Index),
    /// This joint configuration is still in force.
    Joint(Configuration),
    /// The leader has not committed an entry of its own term, so it cannot know whether a change of
    /// an earlier leader is committed (the bug of 2015).
    TooEarly(Term),
    /// The configuration would stay the same.
    NothingChanges,
    /// Only learners can be promoted.
    NotALearner(ServerId),
    /// Without voters no decision would be possible, not even to undo the change.
    NoVoters,
    /// An earlier change waits until these servers have caught up.
    CatchingUp(ServerSet),
    /// These servers received nothing for an election timeout, or a person fired the leader's
    /// election timer (`true`) and they had received nothing since it was set.
    NoProgress(ServerSet, bool),
    /// These servers needed more than an election timeout for each of that number of rounds.
    TooSlow(ServerSet, u32),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotLeading => f.write_str("not the leader"),
            Refusal::Transferring(to) => write!(f, "leadership is being transferred to {to:#}"),
            Refusal::Pending(index) => {
                write!(f, "the change of entry {index} is not committed yet")
            }
            Refusal::Joint(configuration) => {
                write!(f, "the joint configuration {configuration:#} is still in force")
            }
            Refusal::TooEarly(term) => {
                write!(f, "no entry of its own term {term} is committed yet")
            }
            Refusal::NothingChanges => f.write_str("the configuration is already so"),
            Refusal::NotALearner(server) => write!(f, "{server:#} is not a learner"),
            Refusal::NoVoters => f.write_str("no voter would be left"),
            Refusal::CatchingUp(servers) => {
                write!(f, "an earlier change waits for {servers:#} to catch up")
            }
            Refusal::NoProgress(servers, false) => {
                write!(f, "{servers:#} acknowledged nothing new while the catch-up timer ran")
            }
            Refusal::NoProgress(servers, true) => {
                write!(f, "you fired a timeout, and {servers:#} had acknowledged nothing new")
            }
            Refusal::TooSlow(servers, rounds) => write!(
                f,
                "{servers:#} needed longer than the catch-up timer runs in each of {rounds} rounds"
            ),
        }
    }
}

impl Configuration {
    /// This configuration after the change.
    pub(in crate::raft) fn changed(mut self, change: Change) -> Result<Configuration, Refusal> {
        let before = self;
        match change {
            Change::Promote(server) if !self.members().contains(server) => {
                return Err(Refusal::NotALearner(server));
            }
            Change::Add(server) | Change::Promote(server) => {
                self.voters.insert(server);
                self.learners.remove(server);
            }
            Change::AddLearner(server) => {
                if !self.voters.contains(server) {
                    self.learners.insert(server);
                }
            }
            Change::Remove(server) => {
                self.voters.remove(server);
                self.learners.remove(server);
            }
            Change::Members(servers) => {
                if servers != self.voters {
                    self.old_voters = self.voters;
                }
                self.voters = servers;
                self.learners = self.learners.difference(servers);
            }
        }
        if self.voters.is_empty() {
            return Err(Refusal::NoVoters);
        }
        if self == before { Err(Refusal::NothingChanges) } else { Ok(self) }
    }
}
