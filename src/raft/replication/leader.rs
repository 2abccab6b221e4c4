//! The leader's end of AppendEntries (section 5.3).

use super::progress::ProgressState;
use crate::raft::effect::{Effect, Effects};
use crate::raft::entry::Entry;
use crate::raft::input::Timer;
use crate::raft::message::{Append, AppendOutcome, Body};
use crate::raft::node::Node;
use crate::raft::reason::{AcknowledgementWhy, Conflict, ReplicationWhy};
use crate::raft::types::{Index, ServerId, Term};

impl Node {
    /// `fired`: by a person, before its time.
    pub(in crate::raft) fn heartbeat_due(&mut self, fired: bool, out: &mut Effects) {
        out.list.push(Effect::SetTimer(Timer::Heartbeat));
        self.begin_round(out);
        out.why(|| {
            let (followers, commit) = (self.count_appends(), self.commit_index);
            ReplicationWhy::HeartbeatSent { followers, commit, fired }
        });
        self.send_round(out);
    }

    /// The number of followers that get AppendEntries in a round. The others get a snapshot.
    fn count_appends(&self) -> usize {
        let leadership = self.leadership();
        let gets_snapshot = |follower: &ServerId| {
            let progress = &leadership[*follower];
            progress.state() == ProgressState::Probe
                && progress.next_index <= self.log.snapshot_index()
        };
        self.followers().iter().filter(|follower| !gets_snapshot(follower)).count()
    }

    /// Sends one AppendEntries of a new round to every follower: the next probe, or a heartbeat.
    pub(in crate::raft) fn start_round(&mut self, out: &mut Effects) {
        self.begin_round(out);
        self.send_round(out);
    }

    fn begin_round(&mut self, out: &mut Effects) {
        let committed = self.configurations.index() <= self.commit_index;
        let leadership = self.leadership_mut();
        leadership.round += 1;
        leadership.departed.round_started(leadership.round, committed);
        self.start_lease(out);
    }

    fn send_round(&mut self, out: &mut Effects) {
        for peer in self.followers().iter() {
            match self.leadership()[peer].state() {
                ProgressState::Probe => self.send_entries(peer, out),
                ProgressState::Replicate | ProgressState::Snapshot => {
                    self.send_heartbeat(peer, out);
                }
            }
        }
    }

    /// The log has grown: sends to every follower that may get entries now.
    pub(in crate::raft) fn send_new_entries(&mut self, out: &mut Effects) {
        for peer in self.followers().iter() {
            if self.leadership()[peer].state() == ProgressState::Replicate {
                self.send_while_room(peer, out);
            }
        }
    }

    /// Sends entries until the follower has all or `max_inflight` messages are unanswered.
    fn send_while_room(&mut self, to: ServerId, out: &mut Effects) {
        loop {
            let progress = &self.leadership()[to];
            let nothing_new = progress.next_index > self.log.last_index();
            if nothing_new
                || progress.state() == ProgressState::Snapshot
                || progress.inflight.len() >= self.options.max_inflight
            {
                return;
            }
            self.send_entries(to, out);
        }
    }

    /// An AppendEntries without entries that checks the entry at the match index. The paper's
    /// checks the entry before the next index, and so is rejected if it overtakes the entries in
    /// flight. If the match index is compacted away, it checks index 0, which always matches.
    fn send_heartbeat(&mut self, to: ServerId, out: &mut Effects) {
        let matched = self.leadership()[to].match_index;
        let prev_index = if matched < self.log.snapshot_index() { 0 } else { matched };
        self.send_append(to, prev_index, Vec::new(), out);
    }

    /// Sends entries from the next index on, or the snapshot if the log no longer reaches back that
    /// far. The entries may leave before they are stable here.
    pub(in crate::raft) fn send_entries(&mut self, to: ServerId, out: &mut Effects) {
        let next_index = self.leadership()[to].next_index;
        if next_index <= self.log.snapshot_index() {
            self.send_snapshot(to, out);
            return;
        }
        let tail = self.log.tail(next_index);
        let entries: Vec<Entry> = tail.take(self.options.max_entries).cloned().collect();
        let leadership = self.leadership_mut();
        let round = leadership.round;
        leadership[to].sent_entries(entries.len(), round);
        self.send_append(to, next_index - 1, entries, out);
    }

    fn send_append(&self, to: ServerId, prev_index: Index, entries: Vec<Entry>, out: &mut Effects) {
        let prev_term = self.log.term_at(prev_index).unwrap_or(0);
        let (commit, round) = (self.commit_index, self.leadership().round);
        let append = Append { prev_index, prev_term, entries, commit, round };
        self.send(to, Body::Append(append), out);
    }

    /// A reply to AppendEntries of the current term arrives.
    pub(in crate::raft) fn append_answered(
        &mut self,
        from: ServerId,
        outcome: AppendOutcome,
        round: u64,
        out: &mut Effects,
    ) {
        // Empty if this server does not lead.
        if !self.followers().contains(from) {
            out.why(|| self.not_a_follower(from));
            return;
        }
        let progress = &mut self.leadership_mut()[from];
        progress.acked_round = progress.acked_round.max(round);
        match outcome {
            AppendOutcome::Matched { index } => self.matched(from, index, round, out),
            AppendOutcome::Rejected { prev_index, conflict_index, conflict_term, first_index } => {
                let hint = ConflictHint { conflict_index, conflict_term, first_index };
                self.back_up(from, prev_index, hint, round, out);
            }
        }
        self.confirm_reads(out);
    }

