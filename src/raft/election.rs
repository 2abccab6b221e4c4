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
use super::membership::configuration::Configuration;
use super::message::{Body, Kind};
use super::node::Node;
use super::reason::{ElectionWhy, PreVoteWhy, VoteTally, VoteWhy};
use super::role::RoleState;
use super::rules::Rule;
use super::types::{LogId, ServerId, ServerSet};

impl Node {
    /// No leader was heard for an election timeout: campaign, or ask for pre-votes first. The timer
    /// starts again, so that a split vote is followed by another election (section 5.2).
    pub(super) fn election_timeout(&mut self, out: &mut Effects) {
        out.list.push(Effect::SetTimer(Timer::Election));
        if let RoleState::Follower { heard_leader, .. } = &mut self.role {
            *heard_leader = false;
        }
        if !self.configurations.may_campaign(self.id, self.commit_index) {
            out.why(|| ElectionWhy::NoVoter);
        } else if self.options.pre_vote {
            self.ask_for_pre_votes(out);
        } else {
            self.campaign(false, out);
        }
    }

    /// Becomes a candidate and asks for votes. `transfer`: because the leader asked for it.
    pub(super) fn campaign(&mut self, transfer: bool, out: &mut Effects) {
        self.become_candidate();
        out.why(|| ElectionWhy::TimedOut { term: self.current_term, transfer });
        let LogId { index: last_index, term: last_term } = self.log.last_id();
        for peer in self.peers().intersection(self.configuration().electorate()).iter() {
            let body = Body::RequestVote { last_index, last_term, transfer };
            self.send_durably(peer, body, out);
        }
        // Its own vote counts once it is stable (`became_stable`); if votes are not written, now.
        if !self.options.rules.on(Rule::PersistVote) {
            self.count_vote(self.id, true, out);
        }
    }

    /// RequestVote of the current term arrives.
    pub(super) fn vote_requested(&mut self, candidate: ServerId, theirs: LogId, out: &mut Effects) {
        let granted = self.decide_vote(candidate, theirs, out);
        if granted {
            if self.voted_for != Some(candidate) {
                self.set_hard_state(self.current_term, Some(candidate));
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
            out.why(|| VoteWhy::AlreadyVoted { candidate, voted_for: self.id, term });
            return false;
        }
        if let Some(voted_for) = self.voted_for.filter(|&other| other != candidate)
            && rules.on(Rule::OneVote)
        {
            out.why(|| VoteWhy::AlreadyVoted { candidate, voted_for, term });
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
            out.why(|| self.late(Kind::Vote, self.current_term));
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
        let tally = || tally(&configuration, granted, pre_vote, won, majority);
        if from != self.id {
            let candidate = self.id;
            out.why(|| {
                let tally = tally();
                VoteWhy::Counted { from, candidate, pre_vote, granted: grants, tally }
            });
        }
        if won && pre_vote {
            out.why(|| PreVoteWhy::Won { term: self.current_term + 1, tally: tally() });
            self.campaign(false, out);
        } else if won {
            out.why(|| ElectionWhy::Elected { term: self.current_term, tally: tally() });
            self.become_leader(out);
        } else if configuration.is_lost(denied, majority) {
            let term = self.current_term + u64::from(pre_vote);
            let voters = configuration.electorate().len();
            out.why(|| ElectionWhy::ElectionLost { term, denied: denied.len(), voters });
            self.step_down(out);
        }
    }
}

fn tally(
    configuration: &Configuration,
    granted: ServerSet,
    pre_vote: bool,
    won: bool,
    majority: bool,
) -> VoteTally {
    let voters = configuration.electorate();
    let needed = configuration.groups().map(|group| Configuration::needed(group, majority));
    VoteTally {
        have: granted.intersection(voters).len() as u8,
        needed: needed.max().unwrap_or(0) as u8,
        voters: voters.len() as u8,
        joint: configuration.is_joint(),
        won,
        pre_vote,
        majority,
    }
}
