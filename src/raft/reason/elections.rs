//! Starting, campaigning, winning and losing (section 5.2).

use super::tally::{VoteTally, VoterCount};
use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElectionWhy {
    /// The process starts with the state on its disk.
    Started {
        term: Term,
        voted_for: Option<ServerId>,
        last_index: Index,
        /// Whether the rule `persist-vote` is on.
        persist_vote: bool,
    },
    Campaigned {
        /// The new term.
        term: Term,
        cause: CampaignCause,
        /// The election timer starts again, and not at random: `random-timeout` is off.
        fixed_timeout: bool,
    },
    /// A server without a vote does not campaign.
    NoVoter,
    Elected {
        term: Term,
        tally: VoteTally,
    },
    ElectionLost {
        term: Term,
        denied: VoterCount,
        pre_vote: bool,
    },
    /// A candidate hears the leader of its own term.
    LeaderRecognized {
        leader: ServerId,
        term: Term,
        pre_vote: bool,
    },
    /// A second leader of the same term: a rule is off, or a message was forged.
    RivalLeader {
        leader: ServerId,
        term: Term,
    },
}

/// What made a server campaign, or ask for pre-votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CampaignCause {
    /// A follower's election timer fired.
    NoLeader,
    /// The election timer of a candidate or pre-candidate fired.
    NoResult,
    /// A person or a script fired the election timer.
    Fired,
    PreVoteWon,
    /// The leader sent TimeoutNow.
    Transfer(ServerId),
}

impl CampaignCause {
    /// `term`: the one before the campaign.
    pub(super) fn fact(self, term: Term) -> String {
        match self {
            CampaignCause::NoLeader => {
                format!("no leader was heard within the election timeout (term {term})")
            }
            CampaignCause::NoResult => {
                format!("neither won nor heard a leader within the election timeout (term {term})")
            }
            CampaignCause::Fired => format!("an action fired its election timer (term {term})"),
            CampaignCause::PreVoteWon => format!("it has won the pre-vote (term {term})"),
            CampaignCause::Transfer(leader) => {
                format!("leader {leader:#} transfers its leadership (term {term})")
            }
        }
    }

    fn rule(self) -> (Demand, &'static str) {
        match self {
            CampaignCause::NoLeader => ("no heartbeat within the timeout".into(), "section 5.2"),
            CampaignCause::NoResult => ("try again in a new term".into(), "section 5.2"),
            CampaignCause::Fired => ("the election timer starts elections".into(), "section 5.2"),
            CampaignCause::PreVoteWon => ("pre-vote".into(), "dissertation, section 9.6"),
            CampaignCause::Transfer(_) => {
                ("leadership transfer".into(), "dissertation, section 3.10")
            }
        }
    }
}

/// The election timer has been started with a fixed time.
pub(super) const FIXED_TIMEOUT: &str = ", waits a fixed time (`random-timeout` is off)";

impl ElectionWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn changes_role(&self) -> bool {
        match self {
            ElectionWhy::Started { .. }
            | ElectionWhy::Campaigned { .. }
            | ElectionWhy::Elected { .. }
            | ElectionWhy::ElectionLost { .. }
            | ElectionWhy::LeaderRecognized { .. } => true,
            ElectionWhy::NoVoter | ElectionWhy::RivalLeader { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            ElectionWhy::Started { term, voted_for, last_index, persist_vote } => {
                let fact = started(term, voted_for, last_index);
                let off =
                    if persist_vote { "" } else { "; `persist-vote` is off, it keeps no votes" };
                let decision = format!("follower in term {term}");
                ("start as a follower".into(), "section 5.2", format!("{fact}{off}"), decision)
            }
            ElectionWhy::Campaigned { term, cause, fixed_timeout } => {
                let (principle, section) = match fixed_timeout {
                    true => (Demand::off(Rule::RandomTimeout), "section 5.2"),
                    false => cause.rule(),
                };
                let wait = if fixed_timeout { FIXED_TIMEOUT } else { "" };
                let decision = format!("candidate in term {term}, votes for itself{wait}");
                (principle, section, cause.fact(term - 1), decision)
            }
            ElectionWhy::NoVoter => (
                "only voters campaign".into(),
                "section 6",
                "it has no vote in its configuration".to_string(),
                "does not campaign".to_string(),
            ),
            ElectionWhy::Elected { term, tally } => {
                (tally.demand(), "section 5.2", tally.to_string(), format!("leader of term {term}"))
            }
            ElectionWhy::ElectionLost { term, denied, pre_vote } => {
                let verb = if pre_vote { "would reject it" } else { "have rejected it" };
                let fact = format!("{} {verb}", denied.counted("voters"));
                let decision = format!("cannot win term {term}, returns to follower");
                (Rule::Majority.into(), "section 5.2", fact, decision)
            }
            ElectionWhy::LeaderRecognized { leader, term, pre_vote } => {
                let server = if pre_vote { "pre-candidate" } else { "candidate" };
                let fact = format!("{leader:#} leads term {term}, this {server}'s own");
                let decision = "returns to follower, keeps its vote".to_string();
                ("one leader per term".into(), "section 5.2", fact, decision)
            }
            ElectionWhy::RivalLeader { leader, term } => (
                "election safety".into(),
                "section 5.2",
                format!("{leader:#} leads term {term} too, although the rules allow one leader"),
                "ignores it".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

fn started(term: Term, voted_for: Option<ServerId>, last_index: Index) -> String {
    let vote = voted_for.map_or("none".to_string(), |server| format!("{server:#}"));
    let log = match last_index {
        0 => "an empty log".to_string(),
        _ => format!("a log up to {last_index}"),
    };
    format!("starts from its disk: term {term}, vote {vote}, {log}")
}