    /// The reason for ignoring a reply of this term.
    pub(in crate::raft) fn not_a_follower(&self, from: ServerId) -> AcknowledgementWhy {
        match self.is_leader() {
            true => AcknowledgementWhy::NotAFollower { from },
            false => AcknowledgementWhy::NotLeading { from, term: self.current_term },
        }
    }

    /// The follower's log matches up to `index`.
    pub(in crate::raft) fn matched(
        &mut self,
        from: ServerId,
        index: Index,
        round: u64,
        out: &mut Effects,
    ) {
        // A follower matches no more than this leader has; more means that a rule is off.
        let index = index.min(self.log.last_index());
        let progress = &mut self.leadership_mut()[from];
        let is_news = progress.matched(index, round);
        let match_index = progress.match_index;
        if progress.resends_lost(round) {
            let first = progress.next_index;
            // If they are compacted by now, the snapshot that follows has a reason of its own.
            out.why_if(|| {
                (first > self.log.snapshot_index())
                    .then_some(ReplicationWhy::Resent { to: from, from: first })
            });
        }
        out.why(|| {
            if is_news {
                AcknowledgementWhy::Matched { from, index }
            } else {
                AcknowledgementWhy::NothingNew { from, index, match_index }
            }
        });
        if !is_news && self.needs_nothing(from) {
            return;
        }
        self.check_snapshot_transfer(from, round, out);
        self.send_while_room(from, out);
        self.track_departed(from, index, round);
        self.send_timeout_now_if_ready(from, out);
        if is_news {
            self.note_progress(from);
            self.commit_by_counting(out);
            self.continue_catch_up(out);
        }
    }

    /// Whether there is nothing to send to this follower, and no transfer of leadership or removal
    /// of a server to pursue. Nearly every reply to a heartbeat ends here, so that all of it is
    /// tested in one place.
    fn needs_nothing(&self, follower: ServerId) -> bool {
        let leadership = self.leadership();
        let progress = &leadership[follower];
        progress.next_index > self.log.last_index()
            && progress.transfer.is_none()
            && leadership.transfer_to.is_none()
            && leadership.departed.servers().is_empty()
            && leadership.catch_up.is_none()
    }

    /// The logs differ at `prev_index`: the leader goes back, by the follower's hint past a whole
    /// term at once, and tries again (end of section 5.3).
    fn back_up(
        &mut self,
        from: ServerId,
        prev_index: Index,
        hint: ConflictHint,
        round: u64,
        out: &mut Effects,
    ) {
        let next = self.next_after(&hint);
        let progress = &mut self.leadership_mut()[from];
        if let Some(transfer) = &progress.transfer {
            // The snapshot replaces the follower's log, so the conflict does not matter.
            let last_index = transfer.snapshot.last_index;
            out.why(|| AcknowledgementWhy::SnapshotOnItsWay { from, last_index });
            return;
        }
        let has_lost = prev_index <= progress.match_index;
        if has_lost {
            if round <= progress.match_round {
                // A late reply, from before the follower acknowledged that index.
                out.why(|| AcknowledgementWhy::LateRejection { from, prev: prev_index });
                return;
            }
            // The follower has lost entries that it had acknowledged: its disk was wiped or
            // `persist-log` is off. If they were committed, they may be lost altogether; the
            // leader can only replicate them again.
            let acknowledged = progress.match_index;
            progress.match_index = 0;
            let has = hint.conflict_index;
            out.why(|| AcknowledgementWhy::AcknowledgedEntriesLost { from, acknowledged, has });
        } else if progress.probing && prev_index != progress.next_index - 1 {
            // A late reply to an earlier probe.
            out.why(|| AcknowledgementWhy::LateRejection { from, prev: prev_index });
            return;
        }
        let next_index = next.max(progress.match_index + 1);
        progress.probe(next_index);
        let skipped = prev_index.saturating_sub(next_index - 1);
        let conflict =
            Conflict { prev: prev_index, index: hint.conflict_index, term: hint.conflict_term };
        out.why(|| AcknowledgementWhy::BackedUp { from, conflict, next: next_index, skipped });
        if !has_lost {
            self.note_progress(from);
        }
        self.send_entries(from, out);
    }

    /// The next index after a rejection. One rejection suffices for each log of figure 7.
    fn next_after(&self, hint: &ConflictHint) -> Index {
        // The last entry here that can match: its term is at most that of the conflict.
        let candidate = self.log.last_up_to_term(hint.conflict_term, hint.conflict_index);
        if hint.conflict_index < self.log.snapshot_index() {
            // Compacted away: the follower needs the snapshot.
            hint.conflict_index.max(1)
        } else if self.log.term_at(candidate) == Some(hint.conflict_term) {
            candidate + 1
        } else {
            // The leader has no entry of that term, so none of the follower's entries of that term
            // matches. Neither do the leader's newer ones.
            (candidate + 1).min(hint.first_index.max(1))
        }
    }
}

/// What a rejection says about the follower's log (see [`AppendOutcome::Rejected`]).
struct ConflictHint {
    conflict_index: Index,
    conflict_term: Term,
    first_index: Index,
}
