//! InstallSnapshot (section 7, figure 13), both ends: for a follower that needs entries which the leader has
//! compacted away. One piece is in flight to a server at a time.

use std::sync::Arc;

use super::io::Effects;
use super::message::{Body, InstallSnapshot, Kind, Received, SnapshotReply};
use super::node::Node;
use super::role::State;
use super::snapshot::Snapshot;
use super::store::{Item, Store};
use super::types::{Index, ServerId, Term};
use super::why::Why;

/// A snapshot on its way to a follower.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Transfer {
    snapshot: Arc<Snapshot>,
    /// How many items the follower has; those from here on are in flight.
    offset: usize,
    /// The round in which they were sent.
    sent_round: u64,
}

/// A snapshot that arrives piece by piece.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Arriving {
    last_index: Index,
    last_term: Term,
    items: Vec<Item>,
}

impl Node {
    /// Sends a snapshot, unless one is under way.
    pub(super) fn send_snapshot(&mut self, to: ServerId, out: &mut Effects) {
        let Some(snapshot) = self.log.snapshot().cloned() else { return };
        let State::Leader(leadership) = &mut self.state else { return };
        let progress = &mut leadership.progress[to.slot()];
        if progress.transfer.is_some() {
            return;
        }
        let (next, last_index) = (progress.next_index, snapshot.last_index);
        let sent_round = leadership.round;
        progress.inflight.clear();
        progress.transfer = Some(Box::new(Transfer { snapshot, offset: 0, sent_round }));
        out.why(|| Why::SnapshotNeeded { to, next, last_index });
        self.send_chunk(to, out);
    }

    fn send_chunk(&mut self, to: ServerId, out: &mut Effects) {
        let State::Leader(leadership) = &mut self.state else { return };
        let round = leadership.round;
        let Some(transfer) = &mut leadership.progress[to.slot()].transfer else { return };
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

    /// A follower that gets a snapshot has answered a heartbeat: whether its log has all of it by now, or the piece
    /// in flight is lost. (A round later than the next one: messages may overtake each other.)
    pub(super) fn check_transfer(&mut self, to: ServerId, round: u64, out: &mut Effects) {
        let Some(leadership) = self.leadership() else { return };
        let progress = &mut leadership.progress[to.slot()];
        let Some(transfer) = &progress.transfer else { return };
        if progress.match_index >= transfer.snapshot.last_index {
            progress.transfer = None;
            progress.probing = false;
            progress.next_index = progress.match_index + 1;
        } else if round > transfer.sent_round + 1 {
            out.why(|| Why::ChunkResent { to });
            self.send_chunk(to, out);
        }
    }

    /// InstallSnapshot of the current term arrives.
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
            self.arriving = None;
            let commit = self.commit_index;
            out.why(|| Why::SnapshotNotNeeded { last_index, commit });
            self.send_durably(from, Body::SnapshotReply(reply), out);
            return;
        }
        let arriving = self.arriving.take();
        let mut arriving = arriving
            .filter(|known| (known.last_index, known.last_term) == (last_index, last_term))
            .unwrap_or_else(|| Box::new(Arriving { last_index, last_term, items: Vec::new() }));
        let next = arriving.items.len() == offset;
        if next {
            arriving.items.extend_from_slice(&install.items);
        }
        if next && install.done {
            let configuration = install.configuration;
            let store = Store::from_items(arriving.items);
            self.install(Snapshot { last_index, last_term, configuration, store }, out);
        } else {
            let items = arriving.items.len();
            out.why(|| Why::ChunkReceived { last_index, items });
            reply.received = Received::Items(items);
            self.arriving = Some(arriving);
        }
        self.send_durably(from, Body::SnapshotReply(reply), out);
    }

    /// Takes the snapshot in place of the log. Entries after it stay where the log agrees with it; otherwise
    /// none does (figure 13, steps 6 and 7).
    fn install(&mut self, snapshot: Snapshot, out: &mut Effects) {
        let (last_index, last_term) = (snapshot.last_index, snapshot.last_term);
        let (first, configuration_before) = (self.log.first_index(), self.configurations.index());
        let configuration = snapshot.configuration;
        let agrees = self.log.term_at(last_index) == Some(last_term);
        let discarded = if agrees { 0 } else { self.log.last_index().saturating_sub(first - 1) };
        self.store = snapshot.store.clone();
        out.compacted(first, self.log.install(Arc::new(snapshot)));
        self.configurations.compact(last_index, configuration);
        if !agrees {
            self.log_changed_before(first);
            self.log_changed(last_index + 1);
        }
        self.snapshot_changed();
        self.commit_index = last_index;
        self.last_applied = last_index;
        out.why(|| Why::SnapshotInstalled { last_index, discarded });
        self.tell_configuration(configuration_before, out);
    }

    /// An answer to InstallSnapshot of this term arrives.
    pub(super) fn snapshot_answered(
        &mut self,
        from: ServerId,
        reply: SnapshotReply,
        out: &mut Effects,
    ) {
        let follows = self.followers().contains(from);
        let Some(leadership) = self.leadership().filter(|_| follows) else {
            out.why(|| self.late(Kind::SnapshotReply, self.current_term));
            return;
        };
        let progress = &mut leadership.progress[from.slot()];
        progress.acked_round = progress.acked_round.max(reply.round);
        match (reply.received, &mut progress.transfer) {
            (Received::All, _) => self.matched(from, reply.last_index, reply.round, out),
            (Received::Items(items), Some(transfer))
                if transfer.snapshot.last_index == reply.last_index
                    && transfer.offset == reply.offset
                    && transfer.offset != items =>
            {
                transfer.offset = items;
                out.why(|| Why::ChunkAcknowledged { from, items });
                self.send_chunk(from, out);
            }
            _ => out.why(|| self.late(Kind::SnapshotReply, self.current_term)),
        }
        self.confirm_reads(out);
    }
}
