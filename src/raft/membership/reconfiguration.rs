//! Making a membership change, at the leader, and noticing one, at a follower (section 6).

use super::change::{Change, Refusal};
use super::configuration::Configuration;
use crate::raft::effect::Effects;
use crate::raft::entry::{Command, Entry};
use crate::raft::node::Node;
use crate::raft::reason::{CatchUpEnd, MembershipWhy};
use crate::raft::replication::progress::Progress;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, ServerSet, Term};

impl Node {
    /// Starts a change, or gives the reason for not doing it.
    pub(in crate::raft) fn change(&mut self, change: Change, out: &mut Effects) {
        if let Change::Remove(server) = change
            && self.catching_up().contains(server)
        {
            self.abandon_catch_up(CatchUpEnd::Removed(server), out);
            if !self.is_member(server) {
                return;
            }
        }
        let before = *self.configuration();
        match self.may_change().and_then(|()| before.changed(change)) {
            Ok(configuration) => {
                let new_voters = configuration.voters.difference(before.voters);
                if *self.options.catch_up && !new_voters.is_empty() {
                    self.start_catch_up(change, new_voters, out);
                } else {
                    self.make_change(change, ServerSet::EMPTY, out);
                }
            }
            Err(refusal) => out.why(|| MembershipWhy::Refused { change, refusal }),
        }
    }

    /// Appends the changed configuration. The servers that have caught up keep their progress.
    pub(super) fn make_change(&mut self, change: Change, caught_up: ServerSet, out: &mut Effects) {
        let before = *self.configuration();
        let configuration = match before.changed(change) {
            Ok(configuration) => configuration,
            Err(refusal) => return out.why(|| MembershipWhy::Refused { change, refusal }),
        };
        let newcomers = configuration.members().difference(before.members()).difference(caught_up);
        let too_early = self.too_early();
        let index = self.append_configuration(configuration, newcomers);
        out.why(|| MembershipWhy::Appended { change, index, configuration, too_early });
        self.explain_own_copy(index, out);
        newcomers.iter().for_each(|newcomer| self.send_entries(newcomer, out));
        self.send_new_entries(out);
        self.commit_by_counting(out);
    }

    /// One change at a time, each starting from a committed configuration: only then do the old and
    /// the new majorities overlap. A leader knows what is committed only after it has committed an
    /// entry of its own term.
    fn may_change(&self) -> Result<(), Refusal> {
        let Some(leadership) = self.as_leader() else { return Err(Refusal::NotLeading) };
        if let Some(to) = leadership.transfer_to {
            return Err(Refusal::Transferring(to));
        }
        if let Some(catch_up) = *leadership.catch_up {
            return Err(Refusal::CatchingUp(catch_up.servers));
        }
        if !self.has_committed_own_entry() && self.options.rules.on(Rule::ConfigAfterCommit) {
            return Err(Refusal::TooEarly(self.current_term));
        }
        let index = self.configurations.index();
        if index > self.commit_index {
            return Err(Refusal::Pending(index));
        }
        if self.configuration().is_joint() {
            return Err(Refusal::Joint(*self.configuration()));
        }
        Ok(())
    }

    /// Whether this leader has committed an entry of its own term, and so knows what is committed.
    fn has_committed_own_entry(&self) -> bool {
        self.as_leader().is_some_and(|leader| self.commit_index >= leader.first_own_index)
    }

    /// The term of a leader that has committed no entry of it yet, for reasons.
    pub(super) fn too_early(&self) -> Option<Term> {
        (!self.has_committed_own_entry()).then_some(self.current_term)
    }

    /// Appends a configuration, which is in force from now on. Nothing is known of the logs of
    /// newcomers, so their progress starts over.
    fn append_configuration(
        &mut self,
        configuration: Configuration,
        newcomers: ServerSet,
    ) -> Index {
        let members_before = self.peers();
        let command = Command::Configuration(configuration);
        let index = self.append_to_own_log(Entry { term: self.current_term, command });
        let leadership = self.leadership_mut();
        let known = leadership.departed.servers().union(members_before);
        leadership.departed.configuration_changed(known.difference(configuration.members()));
        for newcomer in newcomers.iter() {
            leadership[newcomer] = Progress::new(index);
        }
        index
    }

    /// The leader's commit index has risen. If it covers the configuration in force, a joint one is
    /// followed by the new one, and a leader that is not a voter of the new one steps down: only
    /// now, because until the change is committed it may be the only server that can commit it
    /// (section 6).
    pub(in crate::raft) fn continue_change(&mut self, out: &mut Effects) {
        let (id, index, configuration) =
            (self.id, self.configurations.index(), *self.configuration());
        if index == 0 || index > self.commit_index {
            return;
        }
        if configuration.is_joint() {
            let configuration = Configuration { old_voters: ServerSet::EMPTY, ..configuration };
            let index = self.append_configuration(configuration, ServerSet::EMPTY);
            out.why(|| MembershipWhy::JointLeft { index, configuration });
            self.explain_own_copy(index, out);
            self.send_new_entries(out);
            self.commit_by_counting(out);
        } else if !configuration.voters.contains(id) {
            out.why(|| MembershipWhy::RemovedLeaderStepsDown { configuration });
            self.send_final_entries(out);
            self.step_down(out);
        }
    }

    /// The last messages of a leader that was removed: every follower receives all entries that it
    /// has not acknowledged, with the commit index, so that other removed servers learn that they
    /// are removed. Nobody else would tell them.
    fn send_final_entries(&mut self, out: &mut Effects) {
        for follower in self.followers().iter() {
            let progress = &mut self.leadership_mut()[follower];
            progress.next_index = progress.match_index + 1;
            self.send_entries(follower, out);
        }
    }

    /// A removed server that has campaigned meanwhile replies with a higher term, which would
    /// depose this leader. The leader stops sending to it instead. The server does no harm: servers
    /// that hear a leader ignore candidates that are not in their configuration.
    pub(in crate::raft) fn ignores_departed(
        &mut self,
        from: ServerId,
        term: Term,
        out: &mut Effects,
    ) -> bool {
        let ours = self.current_term;
        let Some(leadership) = self.as_leader_mut() else { return false };
        if term <= ours || !leadership.departed.servers().contains(from) {
            return false;
        }
        leadership.departed.remove(from);
        out.why(|| {
            let catches_up = self.catching_up().contains(from);
            MembershipWhy::RemovedServerIgnored { from, theirs: term, ours, catches_up }
        });
        true
    }

    /// A follower has acknowledged the log up to `index`. A removed server that now knows of its
    /// removal gets no more entries.
    pub(in crate::raft) fn track_departed(&mut self, from: ServerId, index: Index, round: u64) {
        let change = self.configurations.index();
        let departed = &mut self.leadership_mut().departed;
        if index >= change && departed.is_informed_by(round) {
            departed.remove(from);
        }
    }

    /// Gives the reason if a follower's log has changed the configuration in force, which was
    /// `before`, at its index.
    pub(in crate::raft) fn report_configuration(
        &self,
        before: (Index, Configuration),
        out: &mut Effects,
    ) {
        let (index, configuration) = (self.configurations.index(), *self.configuration());
        if index < before.0 {
            out.why(|| MembershipWhy::RolledBack { index: before.0, configuration });
        } else if (index, configuration) != before {
            out.why(|| MembershipWhy::Adopted { index, configuration });
        }
    }
}
