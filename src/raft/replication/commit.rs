//! What is committed (sections 5.3 and 5.4.2), and applying it to the state machine.

use crate::raft::effect::Effects;
use crate::raft::entry::{Answer, Command};
use crate::raft::membership::configuration::Configuration;
use crate::raft::message::Body;
use crate::raft::node::Node;
use crate::raft::reason::{CommitWhy, SessionWhy, VoterCount};
use crate::raft::rules::Rule;
use crate::raft::state_machine::Applied;
use crate::raft::types::{ClientId, Index, SERVERS_MAX, ServerId, ServerSet};

impl Node {
    /// Raises the leader's commit index to the highest index that a majority holds on disk, if the
    /// entry there is of the leader's own term. An entry of an older term may be on a majority and
    /// still be overwritten (figure 8); it is committed by an entry of this term after it.
    ///
    /// May end this leadership: see `continue_change`.
    pub(in crate::raft) fn commit_by_counting(&mut self, out: &mut Effects) {
        let Some(index) = self.replicated_index() else { return };
        if index <= self.commit_index {
            return;
        }
        let term = self.current_term;
        let entry_term = self.log.term_at(index).unwrap_or(0);
        if entry_term != term && self.options.rules.on(Rule::CommitOwnTerm) {
            let copies = || self.copies(index);
            out.why(|| CommitWhy::OldTermNotCounted { index, entry_term, term, copies: copies() });
            return;
        }
        self.commit_index = index;
        out.why(|| CommitWhy::Committed { index, entry_term, term, copies: self.copies(index) });
        self.apply_committed(out);
        self.start_early_reads(out);
        self.continue_change(out);
    }

    /// How many voters store the entry at `index`, as far as the leader knows.
    fn copies(&self, index: Index) -> VoterCount {
        let configuration = self.configuration();
        let voters = configuration.electorate().iter();
        let stored = voters.filter(|&voter| self.stable_at(voter) >= index).collect();
        VoterCount::of(configuration, stored, self.options.rules.on(Rule::Majority))
    }

    /// The highest index that a quorum holds on disk; in joint consensus, a quorum of both.
    fn replicated_index(&self) -> Option<Index> {
        let groups = self.configuration().groups();
        groups.filter_map(|voters| self.replicated_among(voters)).min()
    }

    fn replicated_among(&self, voters: ServerSet) -> Option<Index> {
        let mut held = [0; SERVERS_MAX];
        for (index, voter) in held.iter_mut().zip(voters.iter()) {
            *index = self.stable_at(voter);
        }
        // In order, the entry that counts `needed` from the end is held by that many voters.
        let held = &mut held[..voters.len()];
        held.sort_unstable();
        let needed = Configuration::needed(voters, self.options.rules.on(Rule::Majority));
        held.len().checked_sub(needed).map(|at| held[at])
    }

    /// The index up to which the leader knows a voter's log to match and to be on its disk. The
    /// leader's own copy is no exception.
    fn stable_at(&self, voter: ServerId) -> Index {
        if voter == self.id {
            self.unstable.stable_index()
        } else {
            self.leadership()[voter].match_index
        }
    }

    /// Applies committed entries in order (section 5.3). Every server does so; a leader answers the
    /// clients that wait for them.
    pub(in crate::raft) fn apply_committed(&mut self, out: &mut Effects) {
        let before = self.last_applied;
        while self.last_applied < self.commit_index.min(self.log.last_index()) {
            self.last_applied += 1;
            self.apply_entry(self.last_applied, out);
        }
        if self.last_applied > before {
            out.why(|| CommitWhy::AppliedUpTo { index: self.last_applied });
            self.compact_if_due(out);
        }
    }

    fn apply_entry(&mut self, index: Index, out: &mut Effects) {
        let Some(entry) = self.log.entry(index) else { return };
        let Command::Client(command) = &entry.command else { return };
        let (client, serial) = (command.client, command.serial);
        let applied = self.store.apply(command, index, self.options.rules.on(Rule::Dedupe));
        match applied {
            Applied::Now(_) if self.options.rules.on(Rule::Dedupe) => {}
            Applied::Now(_) => out.why_if(|| {
                let applied = self.entry_of(client, serial, index)?;
                Some(SessionWhy::AppliedAgain { client, serial, applied, index })
            }),
            Applied::Expired => out.why(|| SessionWhy::ExpiredSkipped { client, serial, index }),
            Applied::Before(_) | Applied::Answered => {
                out.why(|| SessionWhy::DuplicateSkipped { client, serial, index });
            }
        }
        let awaited = self.as_leader_mut().is_some_and(|leader| leader.take_awaited(index));
        if !awaited {
            return;
        }
        let answer = match applied {
            Applied::Now(answer) | Applied::Before(answer) => answer,
            Applied::Expired => Answer::Expired,
            Applied::Answered => return,
        };
        self.send(client, Body::Reply { serial, result: Ok(answer) }, out);
    }
    /// The entry before `index` with that command, for reasons. A node with `dedupe` off keeps no
    /// sessions, so it must look at its log; what is compacted is forgotten.
    pub(in crate::raft) fn entry_of(
        &self,
        client: ClientId,
        serial: u64,
        index: Index,
    ) -> Option<Index> {
        (self.log.first_index()..index).rev().find(|&before| {
            let command = self.log.entry(before).map(|entry| &entry.command);
            matches!(command, Some(Command::Client(command))
                if (command.client, command.serial) == (client, serial))
        })
    }
}
