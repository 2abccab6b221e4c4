//! Changes of the configuration (section 6; dissertation, chapter 4).
//!
//! One server at a time: the old and the new majorities share a server, so that the new
//! configuration may be in force as soon as it is appended. Several at once: first a joint
//! configuration, which needs both majorities, and when that is committed, the new one.

use std::fmt;

use super::command::{Command, Entry};
use super::configuration::Configuration;
use super::io::Effects;
use super::node::Node;
use super::role::{Leaving, Progress, State};
use super::rules::Rule;
use super::types::{Index, ServerId, ServerSet, Term};
use super::why::Why;

/// For so many rounds a leader tells those who have left that they have.
const LEAVING_ROUNDS_MAX: u64 = 20;

/// A change of the configuration that a leader is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// The server becomes a voter, whether it was a learner or a stranger.
    Add(ServerId),
    /// The server gets entries and does not vote.
    AddLearner(ServerId),
    /// The server leaves.
    Remove(ServerId),
    /// The learner becomes a voter.
    Promote(ServerId),
    /// These are the voters from now on, by joint consensus; learners among them become voters.
    Members(ServerSet),
}

impl fmt::Display for Change {
    /// As a statement of the language.
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

/// Why a change is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// This server does not lead.
    NotLeading,
    /// Leadership is going to that server.
    HandingOver(ServerId),
    /// An earlier change is not yet committed.
    Pending(Index),
    /// The leader has not committed an entry of its own term yet: it cannot know what its predecessors have
    /// changed (the bug of 2015).
    TooEarly(Term),
    /// It is so already.
    AlreadySo,
    /// Only learners are promoted.
    NoLearner(ServerId),
    /// Without voters nothing could be decided any more.
    NoVoters,
}

