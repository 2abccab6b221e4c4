//! Replication at the leader (section 5.3).

use super::command::Entry;
use super::io::{Effect, Effects, Timer};
use super::message::{Append, Body, Outcome};
use super::node::Node;
use super::role::{Phase, Progress, State};
use super::types::{Index, ServerId, Term};
use super::why::Why;

impl Node {
    /// The heartbeat timer has fired.
    pub(super) fn heartbeat_due(&mut self, out: &mut Effects) {
        if !matches!(self.state, State::Leader(_)) {
            return;
        }
        out.list.push(Effect::SetTimer(Timer::Heartbeat));
        let followers = self.followers().len();
        out.why(|| Why::Beat { followers, commit: self.commit_index });
        self.start_round(out);
    }

    /// Begins a round and sends AppendEntries of it to everybody.
    pub(super) fn start_round(&mut self, out: &mut Effects) {
        let Some(leadership) = self.leadership() else { return };
        leadership.round += 1;
        self.begin_lease(out);
        self.note_told();
        for peer in self.followers().iter() {
            if self.phase(peer) == Some(Phase::Probe) {
                self.send_entries(peer, out);
            } else {
                self.send_heartbeat(peer, out);
            }
        }
    }

    /// Adds an entry of its own to the leader's log, and returns its index.
    pub(super) fn append_to_own_log(&mut self, entry: Entry) -> Index {
        let index = self.log.push(entry);
        self.log_changed(index);
        index
    }

    /// Sends new entries to everybody who may get them now.
    pub(super) fn send_new_entries(&mut self, out: &mut Effects) {
        for peer in self.followers().iter() {
            if self.phase(peer) == Some(Phase::Replicate) {
                self.send_if_room(peer, out);
            }
        }
    }

    fn phase(&self, peer: ServerId) -> Option<Phase> {
        self.progress(peer).map(Progress::phase)
    }

    fn send_if_room(&mut self, to: ServerId, out: &mut Effects) {
        loop {
            let Some(progress) = self.progress(to) else { return };
            let nothing_new = progress.next_index > self.log.last_index();
            if nothing_new
                || progress.phase() == Phase::Snapshot
                || progress.inflight.len() >= self.options.max_inflight
            {
                return;
            }
            self.send_entries(to, out);
        }
    }

    /// A heartbeat checks what is known to match, so that nothing in flight can make it fail; nothing, where that is
    /// compacted away.
    fn send_heartbeat(&mut self, to: ServerId, out: &mut Effects) {
        let commit = self.commit_index;
        let State::Leader(leadership) = &self.state else { return };
        let matched = leadership.progress[to.slot()].match_index;
        let prev_index = if matched < self.log.snapshot_index() { 0 } else { matched };
        let append = Append {
            prev_index,
            prev_term: self.log.term_at(prev_index).unwrap_or(0),
            entries: Vec::new(),
            commit,
            round: leadership.round,
        };
        self.send(to, Body::Append(append), out);
    }

    /// Sends entries from the next index on. They may leave before they are stable here: the
    /// leader counts its own copy only once it is (dissertation, section 10.2.1).
    pub(super) fn send_entries(&mut self, to: ServerId, out: &mut Effects) {
        let (commit, max_entries) = (self.commit_index, self.options.max_entries);
        let State::Leader(leadership) = &mut self.state else { return };
        let round = leadership.round;
        let progress = &mut leadership.progress[to.slot()];
        let prev_index = progress.next_index - 1;
        if prev_index < self.log.snapshot_index() {
            self.send_snapshot(to, out);
            return;
        }
        let tail = self.log.tail(progress.next_index);
        let entries: Vec<Entry> = tail.take(max_entries).cloned().collect();
        if !progress.probing {
            progress.next_index += entries.len() as Index;
            progress.inflight.push_back(progress.next_index - 1);
        }
        progress.sent_round = round;
        let append = Append {
            prev_index,
            prev_term: self.log.term_at(prev_index).unwrap_or(0),
            entries,
            commit,
            round,
        };
        self.send(to, Body::Append(append), out);
    }

