//! Elections (section 5.2) and the restriction on them (section 5.4.1).

use std::collections::VecDeque;

use super::command::{Command, Entry};
use super::configuration::Configuration;
use super::io::{Effect, Effects, Timer};
use super::message::Body;
use super::node::Node;
use super::role::{Leadership, Leaving, Progress, State};
use super::rules::Rule;
use super::types::{ServerId, ServerSet};
use super::why::{At, Why};

impl Node {
    /// The election timer has fired: campaign, or first ask whether that makes sense.
    pub(super) fn election_timeout(&mut self, out: &mut Effects) {
        if matches!(self.state, State::Leader(_)) {
            return;
        }
        out.list.push(Effect::SetTimer(Timer::Election));
        if let State::Follower { fresh, .. } = &mut self.state {
            *fresh = false;
        }
        if !self.may_campaign() {
            out.why(|| Why::NoVoter);
        } else if self.options.pre_vote {
            self.ask_first(out);
        } else {
            self.campaign(false, out);
        }
    }

    /// Becomes a candidate in the next term and asks for votes.
    pub(super) fn campaign(&mut self, transfer: bool, out: &mut Effects) {
        self.set_hard_state(self.current_term + 1, Some(self.id));
        out.why(|| Why::TimedOut { term: self.current_term });
        self.state =
            State::Candidate { pre: false, granted: ServerSet::EMPTY, rejected: ServerSet::EMPTY };
        let last = self.last_entry();
        for peer in self.peers().intersection(self.configuration().electorate()).iter() {
            let (last_index, last_term) = (last.index, last.term);
            let body = Body::RequestVote { last_index, last_term, transfer };
            self.send_durably(peer, body, out);
        }
        // Its own vote counts once it is stable; where nothing is written, at once.
        if !self.options.rules.on(Rule::PersistVote) {
            self.count_vote(self.id, true, out);
        }
    }

    /// A candidate of this term asks for a vote.
    pub(super) fn vote_requested(&mut self, candidate: ServerId, theirs: At, out: &mut Effects) {
        let granted = self.decide_vote(candidate, theirs, out);
        if granted {
            if self.voted_for != Some(candidate) {
                self.set_hard_state(self.current_term, Some(candidate));
            }
            out.list.push(Effect::SetTimer(Timer::Election));
        }
        self.send_durably(candidate, Body::Vote { granted }, out);
    }

    fn decide_vote(&self, candidate: ServerId, theirs: At, out: &mut Effects) -> bool {
        let rules = self.options.rules;
        let term = self.current_term;
        if matches!(self.state, State::Leader(_)) {
            out.why(|| Why::VoteTaken { candidate, voted_for: self.id, term });
            return false;
        }
        if let Some(voted_for) = self.voted_for.filter(|&other| other != candidate)
            && rules.on(Rule::OneVote)
        {
            out.why(|| Why::VoteTaken { candidate, voted_for, term });
            return false;
        }
        let ours = self.last_entry();
        let up_to_date = (theirs.term, theirs.index) >= (ours.term, ours.index);
        if !up_to_date && rules.on(Rule::UpToDate) {
            out.why(|| Why::VoteLogBehind { candidate, theirs, ours });
            return false;
        }
        out.why(|| Why::VoteGranted { candidate, theirs, ours });
        true
    }

    /// A vote of this term arrives.
    pub(super) fn vote_received(&mut self, from: ServerId, granted: bool, out: &mut Effects) {
        if !matches!(self.state, State::Candidate { pre: false, .. }) {
            out.why(|| self.late(super::message::Kind::Vote, self.current_term));
            return;
        }
        self.count_vote(from, granted, out);
    }

    pub(super) fn count_vote(&mut self, from: ServerId, yes: bool, out: &mut Effects) {
        let State::Candidate { pre, granted, rejected } = &mut self.state else { return };
        let pre = *pre;
        let side = if yes { &mut *granted } else { &mut *rejected };
        side.insert(from);
        let (granted, rejected) = (*granted, *rejected);
        let configuration = *self.configuration();
        let majority = self.options.rules.on(Rule::Majority);
        let voters = configuration.electorate().len();
        let have = granted.intersection(configuration.electorate()).len();
        if from != self.id {
            let needed = configuration
                .groups()
                .map(|voters| Configuration::needed(voters, majority))
                .max()
                .unwrap_or(0);
            let joint = configuration.is_joint();
            out.why(|| Why::VoteCounted { from, granted: yes, have, needed, joint });
        }
        if pre && configuration.is_quorum(granted, majority) {
            out.why(|| Why::CouldWin { term: self.current_term + 1, have, voters });
            self.campaign(false, out);
        } else if configuration.is_quorum(granted, majority) {
            let joint = configuration.is_joint();
            out.why(|| Why::Elected { term: self.current_term, have, voters, joint });
            self.become_leader(out);
        } else if configuration.is_lost(rejected, majority) {
            let refused = rejected.len();
            let term = self.current_term + u64::from(pre);
            out.why(|| Why::Defeated { term, refused, voters });
            self.become_follower(None, out);
        }
    }

    fn become_leader(&mut self, out: &mut Effects) {
        let next_index = self.log.last_index() + 1;
        let progress =
            std::array::from_fn(|_| Progress { next_index, probing: true, ..Progress::default() });
        self.state = State::Leader(Box::new(Leadership {
            progress,
            round: 0,
            transfer: None,
            handed_over: false,
            lease_over: 0,
            leaving: Leaving::default(),
            own_term_from: next_index,
            awaited: VecDeque::new(),
            reads: Vec::new(),
            early_reads: Vec::new(),
        }));
        out.list.push(Effect::StopTimer(Timer::Election));
        out.list.push(Effect::SetTimer(Timer::Heartbeat));
        if self.options.check_quorum {
            out.list.push(Effect::SetTimer(Timer::Quorum));
        }
        if self.options.rules.on(Rule::LeaderNoop) {
            let term = self.current_term;
            let index = self.append_to_own_log(Entry { term, command: Command::Noop });
            out.why(|| Why::NoopAppended { index, term });
        }
        self.start_round(out);
        self.commit_by_counting(out);
    }
}
