//! Commitment (sections 5.3 and 5.4.2) and what is applied.

use super::command::{Answer, Command};
use super::configuration::Configuration;
use super::io::Effects;
use super::message::Body;
use super::node::Node;
use super::role::{Leadership, State};
use super::rules::Rule;
use super::store::Applied;
use super::types::{Index, SERVERS_MAX, ServerSet};
use super::why::Why;

impl Node {
    /// Advances the leader's commit index to the highest index that enough voters hold stable.
    pub(super) fn commit_by_counting(&mut self, out: &mut Effects) {
        let Some(index) = self.replicated_index() else { return };
        if index <= self.commit_index {
            return;
        }
        let term = self.current_term;
        let entry_term = self.log.term_at(index).unwrap_or(0);
        if entry_term != term && self.options.rules.on(Rule::CommitOwnTerm) {
            out.why(|| Why::OldTermNotCounted { index, entry_term, term });
            return;
        }
        self.commit_index = index;
        let voters = self.configuration().electorate().len();
        let joint = self.configuration().is_joint();
        out.why(|| Why::Committed { index, copies: self.copies_of(index), voters, joint });
        self.apply_committed(out);
        self.start_early_reads(out);
        self.follow_up_configuration(out);
    }

    /// The highest index that enough voters are known to hold.
    fn replicated_index(&self) -> Option<Index> {
        let State::Leader(leadership) = &self.state else { return None };
        let groups = self.configuration().groups();
        groups.filter_map(|voters| self.replicated_among(voters, leadership)).min()
    }

    fn replicated_among(&self, voters: ServerSet, leadership: &Leadership) -> Option<Index> {
        let mut held = [0; SERVERS_MAX];
        let mut count = 0;
        for voter in voters.iter() {
            held[count] = if voter == self.id {
                self.stable_index
            } else {
                leadership.progress[voter.slot()].match_index
            };
            count += 1;
        }
        let held = &held[..count];
        let needed = Configuration::needed(voters, self.options.rules.on(Rule::Majority));
        let by_enough = |index: &&Index| held.iter().filter(|at| at >= index).count() >= needed;
        held.iter().filter(by_enough).max().copied()
    }

    fn copies_of(&self, index: Index) -> usize {
        let holds = |voter| {
            if voter == self.id {
                self.stable_index >= index
            } else {
                self.progress(voter).is_some_and(|progress| progress.match_index >= index)
            }
        };
        self.configuration().electorate().iter().filter(|&voter| holds(voter)).count()
    }

    /// Applies what is committed, in order; a leader answers the clients that wait for it.
    pub(super) fn apply_committed(&mut self, out: &mut Effects) {
        let before = self.last_applied;
        while self.last_applied < self.commit_index.min(self.log.last_index()) {
            self.last_applied += 1;
            self.apply_entry(self.last_applied, out);
        }
        if self.last_applied > before {
            out.why(|| Why::AppliedUpTo { index: self.last_applied });
            self.compact_if_due(out);
        }
    }

    fn apply_entry(&mut self, index: Index, out: &mut Effects) {
        let Some(entry) = self.log.entry(index) else { return };
        let Command::Client(command) = &entry.command else { return };
        let (client, serial) = (command.client, command.serial);
        let applied = self.store.apply(command, index, self.options.rules.on(Rule::Dedupe));
        match applied {
            Applied::Now(_) => {}
            Applied::Expired => out.why(|| Why::SessionExpired { client, serial }),
            _ => out.why(|| Why::DuplicateSkipped { client, serial }),
        }
        let Some(leadership) = self.leadership() else { return };
        if leadership.awaited.front() != Some(&index) {
            return;
        }
        leadership.awaited.pop_front();
        let answer = match applied {
            Applied::Now(answer) | Applied::Before(answer) => answer,
            Applied::Expired => Answer::Expired,
            Applied::Answered => return,
        };
        self.send(client, Body::Reply { serial, result: Ok(answer) }, out);
    }
}