impl Configuration {
    /// What the change makes of it.
    fn changed(mut self, change: Change) -> Result<Configuration, Refusal> {
        let before = self;
        match change {
            Change::Promote(server) if !self.members().contains(server) => {
                return Err(Refusal::NoLearner(server));
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
        if self == before { Err(Refusal::AlreadySo) } else { Ok(self) }
    }
}

impl Node {
    /// A leader is asked to change the configuration.
    pub(super) fn change(&mut self, change: Change, out: &mut Effects) {
        match self.may_change().and_then(|()| self.configuration().changed(change)) {
            Ok(configuration) => {
                let newcomers = configuration.members().difference(self.configuration().members());
                let index = self.append_configuration(configuration, newcomers);
                out.why(|| Why::ConfigurationAppended { change, index, configuration });
                newcomers.iter().for_each(|newcomer| self.send_entries(newcomer, out));
                self.send_new_entries(out);
                self.commit_by_counting(out);
            }
            Err(refusal) => out.why(|| Why::ChangeRefused { change, refusal }),
        }
    }

    fn may_change(&self) -> Result<(), Refusal> {
        let State::Leader(leadership) = &self.state else { return Err(Refusal::NotLeading) };
        if let Some(to) = leadership.transfer {
            return Err(Refusal::HandingOver(to));
        }
        if self.commit_index < leadership.own_term_from
            && self.options.rules.on(Rule::ConfigAfterCommit)
        {
            return Err(Refusal::TooEarly(self.current_term));
        }
        let index = self.configurations.index();
        if index > self.commit_index || self.configuration().is_joint() {
            return Err(Refusal::Pending(index));
        }
        Ok(())
    }

    /// The configuration is in force from here on; servers that are new to it start from nothing.
    fn append_configuration(
        &mut self,
        configuration: Configuration,
        newcomers: ServerSet,
    ) -> Index {
        let mut departing = self.configuration().members();
        departing.remove(self.id);
        let term = self.current_term;
        let command = Command::Configuration(configuration);
        let index = self.append_to_own_log(Entry { term, command });
        if let Some(leadership) = self.leadership() {
            let departing = leadership.leaving.servers.union(departing);
            let servers = departing.difference(configuration.members());
            leadership.leaving = Leaving { servers, told_from: 0 };
            for newcomer in newcomers.iter() {
                let progress = &mut leadership.progress[newcomer.slot()];
                *progress = Progress { next_index: index, probing: true, ..Progress::default() };
            }
        }
        index
    }

    /// The configuration in force may have become committed: a joint one is left, once; a leader that
    /// is not in the new one has done its work (section 6).
    pub(super) fn follow_up_configuration(&mut self, out: &mut Effects) {
        let (id, index, configuration) =
            (self.id, self.configurations.index(), *self.configuration());
        if index == 0 || index > self.commit_index || !matches!(self.state, State::Leader(_)) {
            return;
        }
        if configuration.is_joint() {
            let configuration = Configuration { old_voters: ServerSet::EMPTY, ..configuration };
            let index = self.append_configuration(configuration, ServerSet::EMPTY);
            out.why(|| Why::JointLeft { index, configuration });
            self.send_new_entries(out);
            self.commit_by_counting(out);
        } else if !configuration.voters.contains(id) {
            out.why(|| Why::LeaderLeaves { index });
            self.say_farewell(out);
            self.become_follower(None, out);
        }
    }

    /// The last that a leader does: everybody gets what is not acknowledged once more, with the commit index, so
    /// that those who leave as well know that they do.
    fn say_farewell(&mut self, out: &mut Effects) {
        for follower in self.followers().iter() {
            if let Some(leadership) = self.leadership() {
                let progress = &mut leadership.progress[follower.slot()];
                progress.next_index = progress.match_index + 1;
            }
            self.send_entries(follower, out);
        }
    }

    /// A round begins: whether it tells those who have left that the change is committed. Some of them may be gone for good.
    pub(super) fn note_told(&mut self) {
        let committed = self.configurations.index() <= self.commit_index;
        let Some(leadership) = self.leadership() else { return };
        let (round, leaving) = (leadership.round, &mut leadership.leaving);
        if leaving.servers.is_empty() || !committed {
            return;
        }
        if leaving.told_from == 0 {
            leaving.told_from = round;
        } else if round > leaving.told_from + LEAVING_ROUNDS_MAX {
            *leaving = Leaving::default();
        }
    }

    /// A server that is told that it has left, and has campaigned meanwhile, would depose this leader by its
    /// answer. It is left alone: nobody who hears a leader listens to it.
    pub(super) fn has_left_with_higher_term(
        &mut self,
        from: ServerId,
        term: Term,
        out: &mut Effects,
    ) -> bool {
        let ours = self.current_term;
        let Some(leadership) = self.leadership() else { return false };
        if term <= ours || !leadership.leaving.servers.contains(from) {
            return false;
        }
        leadership.leaving.servers.remove(from);
        out.why(|| Why::LeftWithHigherTerm { from, theirs: term, ours });
        true
    }

    /// A follower has acknowledged: one that has left and now knows it gets nothing more.
    pub(super) fn let_go(&mut self, follower: ServerId, index: Index, round: u64) {
        let change = self.configurations.index();
        let Some(leadership) = self.leadership() else { return };
        let leaving = &mut leadership.leaving;
        if leaving.told_from != 0 && round >= leaving.told_from && index >= change {
            leaving.servers.remove(follower);
        }
    }

    /// Whether its election timer means anything.
    pub(super) fn may_campaign(&self) -> bool {
        self.configurations.may_campaign(self.id, self.commit_index)
    }

    /// A follower's log has changed: says whether that changed the configuration.
    pub(super) fn tell_configuration(&self, before: Index, out: &mut Effects) {
        let (index, configuration) = (self.configurations.index(), *self.configuration());
        if index > before {
            out.why(|| Why::ConfigurationAdopted { index, configuration });
        } else if index < before {
            out.why(|| Why::ConfigurationTakenBack { index: before, configuration });
        }
    }
}
