//! Leadership transfer (dissertation, section 3.10): the leader stops taking requests, brings the
//! target up to date, and asks it to campaign at once. If the target does not win within an
//! election timeout, the leader takes requests again.

use super::effect::{Effect, Effects};
use super::input::Timer;
use super::message::Body;
use super::node::Node;
use super::reason::{CampaignCause, CatchUpEnd, TransferWhy};
use super::role::RoleState;
use super::types::ServerId;

impl Node {
    /// Starts a transfer. It replaces one that is under way.
    pub(super) fn transfer(&mut self, to: ServerId, out: &mut Effects) {
        let refusal = match self.is_leader() {
            false => Some(TransferWhy::NotLeading { to }),
            true if to == self.id => Some(TransferWhy::LeadsAlready),
            true => {
                let votes = self.configuration().voters.contains(to);
                (!votes).then_some(TransferWhy::NoVoter { to })
            }
        };
        if let Some(refusal) = refusal {
            out.why(|| refusal);
            return;
        }
        self.abandon_catch_up(CatchUpEnd::Transfer(to), out);
        self.leadership_mut().transfer_to = Some(to);
        out.why(|| TransferWhy::Started { to });
        out.list.push(Effect::SetTimer(Timer::Transfer));
        if !self.send_timeout_now_if_ready(to, out) {
            // The replies to this round show which entries were lost on the way to the target.
            self.start_round(out);
        }
    }

    /// Asks the target of the transfer to campaign once it has the whole log: with less it could
    /// not win, and the cluster would have no leader for an election timeout.
    pub(super) fn send_timeout_now_if_ready(&mut self, to: ServerId, out: &mut Effects) -> bool {
        let last_index = self.log.last_index();
        let leadership = self.leadership_mut();
        if leadership.transfer_to != Some(to) || leadership[to].match_index < last_index {
            return false;
        }
        leadership.sent_timeout_now = true;
        out.why(|| TransferWhy::TimeoutNowSent { to, last_index });
        self.send(to, Body::TimeoutNow, out);
        true
    }

    /// The target did not win within an election timeout; `fired`: a person says so.
    pub(super) fn give_up_transfer(&mut self, fired: bool, out: &mut Effects) {
        if let Some(to) = self.leadership_mut().transfer_to.take() {
            out.list.push(Effect::StopTimer(Timer::Transfer));
            let term = self.current_term;
            out.why(|| TransferWhy::GivenUp { to, term, fired });
        }
    }

    /// TimeoutNow arrives: campaigns at once, without pre-vote, and with votes requested past
    /// leader stickiness.
    pub(super) fn campaign_for_transfer(&mut self, from: ServerId, out: &mut Effects) {
        let follows =
            matches!(self.role, RoleState::Follower { leader, .. } if leader == Some(from));
        if !follows {
            out.why(|| TransferWhy::NotItsFollower { from, role: self.role() });
            return;
        }
        if !self.configuration().electorate().contains(self.id) {
            out.why(|| TransferWhy::TargetNoVoter { from });
            return;
        }
        out.list.push(Effect::SetTimer(Timer::Election));
        self.campaign(CampaignCause::Transfer(from), out);
    }
}
