//! Leadership transfer (dissertation, section 3.10).

use super::io::{Effect, Effects, Timer};
use super::message::{Body, Kind, Redirect, Request};
use super::node::Node;
use super::role::State;
use super::types::ServerId;
use super::why::Why;

impl Node {
    /// Leadership is to go to `to`: it is brought up to date, then told to campaign. A second request
    /// replaces the first.
    pub(super) fn transfer(&mut self, to: ServerId, out: &mut Effects) {
        let may_lead = to != self.id && self.configuration().voters.contains(to);
        let Some(leadership) = self.leadership() else {
            out.why(|| Why::TransferRefused { to, leads: false });
            return;
        };
        if !may_lead {
            out.why(|| Why::TransferRefused { to, leads: true });
            return;
        }
        leadership.transfer = Some(to);
        out.why(|| Why::TransferBegun { to });
        out.list.push(Effect::SetTimer(Timer::Transfer));
        if !self.hand_over_if_ready(to, out) {
            // The answer to a heartbeat shows what was lost on the way.
            self.start_round(out);
        }
    }

    /// Tells the target to campaign, once it has the whole log.
    pub(super) fn hand_over_if_ready(&mut self, to: ServerId, out: &mut Effects) -> bool {
        let State::Leader(leadership) = &self.state else { return false };
        let last_index = self.log.last_index();
        if leadership.transfer != Some(to)
            || leadership.progress[to.slot()].match_index < last_index
        {
            return false;
        }
        if let Some(leadership) = self.leadership() {
            leadership.handed_over = true;
        }
        out.why(|| Why::HandsOver { to, last_index });
        self.send(to, Body::TimeoutNow, out);
        true
    }

    /// The target did not win within an election timeout: this leader goes on.
    pub(super) fn give_up_transfer(&mut self, out: &mut Effects) {
        if let Some(to) = self.leadership().and_then(|leadership| leadership.transfer.take()) {
            out.why(|| Why::TransferGivenUp { to });
        }
    }

    /// The leader tells this server to campaign at once: no pre-vote, and nobody stays loyal.
    pub(super) fn told_to_campaign(&mut self, from: ServerId, out: &mut Effects) {
        let follows = matches!(self.state, State::Follower { leader, .. } if leader == Some(from));
        if !follows || !self.configuration().electorate().contains(self.id) {
            out.why(|| self.late(Kind::TimeoutNow, self.current_term));
            return;
        }
        out.list.push(Effect::SetTimer(Timer::Election));
        self.campaign(true, out);
    }

    /// Whom this leader is handing over to. It takes no requests meanwhile, or the target would
    /// never catch up.
    pub(super) fn transferring_to(&self) -> Option<ServerId> {
        match &self.state {
            State::Leader(leadership) => leadership.transfer,
            _ => None,
        }
    }

    pub(super) fn refuse_while_transferring(
        &self,
        request: &Request,
        to: ServerId,
        out: &mut Effects,
    ) {
        let client = request.client();
        out.why(|| Why::HandingOver { client, to });
        let result = Err(Redirect { leader: None });
        let body = Body::Reply { serial: request.command.serial, result };
        self.send(client, body, out);
    }
}
