//! Votes, granted, denied and counted (sections 5.2 and 5.4.1).

use super::tally::VoteTally;
use super::words::{Demand, Reason, Topic};
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoteWhy {
    Granted {
        candidate: ServerId,
        /// The vote in this term so far. Another one than the candidate: `one-vote` is off.
        voted_for: Option<ServerId>,
        theirs: LogId,
        /// Newer than `theirs`: `up-to-date` is off.
        ours: LogId,
    },
    /// `persist-vote` is off. The candidate may be this server.
    SentUnwritten {
        candidate: ServerId,
        own: bool,
    },
    AlreadyVoted {
        candidate: ServerId,
        voted_for: ServerId,
        /// The vote was for itself.
        own: bool,
        term: Term,
    },
    /// A leader denies its vote, whomever it has voted for.
    LeadsTerm {
        candidate: ServerId,
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
        granted: bool,
        tally: VoteTally,
    },
    /// A vote of this term reaches a server that is not a candidate, or not any more.
    NotCounted {
        from: ServerId,
        term: Term,
        role: Role,
    },
}

impl VoteWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            VoteWhy::Granted { .. }
            | VoteWhy::SentUnwritten { .. }
            | VoteWhy::AlreadyVoted { .. }
            | VoteWhy::LeadsTerm { .. }
            | VoteWhy::CandidateLogBehind { .. }
            | VoteWhy::Counted { .. } => Topic::Elections,
            VoteWhy::NotCounted { .. } => Topic::Messages,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            VoteWhy::Granted { candidate, voted_for, theirs, ours } => {
                return granted(self.topic(), candidate, voted_for, theirs, ours);
            }
            VoteWhy::SentUnwritten { candidate, own } => {
                let vote = match own {
                    true => "counts its own vote".to_string(),
                    false => format!("sends its vote for {candidate:#}"),
                };
                (
                    Demand::off(Rule::PersistVote),
                    "figure 2",
                    "`persist-vote` is off".to_string(),
                    format!("{vote} without writing term and vote to its disk"),
                )
            }
            VoteWhy::AlreadyVoted { candidate, voted_for, own, term } => {
                let fact = match own {
                    true => format!("already voted for itself in term {term}"),
                    false => format!("already voted for {voted_for:#} in term {term}"),
                };
                (Rule::OneVote.into(), "section 5.2", fact, format!("rejects {candidate:#}"))
            }
            VoteWhy::LeadsTerm { candidate, term } => (
                "one leader per term".into(),
                "section 5.2",
                format!("it leads term {term} itself"),
                format!("rejects {candidate:#}"),
            ),
            VoteWhy::CandidateLogBehind { candidate, theirs, ours } => (
                Rule::UpToDate.into(),
                "section 5.4.1",
                format!("{candidate:#}'s log ({theirs}) is behind its own ({ours})"),
                format!("rejects {candidate:#}"),
            ),
            VoteWhy::Counted { from, candidate, granted, tally } => {
                let verb = match (tally.pre_vote, granted) {
                    (true, true) => "would vote for",
                    (true, false) => "would not vote for",
                    (false, true) => "votes for",
                    (false, false) => "rejects",
                };
                let fact = format!("{from:#} {verb} {candidate:#}");
                (tally.demand(), "section 5.2", fact, tally.to_string())
            }
            VoteWhy::NotCounted { from, term, role } => {
                let fact = match role {
                    Role::Leader => format!("it leads term {term} already"),
                    _ => format!("it is not a candidate in term {term}, but a {role}"),
                };
                let decision = format!("does not count {from:#}'s reply");
                ("candidates count votes".into(), "section 5.2", fact, decision)
            }
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

fn granted(
    topic: Topic,
    candidate: ServerId,
    voted_for: Option<ServerId>,
    theirs: LogId,
    ours: LogId,
) -> Reason {
    let up_to_date = theirs.is_up_to_date_with(ours);
    let second = voted_for.is_some_and(|server| server != candidate);
    let vote = match voted_for {
        None => "no vote in this term yet".to_string(),
        Some(server) if server == candidate => {
            format!("already voted for {server:#} in this term")
        }
        Some(server) => {
            format!("already voted for {server:#} in this term, but `one-vote` is off")
        }
    };
    let log = match up_to_date {
        true => {
            format!("{candidate:#}'s log ({theirs}) is at least as up to date as its own ({ours})")
        }
        false => format!(
            "{candidate:#}'s log ({theirs}) is behind its own ({ours}), but `up-to-date` is off"
        ),
    };
    let repeated = voted_for == Some(candidate);
    let (demand, section): (Demand, _) = match (second, up_to_date) {
        (true, _) => (Demand::off(Rule::OneVote), "section 5.2"),
        (false, false) => (Demand::off(Rule::UpToDate), "section 5.4.1"),
        (false, true) if repeated => (Rule::OneVote.into(), "section 5.2"),
        (false, true) => (Rule::UpToDate.into(), "section 5.4.1"),
    };
    let again = if repeated { "repeats its vote for" } else { "votes for" };
    Reason::new(
        topic,
        demand,
        section,
        format!("{vote}, and {log}"),
        format!("{again} {candidate:#}"),
    )
}
