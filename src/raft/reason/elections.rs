//! Starting, campaigning, winning and losing (section 5.2).

use super::tally::{VoteTally, VoterCount};
use super::words::{Demand, Reason, Topic};
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElectionWhy {
    /// The process starts with the state on its disk.
    Started {
        term: Term,
        voted_for: Option<ServerId>,
        last_index: Index,
        /// The commit index that a script gives; 0 if it gives none.
        given_commit: Index,
        /// Follower or learner.
        role: Role,
        /// Whether the rule `persist-vote` is on.
        persist_vote: bool,
        /// Whether the rule `persist-log` is on.
        persist_log: bool,
        /// The election timer starts, and not at random: `random-timeout` is off.
        fixed_timeout: bool,
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

/// The election timer has been started with a fixed time, unless it never fires.
pub(super) const FIXED_TIMEOUT: &str =
    "; its election timeout is not random (`random-timeout` is off)";

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
            ElectionWhy::Started {
                term,
                voted_for,
                last_index,
                given_commit,
                role,
                persist_vote,
                persist_log,
                fixed_timeout,
            } => {
                let disk = from_disk(term, voted_for, last_index, given_commit);
                let fact = format!("{disk}{}", unwritten(persist_vote, persist_log));
                let (principle, wait) = waits("start as a follower".into(), fixed_timeout);
                (principle, "section 5.2", fact, format!("{role} in term {term}{wait}"))
            }
            ElectionWhy::Campaigned { term, cause, fixed_timeout } => {
                let (principle, section) = cause.rule();
                let section = if fixed_timeout { "section 5.2" } else { section };
                let (principle, wait) = waits(principle, fixed_timeout);
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

/// What a start of the election timer rests on, and what there is to say of its time.
fn waits(principle: Demand, fixed_timeout: bool) -> (Demand, &'static str) {
    match fixed_timeout {
        true => (Demand::off(Rule::RandomTimeout), FIXED_TIMEOUT),
        false => (principle, ""),
    }
}

fn from_disk(
    term: Term,
    voted_for: Option<ServerId>,
    last_index: Index,
    given_commit: Index,
) -> String {
    let vote = voted_for.map_or("none".to_string(), |server| format!("{server:#}"));
    let log = match last_index {
        0 => "an empty log".to_string(),
        _ => format!("a log up to {last_index}"),
    };
    let commit = match given_commit {
        0 => String::new(),
        _ => format!("; the script gives commit index {given_commit}"),
    };
    format!("starts from its disk: term {term}, vote {vote}, {log}{commit}")
}

/// What it does not write from now on. What it has written before stays on its disk.
fn unwritten(persist_vote: bool, persist_log: bool) -> String {
    let vote = "; `persist-vote` is off, so it writes neither term nor vote";
    let log = "; `persist-log` is off, so it writes no entries";
    [(persist_vote, vote), (persist_log, log)]
        .into_iter()
        .filter_map(|(on, text)| (!on).then_some(text))
        .collect()
}
