//! Pre-vote and check-quorum: servers that cannot win do not disturb (dissertation, sections 9.6, 6.2
//! and 4.2.3).

use super::io::{Effect, Effects, Timer};
use super::message::{Body, Kind, Message};
use super::node::Node;
use super::role::State;
use super::rules::Rule;
use super::types::{ServerId, ServerSet, Term};
use super::why::{At, Why};

impl Node {
    /// Asks whether it could win; neither term nor vote changes.
    pub(super) fn ask_first(&mut self, out: &mut Effects) {
        let proposed = self.current_term + 1;
        out.why(|| Why::AsksFirst { proposed });
        self.state =
            State::Candidate { pre: true, granted: ServerSet::EMPTY, rejected: ServerSet::EMPTY };
        let last = self.last_entry();
        for peer in self.peers().intersection(self.configuration().electorate()).iter() {
            let (last_index, last_term) = (last.index, last.term);
            self.send(peer, Body::PreVote { proposed, last_index, last_term }, out);
        }
        self.count_vote(self.id, true, out);
    }

    /// Somebody asks whether it would get the vote. Nothing changes here, whatever the answer.
    pub(super) fn pre_vote_requested(
        &mut self,
        candidate: ServerId,
        proposed: Term,
        theirs: At,
        out: &mut Effects,
    ) {
        let ours = self.last_entry();
        let up_to_date = (theirs.term, theirs.index) >= (ours.term, ours.index)
            || !self.options.rules.on(Rule::UpToDate);
        let granted = proposed > self.current_term && up_to_date;
        out.why(|| {
            if granted {
                Why::PreVoteGranted { candidate, proposed }
            } else if up_to_date {
                Why::PreVoteTermBehind { candidate, proposed, ours: self.current_term }
            } else {
                Why::VoteLogBehind { candidate, theirs, ours }
            }
        });
        self.send_durably(candidate, Body::PreVoteReply { proposed, granted }, out);
    }

    /// An answer to a pre-vote arrives.
    pub(super) fn pre_vote_received(
        &mut self,
        from: ServerId,
        proposed: Term,
        granted: bool,
        out: &mut Effects,
    ) {
        let asks = matches!(self.state, State::Candidate { pre: true, .. });
        if !asks || proposed != self.current_term + 1 {
            out.why(|| self.late(Kind::PreVoteReply, proposed));
            return;
        }
        self.count_vote(from, granted, out);
    }

    /// With check-quorum, whoever leads or has just heard a leader does not listen to candidates, lest
    /// a server that was cut off disturb. Nobody listens to a server that is not in its configuration, such as one
    /// that was removed, while it hears a leader (end of section 6). A transfer is the leader's own wish.
    pub(super) fn is_loyal_against(&self, message: &Message) -> bool {
        let asks = match message.body {
            Body::RequestVote { transfer, .. } => !transfer && message.term > self.current_term,
            Body::PreVote { .. } => true,
            _ => false,
        };
        let loyal = match self.state {
            State::Leader(_) => true,
            State::Follower { fresh, .. } => fresh,
            State::Candidate { .. } => false,
        };
        let stranger = message.from.server().is_some_and(|from| !self.is_peer(from));
        asks && loyal && (self.options.check_quorum || self.options.lease || stranger)
    }

    /// Whoever is heard in this term counts until the next look; what was sent does not.
    pub(super) fn note_heard(&mut self, from: ServerId, term: Term) {
        if term == self.current_term
            && let Some(leadership) = self.leadership()
        {
            leadership.progress[from.slot()].recent = true;
        }
    }

    /// A leader that has not heard a majority for an election timeout steps down.
    pub(super) fn quorum_due(&mut self, out: &mut Effects) {
        let (id, majority) = (self.id, self.options.rules.on(Rule::Majority));
        let (peers, configuration) = (self.peers(), *self.configuration());
        let Some(leadership) = self.leadership() else { return };
        let mut heard: ServerSet =
            peers.iter().filter(|peer| leadership.progress[peer.slot()].recent).collect();
        heard.insert(id);
        leadership.progress.iter_mut().for_each(|progress| progress.recent = false);
        if configuration.is_quorum(heard, majority) {
            out.list.push(Effect::SetTimer(Timer::Quorum));
            return;
        }
        let voters = configuration.electorate().len();
        let heard = heard.intersection(configuration.electorate()).len();
        out.why(|| Why::QuorumLost { heard, voters });
        self.become_follower(None, out);
    }
}
