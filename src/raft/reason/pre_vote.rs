//! Pre-votes (dissertation, section 9.6).

use super::elections::{CampaignCause, FIXED_TIMEOUT};
use super::tally::VoteTally;
use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId, Term};

const SECTION: &str = "dissertation, section 9.6";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PreVoteWhy {
    Started {
        proposed: Term,
        cause: CampaignCause,
        /// The election timer starts again, and not at random: `random-timeout` is off.
        fixed_timeout: bool,
    },
    Granted {
        candidate: ServerId,
        proposed: Term,
        theirs: LogId,
        /// Newer than `theirs`: `up-to-date` is off.
        ours: LogId,
        /// The leader that this server hears, or is.
        leader: Option<ServerId>,
    },
    TermOld {
        candidate: ServerId,
        proposed: Term,
        ours: Term,
    },
    LogBehind {
        candidate: ServerId,
        theirs: LogId,
        ours: LogId,
    },
    /// A reply reaches a server that does not ask for pre-votes for that term, or not any more.
    NotCounted {
        from: ServerId,
        proposed: Term,
    },
    Won {
        term: Term,
        tally: VoteTally,
    },
}

impl PreVoteWhy {
    pub(super) fn topic(&self) -> Topic {
        match self {
            PreVoteWhy::Started { .. }
            | PreVoteWhy::Granted { .. }
            | PreVoteWhy::TermOld { .. }
            | PreVoteWhy::LogBehind { .. }
            | PreVoteWhy::Won { .. } => Topic::Elections,
            PreVoteWhy::NotCounted { .. } => Topic::Messages,
        }
    }

    pub(super) fn changes_role(&self) -> bool {
        match self {
            PreVoteWhy::Started { .. } => true,
            PreVoteWhy::Granted { .. }
            | PreVoteWhy::TermOld { .. }
            | PreVoteWhy::LogBehind { .. }
            | PreVoteWhy::NotCounted { .. }
            | PreVoteWhy::Won { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let pre_vote = Demand::from("pre-vote");
        let (principle, section, fact, decision) = match *self {
            PreVoteWhy::Started { proposed, cause, fixed_timeout } => {
                let fact = format!("{}, and `pre-vote` is on", cause.fact(proposed - 1));
                let asks = format!("asks for pre-votes for term {proposed}");
                match fixed_timeout {
                    false => (pre_vote, SECTION, fact, asks),
                    true => {
                        let rule = Demand::off(Rule::RandomTimeout);
                        (rule, "section 5.2", fact, format!("{asks}{FIXED_TIMEOUT}"))
                    }
                }
            }
            PreVoteWhy::Granted { candidate, proposed, theirs, ours, leader } => {
                let (principle, log) = match theirs.is_up_to_date_with(ours) {
                    true => (pre_vote, "at least as up to date as its own"),
                    false => {
                        (Demand::off(Rule::UpToDate), "behind its own, but `up-to-date` is off")
                    }
                };
                let leads = leader.map_or_else(String::new, |leader| {
                    format!("; that {leader:#} leads counts only with `check-quorum`")
                });
                let fact =
                    format!("{candidate:#}'s log is {log}, and term {proposed} is new{leads}");
                (principle, SECTION, fact, format!("would vote for {candidate:#}"))
            }
            PreVoteWhy::TermOld { candidate, proposed, ours } => (
                pre_vote,
                SECTION,
                format!("term {proposed} is not above its own {ours}"),
                format!("would not vote for {candidate:#}"),
            ),
            PreVoteWhy::LogBehind { candidate, theirs, ours } => (
                Rule::UpToDate.into(),
                "section 5.4.1",
                format!("{candidate:#}'s log ({theirs}) is behind its own ({ours})"),
                format!("would not vote for {candidate:#}"),
            ),
            PreVoteWhy::NotCounted { from, proposed } => (
                pre_vote,
                SECTION,
                format!("it asks for no pre-votes for term {proposed} now"),
                format!("does not count {from:#}'s reply"),
            ),
            PreVoteWhy::Won { term, tally } => {
                let rule = match tally.votes.needs_rule_off() {
                    true => Demand::off(Rule::Majority),
                    false => pre_vote,
                };
                (rule, SECTION, tally.to_string(), format!("campaigns in term {term}"))
            }
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}
