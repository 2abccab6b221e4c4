//! Votes, granted, denied and counted (sections 5.2 and 5.4.1).

use std::fmt;

use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoteWhy {
    Granted {
        candidate: ServerId,
        /// The vote in this term so far.
        voted_for: Option<ServerId>,
        theirs: LogId,
        ours: LogId,
    },
    AlreadyVoted {
        candidate: ServerId,
        voted_for: ServerId,
        term: Term,
    },
    CandidateLogBehind {
        candidate: ServerId,
        theirs: LogId,
        ours: LogId,
    },
    /// A vote or pre-vote for this server (`candidate`).
    Counted {
        from: ServerId,
        candidate: ServerId,
        pre_vote: bool,
        granted: bool,
        tally: VoteTally,
    },
}

impl VoteWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            VoteWhy::Granted { candidate, voted_for, theirs, ours } => {
                let reason = Reason::new(
                    topic,
                    Rule::UpToDate,
                    "section 5.4.1",
                    granted(candidate, voted_for, theirs, ours),
                    format!("votes for {candidate:#}"),
                );
                match voted_for {
                    Some(other) if other != candidate => reason.despite(Rule::OneVote),
                    _ if !theirs.is_up_to_date_with(ours) => reason.despite(Rule::UpToDate),
                    _ => reason,
                }
            }
            VoteWhy::AlreadyVoted { candidate, voted_for, term } => Reason::new(
                topic,
                Rule::OneVote,
                "section 5.2",
                format!("already voted for {voted_for:#} in term {term}"),
                format!("rejects {candidate:#}"),
            ),
            VoteWhy::CandidateLogBehind { candidate, theirs, ours } => Reason::new(
                topic,
                Rule::UpToDate,
                "section 5.4.1",
                format!("{candidate:#}'s log ({theirs}) is behind its own ({ours})"),
                format!("rejects {candidate:#}"),
            ),
            VoteWhy::Counted { from, candidate, pre_vote, granted, tally } => {
                let verb = match (pre_vote, granted) {
                    (true, true) => "would vote for",
                    (true, false) => "would not vote for",
                    (false, true) => "votes for",
                    (false, false) => "rejects",
                };
                Reason::new(
                    topic,
                    Rule::Majority,
                    "section 5.2",
                    format!("{from:#} {verb} {candidate:#}"),
                    tally.to_string(),
                )
            }
        }
    }
}

fn granted(candidate: ServerId, voted_for: Option<ServerId>, theirs: LogId, ours: LogId) -> String {
    let vote = match voted_for {
        None => "no vote in this term yet".to_string(),
        Some(server) if server == candidate => {
            format!("already voted for {server:#} in this term")
        }
        Some(server) => format!("already voted for {server:#}, but `one-vote` is off"),
    };
    let log = match theirs.is_up_to_date_with(ours) {
        true => "is at least as up to date as its own",
        false => "is behind its own",
    };
    let rule = match theirs.is_up_to_date_with(ours) {
        true => "",
        false => ", but `up-to-date` is off",
    };
    format!("{vote}, and {candidate:#}'s log ({theirs}) {log} ({ours}){rule}")
}

/// A candidate's votes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoteTally {
    pub have: u8,
    /// The number of votes for a quorum; in joint consensus, for a quorum of the larger group.
    pub needed: u8,
    pub voters: u8,
    /// Quorums of the old and of the new voters are needed.
    pub joint: bool,
    /// The votes suffice.
    pub won: bool,
    pub pre_vote: bool,
    /// The rule `majority` is on.
    pub majority: bool,
}

impl fmt::Display for VoteTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VoteTally { have, needed, voters, .. } = *self;
        let (one, many) = if self.pre_vote { ("pre-vote", "pre-votes") } else { ("vote", "votes") };
        write!(f, "{have} {}", if have == 1 { one } else { many })?;
        match (self.won, self.joint) {
            (false, false) => write!(f, ", needs {needed}"),
            (false, true) => f.write_str(", needs enough of the old and of the new voters"),
            (true, _) if !self.majority => f.write_str(": enough with `majority` off"),
            (true, false) => write!(f, ": a majority of {voters}"),
            (true, true) => f.write_str(": majorities of the old and of the new voters"),
        }
    }
}