    /// An answer to AppendEntries of this term arrives.
    pub(super) fn append_answered(
        &mut self,
        from: ServerId,
        outcome: Outcome,
        round: u64,
        out: &mut Effects,
    ) {
        let follows = self.followers().contains(from);
        let Some(leadership) = self.leadership().filter(|_| follows) else {
            out.why(|| self.late(super::message::Kind::AppendReply, self.current_term));
            return;
        };
        let progress = &mut leadership.progress[from.slot()];
        progress.acked_round = progress.acked_round.max(round);
        match outcome {
            Outcome::Matched { index } => self.matched(from, index, round, out),
            Outcome::Rejected { prev_index, conflict_index, conflict_term, first_index } => {
                let hint = Hint { conflict_index, conflict_term, first_index };
                self.rejected_at(from, prev_index, hint, round, out);
            }
        }
        self.confirm_reads(out);
    }

    pub(super) fn matched(&mut self, from: ServerId, index: Index, round: u64, out: &mut Effects) {
        let last_index = self.log.last_index();
        let Some(leadership) = self.leadership() else { return };
        let progress = &mut leadership.progress[from.slot()];
        // A follower can only match what this leader has; more is a rule taken away.
        let index = index.min(last_index);
        let news = index > progress.match_index;
        if news {
            progress.match_index = index;
            progress.match_round = round;
        }
        if progress.probing {
            progress.probing = false;
            progress.next_index = progress.match_index + 1;
        }
        progress.next_index = progress.next_index.max(progress.match_index + 1);
        while progress.inflight.front().is_some_and(|&end| end <= index) {
            progress.inflight.pop_front();
        }
        let lost = !progress.inflight.is_empty() && round > progress.sent_round;
        if lost {
            progress.inflight.clear();
            progress.next_index = progress.match_index + 1;
            out.why(|| Why::Resent { to: from, from: index + 1 });
        }
        out.why(|| {
            if news { Why::Matched { from, index } } else { Why::StillFollows { from, index } }
        });
        self.check_transfer(from, round, out);
        self.send_if_room(from, out);
        self.let_go(from, index, round);
        self.hand_over_if_ready(from, out);
        if news {
            self.commit_by_counting(out);
        }
    }

    fn rejected_at(
        &mut self,
        from: ServerId,
        prev_index: Index,
        hint: Hint,
        round: u64,
        out: &mut Effects,
    ) {
        let agrees_up_to = self.log.last_up_to_term(hint.conflict_term, hint.conflict_index);
        let agree_term = self.log.term_at(agrees_up_to);
        let base = self.log.snapshot_index();
        let Some(leadership) = self.leadership() else { return };
        let progress = &mut leadership.progress[from.slot()];
        if progress.transfer.is_some() {
            // The snapshot is on its way: what came before it does not matter.
            return;
        }
        if prev_index <= progress.match_index {
            if round <= progress.match_round {
                return;
            }
            // A disk was lost. What it held cannot be called back; what is committed may be gone.
            let (acknowledged, has) = (progress.match_index, hint.conflict_index);
            progress.match_index = 0;
            out.why(|| Why::Forgotten { from, acknowledged, has });
        } else if progress.probing && prev_index != progress.next_index - 1 {
            return;
        }
        let next = if hint.conflict_index < base {
            // Compacted away: a snapshot has to bring it.
            hint.conflict_index.max(1)
        } else if agree_term == Some(hint.conflict_term) {
            agrees_up_to + 1
        } else {
            // The leader has no entry of that term: not only that whole run is skipped, but all
            // that is newer here than the run, too.
            (agrees_up_to + 1).min(hint.first_index.max(1))
        };
        let next_index = next.max(progress.match_index + 1);
        let skipped = prev_index.saturating_sub(next_index - 1);
        progress.next_index = next_index;
        progress.probing = true;
        progress.inflight.clear();
        let conflict_term = hint.conflict_term;
        out.why(|| Why::BackedUp { from, next: next_index, skipped, conflict_term });
        self.send_entries(from, out);
    }
}

/// What a rejection says of the follower's log.
struct Hint {
    conflict_index: Index,
    conflict_term: Term,
    first_index: Index,
}
