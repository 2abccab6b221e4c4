//! InstallSnapshot, both ends (section 7, figure 13): for a follower that needs entries which the
//! leader has compacted. One piece is in flight to a follower at a time.

use std::sync::Arc;

use super::effect::Effects;
use super::message::{Body, InstallSnapshot, Received, SnapshotReply};
use super::node::Node;
use super::reason::{AppendWhy, MembershipWhy, SnapshotWhy};
use super::rules::Rule;
use super::snapshot::{PartialSnapshot, Snapshot, SnapshotTransfer};
use super::state_machine::Store;
use super::types::ServerId;

impl Node {
    /// The leader's end: starts a transfer, unless one is under way.
    pub(super) fn send_snapshot(&mut self, to: ServerId, out: &mut Effects) {
        let Some(snapshot) = self.log.snapshot().cloned() else { return };
        let last_index = snapshot.last_index;
        let leadership = self.leadership_mut();
        let sent_round = leadership.round;
        let progress = &mut leadership[to];
        if progress.transfer.is_some() {
            return;
        }
        let next = progress.next_index;
        progress.send_snapshot(SnapshotTransfer { snapshot, offset: 0, sent_round });
        out.why(|| SnapshotWhy::Needed { to, next, last_index });
        self.send_chunk(to, out);
    }

    fn send_chunk(&mut self, to: ServerId, out: &mut Effects) {
        let leadership = self.leadership_mut();
        let round = leadership.round;
        let Some(transfer) = &mut leadership[to].transfer else { return };
        transfer.sent_round = round;
        let (items, done) = transfer.snapshot.chunk(transfer.offset);
        let install = InstallSnapshot {
            last_index: transfer.snapshot.last_index,
            last_term: transfer.snapshot.last_term,
            configuration: transfer.snapshot.configuration,
            offset: transfer.offset,
            items,
            done,
            round,
        };
        self.send(to, Body::InstallSnapshot(Box::new(install)), out);
    }

    /// A follower in state Snapshot has replied to a heartbeat. Either its log has reached the end
    /// of the snapshot meanwhile, or the piece in flight is lost: no reply to it, but one to a
    /// round at least two later. (A reply to the next round alone may have overtaken that to the
    /// piece.)
    pub(super) fn check_snapshot_transfer(&mut self, to: ServerId, round: u64, out: &mut Effects) {
        let progress = &mut self.leadership_mut()[to];
        let Some(transfer) = &progress.transfer else { return };
        if progress.match_index >= transfer.snapshot.last_index {
            progress.transfer = None;
            progress.replicate();
        } else if round > transfer.sent_round + 1 {
            out.why(|| SnapshotWhy::ChunkResent { to });
            self.send_chunk(to, out);
        }
    }

    /// The follower's end: InstallSnapshot of the current term arrives.
    pub(super) fn snapshot_received(
        &mut self,
        from: ServerId,
        install: &InstallSnapshot,
        out: &mut Effects,
    ) {
        if !self.follow(from, out) {
            return;
        }
        let &InstallSnapshot { last_index, last_term, offset, round, .. } = install;
        let mut reply = SnapshotReply { last_index, offset, received: Received::All, round };
        if last_index <= self.commit_index {
            // Installing it would undo what is applied.
            self.partial_snapshot = None;
            let commit = self.commit_index;
            out.why(|| SnapshotWhy::NotNeeded { last_index, commit });
            self.send_durably(from, Body::SnapshotReply(reply), out);
            return;
        }
        let partial = self.partial_snapshot.take();
        let mut partial = partial
            .filter(|known| (known.last_index, known.last_term) == (last_index, last_term))
            .unwrap_or_else(|| {
                Box::new(PartialSnapshot { last_index, last_term, items: Vec::new() })
            });
        // Pieces may be duplicated or overtake each other; only the next one counts.
        let is_next = partial.items.len() == offset;
        if is_next {
            partial.items.extend_from_slice(&install.items);
        }
        if is_next && install.done {
            let configuration = install.configuration;
            let store = Store::from_items(partial.items);
            self.install(Snapshot { last_index, last_term, configuration, store }, out);
        } else {
            let items = partial.items.len();
            out.why(|| SnapshotWhy::ChunkReceived { last_index, items });
            reply.received = Received::Items(items);
            self.partial_snapshot = Some(partial);
        }
        self.send_durably(from, Body::SnapshotReply(reply), out);
    }

    /// Figure 13, steps 6 to 8: entries after the snapshot stay if the log has its last entry;
    /// otherwise the whole log conflicts with it and is discarded.
    fn install(&mut self, snapshot: Snapshot, out: &mut Effects) {
        let (last_index, last_term) = (snapshot.last_index, snapshot.last_term);
        let (first, configuration_before) = (self.log.first_index(), *self.configuration());
        let configuration = snapshot.configuration;
        let matches = self.log.term_at(last_index) == Some(last_term);
        let discarded = if matches { 0 } else { self.log.last_index().saturating_sub(first - 1) };
        self.store = snapshot.store.clone();
        out.compacted(first, self.log.install(Arc::new(snapshot)));
        self.configurations.compact(last_index, configuration);
        if !matches {
            self.unstable.report_change(first);
            self.log_changed(last_index + 1);
        }
        self.snapshot_changed();
        self.commit_index = last_index;
        self.last_applied = last_index;
        out.why(|| SnapshotWhy::Installed { last_index, discarded });
        if !self.options.rules.on(Rule::PersistLog) {
            out.why(|| AppendWhy::AcknowledgedUnwritten { index: last_index });
        }
        let configuration = *self.configuration();
        if configuration != configuration_before {
            out.why(|| MembershipWhy::AdoptedFromSnapshot { last_index, configuration });
        }
    }

    /// The leader's end: a reply to InstallSnapshot of the current term arrives.
    pub(super) fn snapshot_answered(
        &mut self,
        from: ServerId,
        reply: SnapshotReply,
        out: &mut Effects,
    ) {
        // Empty if this server does not lead.
        if !self.followers().contains(from) {
            out.why(|| self.not_a_follower(from));
            return;
        }
        let progress = &mut self.leadership_mut()[from];
        progress.acked_round = progress.acked_round.max(reply.round);
        match (reply.received, &mut progress.transfer) {
            (Received::All, _) => self.matched(from, reply.last_index, reply.round, out),
            (Received::Items(items), Some(transfer))
                if transfer.snapshot.last_index == reply.last_index
                    && transfer.offset == reply.offset
                    && transfer.offset != items =>
            {
                transfer.offset = items;
                self.note_progress(from);
                out.why(|| SnapshotWhy::ChunkAcknowledged { from, items });
                self.send_chunk(from, out);
            }
            _ => {
                let term = self.current_term;
                out.why(|| SnapshotWhy::LateReply { from, term });
            }
        }
        self.confirm_reads(out);
    }
}
