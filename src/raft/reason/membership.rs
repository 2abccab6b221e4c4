//! Membership changes (section 6; dissertation, chapter 4).

use super::words::{Principle, Reason, Topic};
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
    },
    /// A follower appends a configuration.
    Adopted {
        index: Index,
        configuration: Configuration,
    },
    /// The log has lost a configuration: the one before is in force again.
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
    },
    RemovedLeaderStepsDown {
        index: Index,
    },
}

impl MembershipWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Membership
    }

    pub(super) fn describe(&self) -> Reason {
        let in_force = Principle::Words("in force once appended");
        let (principle, fact, decision) = match *self {
            MembershipWhy::Refused { change, refusal } => {
                (rule_of(refusal), refusal.to_string(), format!("refuses `{change}`"))
            }
            MembershipWhy::Appended { change, index, configuration } => (
                in_force,
                format!("`{change}`, and no other change is pending"),
                format!("appends {configuration} as entry {index}, in force at once"),
            ),
            MembershipWhy::Adopted { index, configuration } => (
                in_force,
                format!("entry {index} is a configuration"),
                format!("{configuration} is in force"),
            ),
            MembershipWhy::RolledBack { index, configuration } => (
                in_force,
                format!("the log has lost the configuration of entry {index}"),
                format!("{configuration} is in force again"),
            ),
            MembershipWhy::JointLeft { index, configuration } => (
                Principle::Words("joint consensus"),
                "the joint configuration is committed".to_string(),
                format!("appends {configuration} as entry {index}, in force at once"),
            ),
            MembershipWhy::RemovedServerIgnored { from, theirs, ours } => (
                Principle::Words("removed servers do not disturb"),
                format!("{from:#} was removed, and its term is higher ({theirs} > {ours})"),
                "ignores it, sends it nothing more".to_string(),
            ),
            MembershipWhy::RemovedLeaderStepsDown { index } => (
                Principle::Words("a removed leader steps down"),
                format!(
                    "entry {index} is committed, a configuration without a vote for this leader"
                ),
                "steps down".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, self.section(), fact, decision)
    }

    fn section(&self) -> &'static str {
        let waited = matches!(
            self,
            MembershipWhy::Refused { refusal: Refusal::NoProgress(..) | Refusal::TooSlow(..), .. }
        );
        if waited { "dissertation, section 4.2.1" } else { "section 6" }
    }
}

fn rule_of(refusal: Refusal) -> Principle {
    match refusal {
        Refusal::TooEarly(_) => Rule::ConfigAfterCommit.into(),
        Refusal::NotLeading
        | Refusal::Transferring(_)
        | Refusal::Pending(_)
        | Refusal::NothingChanges
        | Refusal::NotALearner(_)
        | Refusal::NoVoters
        | Refusal::CatchingUp(_) => "one change at a time".into(),
        Refusal::NoProgress(..) | Refusal::TooSlow(..) => "new servers catch up first".into(),
    }
}
