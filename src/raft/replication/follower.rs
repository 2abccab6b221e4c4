//! The follower's end of AppendEntries (figure 2, "AppendEntries RPC, receiver implementation").

use crate::raft::effect::Effects;
use crate::raft::entry::Entry;
use crate::raft::message::{Append, AppendOutcome, Body};
use crate::raft::node::Node;
use crate::raft::reason::{AppendWhy, CommitWhy};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

impl Node {
    /// AppendEntries of the current term arrives (step 1, the term, is checked in `step`).
    pub(in crate::raft) fn append_received(
        &mut self,
        from: ServerId,
        append: &Append,
        out: &mut Effects,
    ) {
        if !self.follow(from, out) {
            return;
        }
        let (prev_index, prev_term, entries) = self.skip_compacted(append);
        // Step 2. By induction, a matching previous entry means that everything before it matches
        // as well (Log Matching); without the check, logs diverge silently.
        let ours = self.log.term_at(prev_index);
        if ours != Some(prev_term) && self.options.rules.on(Rule::PrevLogCheck) {
            let last = self.log.last_index();
            out.why(|| match ours {
                Some(ours) => AppendWhy::PrevDiffers { prev: prev_index, theirs: prev_term, ours },
                None => AppendWhy::PrevMissing { prev: prev_index, last },
            });
            self.reject_append(from, prev_index, append.round, out);
            return;
        }
        let checked = ours == Some(prev_term);
        if !checked {
            out.why(|| AppendWhy::PrevUnchecked { prev: prev_index, theirs: prev_term, ours });
        }
        let index = prev_index + entries.len() as Index;
        if entries.is_empty() {
            let prev = checked.then_some(prev_index);
            out.why(|| AppendWhy::LeaderHeard { leader: from, prev });
        }
        // Only for the reason, so a run without reasons does not pay for the copy.
        let before = out.explain.then(|| (self.configurations.index(), *self.configuration()));
        self.take_entries(prev_index, entries, checked, out);
        if let Some(configuration_before) = before {
            self.report_configuration(configuration_before, out);
        }
        self.learn_commit(append.commit.min(index), append.commit, checked, out);
        let outcome = AppendOutcome::Matched { index };
        self.send_durably(from, Body::AppendReply { outcome, round: append.round }, out);
    }

    /// Skips entries that this server has compacted: they are committed, so the leader has the
    /// same. Returns the previous index and term, and the entries that follow.
    fn skip_compacted<'a>(&self, append: &'a Append) -> (Index, Term, &'a [Entry]) {
        let (base, entries) = (self.log.snapshot_index(), append.entries.as_slice());
        if append.prev_index >= base {
            return (append.prev_index, append.prev_term, entries);
        }
        let known = (base - append.prev_index).min(entries.len() as Index) as usize;
        (base, self.log.term_at(base).unwrap_or(0), &entries[known..])
    }

    /// Rejects, with a hint from which the leader skips a whole term: the term of the conflicting
    /// entry and the first index of that term (end of section 5.3).
    pub(in crate::raft) fn reject_append(
        &mut self,
        to: ServerId,
        prev_index: Index,
        round: u64,
        out: &mut Effects,
    ) {
        let conflict_index = prev_index.min(self.log.last_index());
        let outcome = AppendOutcome::Rejected {
            prev_index,
            conflict_index,
            conflict_term: self.log.term_at(conflict_index).unwrap_or(0),
            first_index: self.log.first_of_term_at(conflict_index),
        };
        self.send_durably(to, Body::AppendReply { outcome, round }, out);
    }

    /// Steps 3 and 4: deletes entries only from the first conflict on, and appends the new ones.
    /// An AppendEntries that was overtaken by a later one brings entries that are there already; to
    /// delete what follows them could delete entries that the leader has counted as committed.
    ///
    /// `checked`: the previous entry matches.
    fn take_entries(
        &mut self,
        prev_index: Index,
        entries: &[Entry],
        checked: bool,
        out: &mut Effects,
    ) {
        let first = prev_index + 1;
        if !self.options.rules.on(Rule::ConflictOnly) {
            self.delete_without_conflict(first, entries, out);
        }
        for (offset, entry) in entries.iter().enumerate() {
            let index = first + offset as Index;
            match self.log.term_at(index) {
                Some(term) if term == entry.term => continue,
                Some(ours) => {
                    let (theirs, last) = (entry.term, self.log.last_index());
                    out.why(|| AppendWhy::Conflict { index, ours, theirs, last });
                    self.log.truncate(index);
                }
                None => {}
            }
            // With `prev-log-check` off there may be a gap before `index`. The entries then land at
            // the end of the log, and the logs diverge.
            let from = index.min(self.log.last_index() + 1);
            self.log.replace_tail(from, &entries[offset..]);
            self.log_changed(from);
            let to = self.log.last_index();
            out.why(|| AppendWhy::Appended { from, to, checked });
            if !self.options.rules.on(Rule::PersistLog) {
                let index = prev_index + entries.len() as Index;
                out.why(|| AppendWhy::AcknowledgedUnwritten { index });
            }
            return;
        }
        if !entries.is_empty() {
            let last = prev_index + entries.len() as Index;
            out.why(|| AppendWhy::AlreadyPresent { from: first, to: last });
        }
    }

    fn delete_without_conflict(&mut self, from: Index, entries: &[Entry], out: &mut Effects) {
        let last = self.log.last_index();
        if from <= last {
            out.why(|| {
                let conflicts = (from..).zip(entries).filter_map(|(index, entry)| {
                    let ours = self.log.term_at(index).filter(|ours| *ours != entry.term)?;
                    Some((index, ours, entry.term))
                });
                match { conflicts }.next() {
                    // With the rule on, these entries would be deleted as well.
                    Some((index, ours, theirs)) if index == from => {
                        AppendWhy::Conflict { index, ours, theirs, last }
                    }
                    conflict => {
                        let conflict = conflict.map(|(index, ..)| index);
                        AppendWhy::DeletedWithoutConflict { from, last, conflict }
                    }
                }
            });
            self.log.truncate(from);
            self.log_changed(from);
        }
    }

    /// Step 5. The commit index never passes the last entry that this message verified: entries
    /// after it may be leftovers of another leader.
    fn learn_commit(
        &mut self,
        verified: Index,
        leader_commit: Index,
        checked: bool,
        out: &mut Effects,
    ) {
        let index = verified.min(self.log.last_index());
        if index > self.commit_index {
            self.commit_index = index;
            out.why(|| CommitWhy::Learned { index, leader_commit, checked });
            self.apply_committed(out);
        }
    }
}
