//! Elections (section 5.2) and which candidates may win them (section 5.4.1).
//!
//! **Election Safety**: at most one leader per term. A candidate needs the votes of a majority, any
//! two majorities share a server, and that server votes once per term. It must remember its vote
//! through a crash, so the vote is written before it is sent (`persistence`), and that includes the
//! candidate's vote for itself.
//!
//! **Leader Completeness**: a leader has all committed entries. A committed entry is on a majority,
//! so at least one voter of every election has it, and a voter denies its vote to a candidate whose
//! log is less up to date than its own. The leader's log is never corrected by others: entries flow
//! from leaders to followers only.
//!
//! **Progress** needs luck: candidates that start at the same time split the vote. Random election
//! timeouts make that rare (rule `random-timeout`, which the world keeps: this core draws nothing).

use super::effect::{Effect, Effects};
use super::input::Timer;
use super::message::Body;
use super::node::Node;
use super::reason::{CampaignCause, ElectionWhy, PreVoteWhy, VoteTally, VoteWhy, VoterCount};
use super::role::RoleState;
use super::rules::Rule;
use super::types::{LogId, ServerId};

impl Node {
    /// No leader was heard for an election timeout: campaign, or ask for pre-votes first. The timer
    /// starts again, so that a split vote is followed by another election (section 5.2).
    ///
    /// `fired`: by a person, before its time.
    pub(super) fn election_timeout(&mut self, fired: bool, out: &mut Effects) {
        let cause = match self.role {
            _ if fired => CampaignCause::Fired,
            RoleState::Candidate { .. } => CampaignCause::NoResult,
            RoleState::Follower { .. } | RoleState::Leader(_) => CampaignCause::NoLeader,
        };
        out.list.push(Effect::SetTimer(Timer::Election));
        if let RoleState::Follower { heard_leader, .. } = &mut self.role {
            *heard_leader = false;
        }
        if !self.configurations.may_campaign(self.id, self.commit_index) {
            out.why(|| ElectionWhy::NoVoter);
        } else if self.options.pre_vote {
            self.ask_for_pre_votes(cause, out);
        } else {
            self.campaign(cause, out);
        }
    }

    /// Becomes a candidate and asks for votes.
    pub(super) fn campaign(&mut self, cause: CampaignCause, out: &mut Effects) {
        let transfer = matches!(cause, CampaignCause::Transfer(_));
        self.become_candidate();
        // After a pre-vote, the timer was started when the pre-vote began.
        let fixed_timeout =
            cause != CampaignCause::PreVoteWon && !self.options.rules.on(Rule::RandomTimeout);
        out.why(|| ElectionWhy::Campaigned { term: self.current_term, cause, fixed_timeout });
        let LogId { index: last_index, term: last_term } = self.log.last_id();
        for peer in self.peers().intersection(self.configuration().electorate()).iter() {
            let body = Body::RequestVote { last_index, last_term, transfer };
            self.send_durably(peer, body, out);
        }
        // Its own vote counts once it is stable (`became_stable`); if votes are not written, now.
        if !self.options.rules.on(Rule::PersistVote) {
            out.why(|| VoteWhy::SentUnwritten { candidate: self.id, own: true });
            self.count_vote(self.id, true, out);
        }
    }

    /// RequestVote of the current term arrives.
    pub(super) fn vote_requested(&mut self, candidate: ServerId, theirs: LogId, out: &mut Effects) {
        let granted = self.decide_vote(candidate, theirs, out);
        if granted {
            if self.voted_for != Some(candidate) {
                self.set_hard_state(self.current_term, Some(candidate));
                if !self.options.rules.on(Rule::PersistVote) {
                    out.why(|| VoteWhy::SentUnwritten { candidate, own: false });
                }
            }
            // Gives the candidate time to win. Only for a granted vote: a server whose log wins
            // must not be kept from campaigning by candidates that cannot win.
            out.list.push(Effect::SetTimer(Timer::Election));
        }
        self.send_durably(candidate, Body::Vote { granted }, out);
    }

    /// Figure 2, RequestVote, step 2.
    fn decide_vote(&self, candidate: ServerId, theirs: LogId, out: &mut Effects) -> bool {
        let rules = self.options.rules;
        let term = self.current_term;
        if self.is_leader() {
            out.why(|| VoteWhy::LeadsTerm { candidate, term });
            return false;
        }
        if let Some(voted_for) = self.voted_for.filter(|&other| other != candidate)
            && rules.on(Rule::OneVote)
        {
            let own = voted_for == self.id;
            out.why(|| VoteWhy::AlreadyVoted { candidate, voted_for, own, term });
            return false;
        }
        let ours = self.log.last_id();
        if !theirs.is_up_to_date_with(ours) && rules.on(Rule::UpToDate) {
            out.why(|| VoteWhy::CandidateLogBehind { candidate, theirs, ours });
            return false;
        }
        let voted_for = self.voted_for;
        out.why(|| VoteWhy::Granted { candidate, voted_for, theirs, ours });
        true
    }

    /// A vote of the current term arrives.
    pub(super) fn vote_received(&mut self, from: ServerId, granted: bool, out: &mut Effects) {
        if !matches!(self.role, RoleState::Candidate { pre_vote: false, .. }) {
            let (term, role) = (self.current_term, self.role());
            out.why(|| VoteWhy::NotCounted { from, term, role });
            return;
        }
        self.count_vote(from, granted, out);
    }

    /// Counts a vote or a pre-vote for this candidate. Sets, not numbers: a duplicated reply must
    /// not count twice.
    pub(super) fn count_vote(&mut self, from: ServerId, grants: bool, out: &mut Effects) {
        let RoleState::Candidate { pre_vote, granted, denied } = &mut self.role else { return };
        let pre_vote = *pre_vote;
        if grants {
            granted.insert(from)
        } else {
            denied.insert(from)
        }
        let (granted, denied) = (*granted, *denied);
        let configuration = *self.configuration();
        let majority = self.options.rules.on(Rule::Majority);
        let won = configuration.is_quorum(granted, majority);
        let votes = |servers| VoterCount::of(&configuration, servers, majority);
        let tally = || VoteTally { votes: votes(granted), pre_vote, won };
        if from != self.id {
            let candidate = self.id;
            out.why(|| {
                let tally = tally();
                VoteWhy::Counted { from, candidate, granted: grants, tally }
            });
        }
        if won && pre_vote {
            out.why(|| PreVoteWhy::Won { term: self.current_term + 1, tally: tally() });
            self.campaign(CampaignCause::PreVoteWon, out);
        } else if won {
            out.why(|| ElectionWhy::Elected { term: self.current_term, tally: tally() });
            self.become_leader(out);
        } else if configuration.is_lost(denied, majority) {
            let term = self.current_term + u64::from(pre_vote);
            out.why(|| ElectionWhy::ElectionLost { term, denied: votes(denied), pre_vote });
            self.step_down(out);
        }
    }
}
