//! Starting, campaigning, winning and losing (section 5.2).

use super::votes::VoteTally;
use super::words::{Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElectionWhy {
    /// The process starts with the state on its disk.
    Started {
        term: Term,
        voted_for: Option<ServerId>,
        last_index: Index,
    },
    /// No leader was heard within the election timeout, or the leader sent TimeoutNow (`transfer`).
    TimedOut {
        term: Term,
        transfer: bool,
    },
    /// A server without a vote does not campaign.
    NoVoter,
    Elected {
        term: Term,
        tally: VoteTally,
    },
    ElectionLost {
        term: Term,
        denied: usize,
        voters: usize,
    },
    /// A candidate hears the leader of its own term.
    LeaderRecognized {
        leader: ServerId,
        term: Term,
    },
    /// A second leader of the same term: a rule is off.
    RivalLeader {
        leader: ServerId,
        term: Term,
    },
}

impl ElectionWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn changes_role(&self) -> bool {
        match self {
            ElectionWhy::Started { .. }
            | ElectionWhy::TimedOut { .. }
            | ElectionWhy::Elected { .. }
            | ElectionWhy::ElectionLost { .. }
            | ElectionWhy::LeaderRecognized { .. } => true,
            ElectionWhy::NoVoter | ElectionWhy::RivalLeader { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            ElectionWhy::Started { term, voted_for, last_index } => {
                let vote = voted_for.map_or("none".to_string(), |server| format!("{server:#}"));
                Reason::new(
                    topic,
                    "start as a follower",
                    "section 5.2",
                    format!("the disk holds term {term}, vote {vote}, a log up to {last_index}"),
                    format!("follower in term {term}"),
                )
            }
            ElectionWhy::TimedOut { term, transfer } => {
                let before = term - 1;
                let fact = match transfer {
                    false => "no leader was heard within the election timeout",
                    true => "the leader transfers its leadership",
                };
                Reason::new(
                    topic,
                    "no heartbeat within the timeout",
                    "section 5.2",
                    format!("{fact} (term {before})"),
                    format!("candidate in term {term}, votes for itself"),
                )
            }
            ElectionWhy::NoVoter => Reason::new(
                topic,
                "only voters campaign",
                "section 6",
                "it has no vote in its configuration",
                "does not campaign",
            ),
            ElectionWhy::Elected { term, tally } => Reason::new(
                topic,
                Rule::Majority,
                "section 5.2",
                tally.to_string(),
                format!("leader of term {term}"),
            ),
            ElectionWhy::ElectionLost { term, denied, voters } => Reason::new(
                topic,
                Rule::Majority,
                "section 5.2",
                format!("{denied} of {voters} voters have rejected it"),
                format!("cannot win term {term}, returns to follower"),
            ),
            ElectionWhy::LeaderRecognized { leader, term } => Reason::new(
                topic,
                "one leader per term",
                "section 5.2",
                format!("{leader:#} leads term {term}, this candidate's own"),
                "returns to follower, keeps its vote",
            ),
            ElectionWhy::RivalLeader { leader, term } => Reason::new(
                topic,
                "election safety",
                "section 5.2",
                format!("{leader:#} leads term {term} too, although the rules allow one leader"),
                "ignores it",
            ),
        }
    }
}
