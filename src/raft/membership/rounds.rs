//! The rounds in which a leader brings new voters up to date (see [`super::catch_up`]).

use super::catch_up::{CatchUp, ROUNDS_MAX};
use super::change::{Change, Refusal};
use crate::raft::effect::{Effect, Effects};
use crate::raft::input::Timer;
use crate::raft::node::Node;
use crate::raft::reason::{CatchUpEnd, CatchUpWhy, MembershipWhy};
use crate::raft::replication::progress::Progress;
use crate::raft::types::{ServerId, ServerSet};

impl Node {
    /// The servers that catch up before this leader gives them a vote.
    pub fn catching_up(&self) -> ServerSet {
        let change = self.as_leader().and_then(|leadership| *leadership.catch_up);
        change.map_or(ServerSet::EMPTY, |catch_up| catch_up.servers)
    }

    /// Starts the first round. Learners have most of the log, so their progress goes on.
    pub(super) fn start_catch_up(&mut self, change: Change, servers: ServerSet, out: &mut Effects) {
        let goal = self.log.last_index();
        let too_early = self.too_early();
        out.why(|| CatchUpWhy::Started { change, servers, goal, too_early });
        let strangers = servers.difference(self.followers());
        let leadership = self.leadership_mut();
        leadership.catch_up.0 = Some(CatchUp::new(change, servers, goal));
        for stranger in strangers.iter() {
            leadership[stranger] = Progress::new(goal + 1);
        }
        out.list.push(Effect::SetTimer(Timer::CatchUp));
        strangers.iter().for_each(|stranger| self.send_entries(stranger, out));
        self.continue_catch_up(out);
    }

    /// A follower has more entries than before, or more of a snapshot, or the leader knows more of
    /// its log.
    pub(in crate::raft) fn note_progress(&mut self, from: ServerId) {
        if let Some(catch_up) = &mut *self.leadership_mut().catch_up {
            catch_up.progressed.insert(from);
        }
    }

    /// Ends the round once all of its servers have its entries. The reply that leads here may have
    /// ended this leadership.
    pub(in crate::raft) fn continue_catch_up(&mut self, out: &mut Effects) {
        let last_index = self.log.last_index();
        let Some(leadership) = self.as_leader_mut() else { return };
        while let Some(catch_up) = *leadership.catch_up {
            if !catch_up.behind(|server| leadership[server].match_index).is_empty() {
                return;
            }
            let CatchUp { change, servers, round, goal, is_long, .. } = catch_up;
            if !is_long {
                self.end_catch_up(out);
                out.why(|| CatchUpWhy::Done { servers, round, goal });
                self.make_change(change, servers, out);
                return;
            }
            if round == ROUNDS_MAX {
                self.end_catch_up(out);
                let refusal = Refusal::TooSlow(servers, round);
                out.why(|| MembershipWhy::Refused { change, refusal });
                return;
            }
            leadership.catch_up.0 = Some(catch_up.next_round(last_index));
            out.list.push(Effect::SetTimer(Timer::CatchUp));
            out.why(|| CatchUpWhy::RoundDone { servers, round, goal: last_index });
        }
    }

    /// An election timeout is over in a round; `fired`: a person says so.
    pub(in crate::raft) fn catch_up_timed_out(&mut self, fired: bool, out: &mut Effects) {
        let leadership = self.leadership_mut();
        let Some(mut catch_up) = *leadership.catch_up else { return };
        let stuck = catch_up
            .behind(|server| leadership[server].match_index)
            .difference(catch_up.progressed);
        if stuck.is_empty() {
            catch_up.is_long = true;
            catch_up.progressed = ServerSet::EMPTY;
            leadership.catch_up.0 = Some(catch_up);
            out.list.push(Effect::SetTimer(Timer::CatchUp));
        } else {
            self.end_catch_up(out);
            let (change, refusal) = (catch_up.change, Refusal::NoProgress(stuck, fired));
            out.why(|| MembershipWhy::Refused { change, refusal });
        }
    }

    /// Gives up the change that waits, if there is one.
    pub(in crate::raft) fn abandon_catch_up(&mut self, end: CatchUpEnd, out: &mut Effects) {
        let catch_up = *self.leadership().catch_up;
        if let Some(CatchUp { change, servers, .. }) = catch_up {
            self.end_catch_up(out);
            out.why(|| CatchUpWhy::Abandoned { change, servers, end });
        }
    }

    fn end_catch_up(&mut self, out: &mut Effects) {
        self.leadership_mut().catch_up.0 = None;
        out.list.push(Effect::StopTimer(Timer::CatchUp));
    }
}
