//! AppendEntries at the receiver (figure 2; section 5.3).

use super::command::Entry;
use super::io::{Effect, Effects, Timer};
use super::message::{Append, Body, Outcome};
use super::node::Node;
use super::role::State;
use super::rules::Rule;
use super::types::{Index, ServerId, Term};
use super::why::Why;

impl Node {
    /// AppendEntries of the current term arrives.
    pub(super) fn append_received(&mut self, from: ServerId, append: &Append, out: &mut Effects) {
        if !self.follow(from, out) {
            return;
        }
        let (prev_index, prev_term, entries) = self.skip_compacted(append);
        let ours = self.log.term_at(prev_index);
        if ours != Some(prev_term) && self.options.rules.on(Rule::PrevLogCheck) {
            let last = self.log.last_index();
            out.why(|| match ours {
                Some(ours) => Why::PrevDiffers { prev: prev_index, theirs: prev_term, ours },
                None => Why::PrevMissing { prev: prev_index, last },
            });
            self.reject_append(from, prev_index, append.round, out);
            return;
        }
        let index = prev_index + entries.len() as Index;
        if entries.is_empty() {
            out.why(|| Why::LeaderHeard { leader: from, prev: prev_index });
        }
        let configuration_before = self.configurations.index();
        self.take_entries(prev_index, entries, out);
        self.tell_configuration(configuration_before, out);
        self.learn_commit(append.commit.min(index), append.commit, out);
        let outcome = Outcome::Matched { index };
        self.send_durably(from, Body::AppendReply { outcome, round: append.round }, out);
    }

    /// What the own snapshot stands for is committed, so that the leader has it, too.
    /// Returns the previous index and term, and the entries that follow.
    fn skip_compacted<'a>(&self, append: &'a Append) -> (Index, Term, &'a [Entry]) {
        let (base, entries) = (self.log.snapshot_index(), append.entries.as_slice());
        if append.prev_index >= base {
            return (append.prev_index, append.prev_term, entries);
        }
        let known = (base - append.prev_index).min(entries.len() as Index) as usize;
        (base, self.log.term_at(base).unwrap_or(0), &entries[known..])
    }

    /// Whoever sends AppendEntries in this term leads it. False: this server leads it, too, which
    /// only happens with a rule taken away.
    pub(super) fn follow(&mut self, leader: ServerId, out: &mut Effects) -> bool {
        match &mut self.state {
            State::Leader(_) => {
                out.why(|| Why::RivalLeader { leader, term: self.current_term });
                return false;
            }
            State::Candidate { .. } => {
                out.why(|| Why::Conceded { leader, term: self.current_term });
                self.become_follower(Some(leader), out);
            }
            State::Follower { leader: known, fresh } => {
                *known = Some(leader);
                *fresh = true;
            }
        }
        out.list.push(Effect::SetTimer(Timer::Election));
        true
    }

    /// Refuses, with a hint at where the logs may agree: the run of entries of one term that holds
    /// the conflict (end of section 5.3).
    pub(super) fn reject_append(
        &mut self,
        to: ServerId,
        prev_index: Index,
        round: u64,
        out: &mut Effects,
    ) {
        let conflict_index = prev_index.min(self.log.last_index());
        let outcome = Outcome::Rejected {
            prev_index,
            conflict_index,
            conflict_term: self.log.term_at(conflict_index).unwrap_or(0),
            first_index: self.log.first_of_term_at(conflict_index),
        };
        self.send_durably(to, Body::AppendReply { outcome, round }, out);
    }

    /// Steps 3 and 4 of AppendEntries: removes what conflicts, appends what is new.
    fn take_entries(&mut self, prev_index: Index, entries: &[Entry], out: &mut Effects) {
        let first = prev_index + 1;
        if !self.options.rules.on(Rule::ConflictOnly) {
            self.remove_without_conflict(first, out);
        }
        let last = prev_index + entries.len() as Index;
        for (place, entry) in entries.iter().enumerate() {
            let index = first + place as Index;
            match self.log.term_at(index) {
                Some(term) if term == entry.term => continue,
                Some(ours) => {
                    let removed = self.log.last_index() - index + 1;
                    let theirs = entry.term;
                    out.why(|| Why::Conflict { index, ours, theirs, removed });
                    self.log.truncate(index);
                }
                None => {}
            }
            // With `prev-log-check` off there may be a gap before `index`; the entries then land
            // where the log ends, and the logs diverge.
            let from = index.min(self.log.last_index() + 1);
            self.log.replace_tail(from, &entries[place..]);
            self.log_changed(from);
            out.why(|| Why::Appended { from, to: self.log.last_index() });
            return;
        }
        if !entries.is_empty() {
            out.why(|| Why::AlreadyThere { from: first, to: last });
        }
    }

    fn remove_without_conflict(&mut self, from: Index, out: &mut Effects) {
        let last = self.log.last_index();
        if from <= last {
            let removed = last - from + 1;
            out.why(|| Why::RemovedWithoutConflict { from, removed });
            self.log.truncate(from);
            self.log_changed(from);
        }
    }

    /// Step 5: the commit index never passes what this message verified.
    fn learn_commit(&mut self, verified: Index, leader_commit: Index, out: &mut Effects) {
        let index = verified.min(self.log.last_index());
        if index > self.commit_index {
            self.commit_index = index;
            out.why(|| Why::CommitLearned { index, leader_commit });
            self.apply_committed(out);
        }
    }
}
