//! Pre-votes (dissertation, section 9.6).

use super::votes::VoteTally;
use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{LogId, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PreVoteWhy {
    Started {
        proposed: Term,
    },
    Granted {
        candidate: ServerId,
        proposed: Term,
        up_to_date: bool,
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
    Won {
        term: Term,
        tally: VoteTally,
    },
}

impl PreVoteWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        let (principle, section) = ("pre-vote", "dissertation, section 9.6");
        match *self {
            PreVoteWhy::Started { proposed } => Reason::new(
                topic,
                principle,
                section,
                "no leader was heard within the election timeout, and `pre-vote` is on",
                format!("asks for pre-votes for term {proposed}"),
            ),
            PreVoteWhy::Granted { candidate, proposed, up_to_date, leader } => {
                let log = match up_to_date {
                    true => "at least as up to date",
                    false => "behind, but `up-to-date` is off",
                };
                Reason::new(
                    topic,
                    principle,
                    section,
                    match leader {
                        None => format!("{candidate:#}'s log is {log}, and term {proposed} is new"),
                        Some(leader) => format!(
                            "{candidate:#}'s log is {log}, and term {proposed} is new; that \
                             {leader:#} leads counts only with `check-quorum`"
                        ),
                    },
                    format!("would vote for {candidate:#}"),
                )
            }
            PreVoteWhy::TermOld { candidate, proposed, ours } => Reason::new(
                topic,
                principle,
                section,
                format!("term {proposed} is not above its own {ours}"),
                format!("would not vote for {candidate:#}"),
            ),
            PreVoteWhy::LogBehind { candidate, theirs, ours } => Reason::new(
                topic,
                Rule::UpToDate,
                "section 5.4.1",
                format!("{candidate:#}'s log ({theirs}) is behind its own ({ours})"),
                format!("rejects {candidate:#}"),
            ),
            PreVoteWhy::Won { term, tally } => Reason::new(
                topic,
                principle,
                section,
                tally.to_string(),
                format!("campaigns in term {term}"),
            ),
        }
    }
}
