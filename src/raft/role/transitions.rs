//! Every change of role. Nothing else assigns [`Node::role`], so each rule about roles has one
//! place.

use super::RoleState;
use super::leadership::Leadership;
use crate::raft::effect::{Effect, Effects};
use crate::raft::entry::{Command, Entry};
use crate::raft::input::Timer;
use crate::raft::membership::catch_up::CatchUp;
use crate::raft::message::Message;
use crate::raft::node::Node;
use crate::raft::reason::{CatchUpEnd, CatchUpWhy, ElectionWhy, ReplicationWhy, TermWhy};
use crate::raft::rules::Rule;
use crate::raft::types::{ServerId, ServerSet};

impl Node {
    /// Any server starts as a follower, whatever it was before a crash (section 5.2): a leader's
    /// volatile state is lost, and the cluster may have elected another one.
    pub(in crate::raft) fn start(&mut self, out: &mut Effects) {
        out.why(|| ElectionWhy::Started {
            term: self.current_term,
            voted_for: self.voted_for,
            last_index: self.log.last_index(),
            // What the disk says is committed, the snapshot, is applied as well.
            given_commit: if self.commit_index > self.last_applied { self.commit_index } else { 0 },
            role: self.role(),
            persist_vote: self.options.rules.on(Rule::PersistVote),
            persist_log: self.options.rules.on(Rule::PersistLog),
            fixed_timeout: !self.options.rules.on(Rule::RandomTimeout),
        });
        self.apply_committed(out);
        if self.options.lease && self.current_term > 0 {
            // Before the crash it may have acknowledged a leader that now counts on a lease. So for
            // one election timeout it ignores candidates, as if it had just heard that leader.
            self.role = RoleState::Follower { leader: None, heard_leader: true };
        }
        out.list.push(Effect::SetTimer(Timer::Election));
    }

    /// A message of a higher term makes any server a follower in that term (section 5.1), so that
    /// candidates and leaders of old terms give way. Returns false if the message must be ignored,
    /// because `step-down` is off.
    pub(in crate::raft) fn adopt_higher_term(
        &mut self,
        message: &Message,
        out: &mut Effects,
    ) -> bool {
        if message.term <= self.current_term {
            return true;
        }
        let (kind, theirs, ours) = (message.kind(), message.term, self.current_term);
        let role = self.role();
        let is_follower = matches!(self.role, RoleState::Follower { .. });
        if !is_follower && !self.options.rules.on(Rule::StepDown) {
            out.why(|| TermWhy::HigherTermIgnored { kind, theirs, ours, role });
            return false;
        }
        out.why(|| TermWhy::HigherTermAdopted { kind, theirs, ours, role });
        // A new term, a new vote.
        self.set_hard_state(message.term, None);
        // A leader may count on a lease that this server has granted by its acknowledgement. A late
        // reply that brings the higher term must not end that: until the election timer fires, this
        // server ignores candidates.
        let heard_leader = self.options.lease && self.hears_leader();
        self.become_follower(None, out);
        if let RoleState::Follower { heard_leader: heard, .. } = &mut self.role {
            *heard = heard_leader;
        }
        true
    }

    /// AppendEntries or InstallSnapshot of this server's own term: its sender won the election of
    /// this term, so a candidate returns to follower (section 5.2). Returns false if this server
    /// leads the same term, which a rule that is off has allowed; the message is then ignored.
    pub(in crate::raft) fn follow(&mut self, leader: ServerId, out: &mut Effects) -> bool {
        match &mut self.role {
            RoleState::Leader(_) => {
                out.why(|| ElectionWhy::RivalLeader { leader, term: self.current_term });
                return false;
            }
            &mut RoleState::Candidate { pre_vote, .. } => {
                let term = self.current_term;
                out.why(|| ElectionWhy::LeaderRecognized { leader, term, pre_vote });
                self.become_follower(Some(leader), out);
            }
            RoleState::Follower { leader: known, heard_leader } => {
                *known = Some(leader);
                *heard_leader = true;
            }
        }
        out.list.push(Effect::SetTimer(Timer::Election));
        true
    }

    /// A candidate that cannot win any more, or a leader that must not lead any more, without a
    /// higher term. It keeps term and vote: a second vote in this term could elect a second leader.
    pub(in crate::raft) fn step_down(&mut self, out: &mut Effects) {
        self.become_follower(None, out);
    }

    fn become_follower(&mut self, leader: Option<ServerId>, out: &mut Effects) {
        let heard_leader = leader.is_some();
        let follower = RoleState::Follower { leader, heard_leader };
        if let RoleState::Leader(leadership) = std::mem::replace(&mut self.role, follower) {
            for timer in [Timer::Heartbeat, Timer::Quorum, Timer::Transfer, Timer::CatchUp] {
                out.list.push(Effect::StopTimer(timer));
            }
            if let Some(CatchUp { change, servers, .. }) = *leadership.catch_up {
                let end = CatchUpEnd::SteppedDown;
                out.why(|| CatchUpWhy::Abandoned { change, servers, end });
            }
            out.list.push(Effect::SetTimer(Timer::Election));
            self.drop_reads(*leadership, out);
        }
    }

    /// Term and vote stay, so a server that cannot win disturbs nobody (dissertation, section 9.6).
    pub(in crate::raft) fn become_pre_candidate(&mut self) {
        let (granted, denied) = (ServerSet::EMPTY, ServerSet::EMPTY);
        self.role = RoleState::Candidate { pre_vote: true, granted, denied };
    }

    /// A new term, with this server's vote for itself (section 5.2).
    pub(in crate::raft) fn become_candidate(&mut self) {
        self.set_hard_state(self.current_term + 1, Some(self.id));
        let (granted, denied) = (ServerSet::EMPTY, ServerSet::EMPTY);
        self.role = RoleState::Candidate { pre_vote: false, granted, denied };
    }

    /// The candidate has won. It sends AppendEntries at once, to prevent new elections (section
    /// 5.2), with a no-op, so that it learns soon what is committed (section 8).
    pub(in crate::raft) fn become_leader(&mut self, out: &mut Effects) {
        debug_assert!(matches!(self.role, RoleState::Candidate { pre_vote: false, .. }));
        let next_index = self.log.last_index() + 1;
        self.role = RoleState::Leader(Box::new(Leadership::new(next_index)));
        out.list.push(Effect::StopTimer(Timer::Election));
        out.list.push(Effect::SetTimer(Timer::Heartbeat));
        if self.options.check_quorum {
            out.list.push(Effect::SetTimer(Timer::Quorum));
        }
        let term = self.current_term;
        if self.options.rules.on(Rule::LeaderNoop) {
            let index = self.append_to_own_log(Entry { term, command: Command::Noop });
            out.why(|| ReplicationWhy::NoopAppended { index, term });
            self.explain_own_copy(index, out);
        } else {
            out.why(|| ReplicationWhy::NoNoop { term });
        }
        self.start_round(out);
        self.commit_by_counting(out);
    }
}
