//! How differences between the cores are evened out where messages arrive and are sent.

use raft::eraftpb::{Message, MessageType};
use raft::{ProgressState, StateRole};

use super::differences::Difference;
use super::theirs::{Theirs, id_of, slot_of};

impl Theirs<'_> {
    /// Prepares a server for a message that it would handle differently. Returns false if the
    /// message is thereby handled.
    pub fn even_out(&mut self, at: usize, message: &mut Message) -> bool {
        let Some(raw) = &self.servers[at].raw else { return false };
        let node = &raw.raft;
        let (ours, theirs) = (node.term, message.term);
        let sticky = node.check_quorum
            && node.leader_id != 0
            && node.election_elapsed < node.election_timeout();
        let guarded = node.check_quorum || node.pre_vote;
        match message.get_msg_type() {
            MessageType::MsgRequestPreVote if sticky && theirs <= ours => {
                self.differences.note(Difference::ReplyDespiteStickiness);
                return false;
            }
            MessageType::MsgRequestPreVote if sticky => {}
            MessageType::MsgRequestPreVote if theirs == ours => {
                self.differences.note(Difference::PreVoteInThisTerm);
                self.reply_with_term(at, message.from, MessageType::MsgRequestPreVoteResponse);
                return false;
            }
            MessageType::MsgRequestPreVote if theirs > ours + 1 => {
                self.differences.note(Difference::PreVoteHasNoTerm);
                let from = slot_of(message.from);
                // An unexpected reply changes the term and nothing else.
                let mut carrier = Message::default();
                carrier.set_msg_type(MessageType::MsgHeartbeatResponse);
                carrier.from = id_of(from);
                carrier.term = theirs - 1;
                self.step(at, carrier);
            }
            MessageType::MsgRequestVote if theirs < ours => {
                self.differences.note(Difference::NoReplyToStaleCandidate);
                self.reply_with_term(at, message.from, MessageType::MsgRequestVoteResponse);
                return false;
            }
            MessageType::MsgRequestVote if theirs == ours && node.state == StateRole::Leader => {
                self.differences.note(Difference::HeardByReplies);
                let from = message.from;
                self.with(at, |raw| {
                    if let Some(progress) = raw.raft.mut_prs().get_mut(from) {
                        progress.recent_active = true;
                    }
                });
            }
            MessageType::MsgRequestVote
                if theirs == ours && node.vote == 0 && node.leader_id != 0 =>
            {
                self.differences.note(Difference::NoVoteUnderLeader);
                let leader = node.leader_id;
                let message = std::mem::take(message);
                self.with(at, |raw| raw.raft.leader_id = 0);
                self.step(at, message);
                self.with(at, |raw| raw.raft.leader_id = leader);
                return false;
            }
            MessageType::MsgAppend | MessageType::MsgHeartbeat if theirs < ours && !guarded => {
                self.differences.note(Difference::NoReplyToStaleLeader);
                self.reply_with_term(at, message.from, MessageType::MsgAppendResponse);
                return false;
            }
            MessageType::MsgAppend if theirs >= ours => self.skip_committed(at, message),
            MessageType::MsgHeartbeatResponse if theirs == ours => {
                self.resend_lost(at, message.from);
                return !self.skip_freeing(at, message.from);
            }
            _ => {}
        }
        true
    }

    /// Before a reply to a heartbeat: earlier messages were answered or are lost, so this sends
    /// lost entries again.
    fn resend_lost(&mut self, at: usize, to: u64) {
        let mut lost = false;
        self.with(at, |raw| {
            let leads = raw.raft.state == StateRole::Leader;
            let last = raw.raft.raft_log.last_index();
            let Some(progress) = raw.raft.mut_prs().get_mut(to) else { return };
            lost = leads && progress.state == ProgressState::Replicate && progress.matched < last;
            if lost {
                progress.become_replicate();
                for _ in progress.matched..last {
                    raw.raft.send_append(to);
                }
            }
        });
        if lost {
            self.differences.note(Difference::LossFoundByRejection);
        }
    }

    /// Whether a leader could send more entries to a follower without probing.
    pub fn has_room(&self, at: usize, to: u64) -> bool {
        let Some(raw) = &self.servers[at].raw else { return false };
        let last = raw.raft.raft_log.last_index();
        let Some(progress) = raw.raft.prs().get(to) else { return false };
        raw.raft.state == StateRole::Leader
            && to != id_of(at)
            && progress.state == ProgressState::Replicate
            && progress.next_idx <= last
            && !progress.ins.full()
    }

    /// After a proposal: sends more entries where there is room for more messages.
    pub fn fill_room(&mut self, at: usize) {
        for to in 0..self.servers.len() {
            while self.has_room(at, id_of(to)) {
                self.differences.note(Difference::RoomFilledSlowly);
                self.with(at, |raw| raw.raft.send_append(id_of(to)));
            }
        }
    }

    /// Handles a reply to a heartbeat if it would let one more message than allowed leave. Returns
    /// false otherwise.
    fn skip_freeing(&mut self, at: usize, from: u64) -> bool {
        let mut full = false;
        self.with(at, |raw| {
            let leads = raw.raft.state == StateRole::Leader;
            let Some(progress) = raw.raft.mut_prs().get_mut(from) else { return };
            full = leads && progress.state == ProgressState::Replicate && progress.ins.full();
            progress.recent_active |= full;
        });
        if full {
            self.differences.note(Difference::HeartbeatFreesRoom);
        }
        full
    }

    /// After a reply to a heartbeat: sends TimeoutNow again.
    pub fn repeat_timeout_now(&mut self, at: usize, from: u64) {
        let Some(raw) = &self.servers[at].raw else { return };
        let node = &raw.raft;
        let ready = node.state == StateRole::Leader
            && node.lead_transferee == Some(from)
            && node.prs().get(from).is_some_and(|to| to.matched == node.raft_log.last_index());
        if ready {
            self.differences.note(Difference::TimeoutNowOnce);
            self.with(at, |raw| raw.raft.send_timeout_now(from));
        }
    }

    /// Where the crate is silent: a rejection that carries only the term.
    fn reply_with_term(&mut self, at: usize, to: u64, kind: MessageType) {
        let Some(raw) = &self.servers[at].raw else { return };
        let mut answer = Message::default();
        answer.set_msg_type(kind);
        (answer.from, answer.to) = (id_of(at), to);
        (answer.term, answer.reject) = (raw.raft.term, true);
        self.sent.push((at, slot_of(to), answer));
    }

    /// Removes the entries from an append that the receiver knows to be committed.
    fn skip_committed(&mut self, at: usize, message: &mut Message) {
        let Some(raw) = &self.servers[at].raw else { return };
        let committed = raw.raft.raft_log.committed;
        let known = committed.saturating_sub(message.index) as usize;
        if known > 0 && message.entries.len() > known {
            self.differences.note(Difference::AppendBelowCommit);
            message.log_term = message.entries[known - 1].term;
            let new = message.take_entries().into_vec().split_off(known);
            message.set_entries(new.into());
            message.index = committed;
        }
    }
}
