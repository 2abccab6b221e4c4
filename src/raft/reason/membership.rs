//! Membership changes (section 6; dissertation, chapter 4).

use super::words::{Demand, Reason, Topic};
use crate::raft::membership::change::{Change, Refusal};
use crate::raft::membership::configuration::Configuration;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MembershipWhy {
    Refused {
        change: Change,
        refusal: Refusal,
    },
    /// A leader appends a configuration.
    Appended {
        change: Change,
        index: Index,
        configuration: Configuration,
        /// No entry of this term of the leader is committed: `config-after-commit` is off.
        too_early: Option<Term>,
    },
    /// A follower appends a configuration.
    Adopted {
        index: Index,
        configuration: Configuration,
    },
    /// A follower installs a snapshot with another configuration.
    AdoptedFromSnapshot {
        last_index: Index,
        configuration: Configuration,
    },
    /// The log has lost its newest configuration: the one that is now the newest is in force. It
    /// may be new in the log itself.
    RolledBack {
        index: Index,
        configuration: Configuration,
    },
    /// The joint configuration is committed; the new one follows.
    JointLeft {
        index: Index,
        configuration: Configuration,
    },
    RemovedServerIgnored {
        from: ServerId,
        theirs: Term,
        ours: Term,
        /// It catches up to be added again, so it still gets entries.
        catches_up: bool,
    },
    RemovedLeaderStepsDown {
        configuration: Configuration,
    },
}

impl MembershipWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Membership
    }

    pub(super) fn changes_role(&self) -> bool {
        match self {
            MembershipWhy::RemovedLeaderStepsDown { .. } => true,
            MembershipWhy::Refused { .. }
            | MembershipWhy::Appended { .. }
            | MembershipWhy::Adopted { .. }
            | MembershipWhy::AdoptedFromSnapshot { .. }
            | MembershipWhy::RolledBack { .. }
            | MembershipWhy::JointLeft { .. }
            | MembershipWhy::RemovedServerIgnored { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let in_force = Demand::from("in force once appended");
        let mut section = "section 6";
        let appends = |index: Index, configuration: Configuration| {
            format!(
                "appends the configuration {configuration:#} as entry {index}, in force at once"
            )
        };
        let (principle, fact, decision) = match *self {
            MembershipWhy::Refused { change, refusal } => {
                let principle;
                (principle, section) = source(refusal);
                (principle, refusal.to_string(), format!("refuses `{change}`"))
            }
            MembershipWhy::Appended { change, index, configuration, too_early } => {
                let (principle, fact) = match too_early {
                    None => (in_force, format!("`{change}`, and no other change is pending")),
                    Some(term) => {
                        section = "dissertation, section 4.1";
                        (Demand::off(Rule::ConfigAfterCommit), early(change, term))
                    }
                };
                (principle, fact, appends(index, configuration))
            }
            MembershipWhy::Adopted { index, configuration } => (
                in_force,
                format!("entry {index} is a configuration"),
                format!("uses the configuration {configuration:#} from now on"),
            ),
            MembershipWhy::AdoptedFromSnapshot { last_index, configuration } => (
                in_force,
                format!("the snapshot up to {last_index} carries a configuration"),
                format!("uses the configuration {configuration:#} from now on"),
            ),
            MembershipWhy::RolledBack { index, configuration } => (
                in_force,
                format!("the log has lost the configuration of entry {index}"),
                format!("uses the configuration {configuration:#} instead"),
            ),
            MembershipWhy::JointLeft { index, configuration } => (
                Demand::from("joint consensus"),
                "the joint configuration is committed".to_string(),
                appends(index, configuration),
            ),
            MembershipWhy::RemovedServerIgnored { from, theirs, ours, catches_up } => (
                Demand::from("removed servers do not disturb"),
                format!(
                    "{from:#} was removed, and its message carries a higher term \
                     ({theirs} > {ours})"
                ),
                match catches_up {
                    true => "ignores this message".to_string(),
                    false => format!("ignores this message, replicates nothing more to {from:#}"),
                },
            ),
            MembershipWhy::RemovedLeaderStepsDown { configuration } => (
                Demand::from("a removed leader steps down"),
                format!(
                    "the configuration {configuration:#} is committed, without a vote for this \
                     leader"
                ),
                "steps down".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

/// A change begins before the leader has committed an entry of its own term.
pub(super) fn early(change: Change, term: Term) -> String {
    format!(
        "`{change}`; no entry of its own term {term} is committed yet, but `config-after-commit` \
         is off"
    )
}

fn source(refusal: Refusal) -> (Demand, &'static str) {
    match refusal {
        Refusal::TooEarly(_) => (Rule::ConfigAfterCommit.into(), "dissertation, section 4.1"),
        Refusal::Transferring(_) => ("leadership transfer".into(), "dissertation, section 3.10"),
        Refusal::NotLeading => ("the leader changes the configuration".into(), "section 6"),
        Refusal::Pending(_) | Refusal::Joint(_) => {
            ("one change at a time".into(), "dissertation, section 4.1")
        }
        Refusal::NothingChanges => ("a change changes something".into(), "section 6"),
        Refusal::NotALearner(_) => ("learners become voters".into(), "dissertation, section 4.2.1"),
        Refusal::NoVoters => ("only voters decide".into(), "section 6"),
        Refusal::CatchingUp(_) => ("one change at a time".into(), "dissertation, section 4.1"),
        Refusal::NoProgress(..) | Refusal::TooSlow(..) => {
            ("new servers catch up first".into(), "dissertation, section 4.2.1")
        }
    }
}
