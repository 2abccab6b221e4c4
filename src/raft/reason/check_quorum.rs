//! Check-quorum and leader stickiness (dissertation, sections 6.2 and 4.2.3).

use super::tally::VoterCount;
use super::words::{Demand, Reason, Topic};
use crate::raft::rules::Rule;
use crate::raft::types::{ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuorumWhy {
    /// Leader stickiness.
    CandidateIgnored { candidate: ServerId, leader: StickyLeader, demand: Stickiness },
    /// A candidate outside the configuration, whose log proves that the leader of this server's
    /// term is stale.
    StrangerHeard { candidate: ServerId, last_term: Term, ours: Term },
    /// A leader heard no majority; it counts itself.
    Lost { heard: VoterCount },
    /// A leader heard fewer than a majority; `majority` is off.
    Kept { heard: VoterCount },
}

/// The leader for which a server ignores candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StickyLeader {
    /// It leads this term itself.
    Itself(Term),
    /// It heard this leader, and its election timer has not fired since.
    Heard(ServerId),
    /// Under leases it may have acknowledged a leader before it restarted, or before its term rose,
    /// and its election timer has not fired since.
    LeaseAcknowledged,
}

/// What demands that a server ignores a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stickiness {
    CheckQuorum,
    Lease,
    /// The candidate is not in its configuration, such as a removed server (end of section 6).
    Stranger,
}

impl QuorumWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn changes_role(&self) -> bool {
        match self {
            QuorumWhy::Lost { .. } => true,
            QuorumWhy::CandidateIgnored { .. }
            | QuorumWhy::StrangerHeard { .. }
            | QuorumWhy::Kept { .. } => false,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, section, fact, decision): (Demand, _, _, _) = match *self {
            QuorumWhy::CandidateIgnored { candidate, leader, demand } => {
                let (principle, section) = match demand {
                    Stickiness::CheckQuorum => ("check-quorum", "dissertation, section 4.2.3"),
                    Stickiness::Lease => ("read lease", "dissertation, section 6.4.1"),
                    Stickiness::Stranger => ("removed servers do not disturb", "section 6"),
                };
                let demands = match demand {
                    Stickiness::CheckQuorum => "`check-quorum` is on".to_string(),
                    Stickiness::Lease => "leases are on".to_string(),
                    Stickiness::Stranger => format!("{candidate:#} is not in its configuration"),
                };
                let fact = format!("{}, and {demands}", sticky(leader));
                (principle.into(), section, fact, format!("ignores {candidate:#}"))
            }
            QuorumWhy::StrangerHeard { candidate, last_term, ours } => (
                "a stale leader does not hold up elections".into(),
                "dissertation, section 4.2.3",
                format!(
                    "{candidate:#} is not in its configuration, but its log ends in term \
                     {last_term}, so the leader of term {ours} is stale"
                ),
                format!("does not ignore {candidate:#}"),
            ),
            QuorumWhy::Lost { heard } => (
                "check-quorum".into(),
                "dissertation, section 6.2",
                format!("heard only {} within an election timeout", heard.counted("voters")),
                "steps down".to_string(),
            ),
            QuorumWhy::Kept { heard } => (
                Demand::off(Rule::Majority),
                "dissertation, section 6.2",
                format!("`majority` is off: {} heard are taken as enough", heard.counted("voters")),
                "stays leader".to_string(),
            ),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

fn sticky(leader: StickyLeader) -> String {
    match leader {
        StickyLeader::Itself(term) => format!("it leads term {term} itself"),
        StickyLeader::Heard(leader) => {
            format!("heard from leader {leader:#}, its election timer has not fired since")
        }
        StickyLeader::LeaseAcknowledged => {
            "may have acknowledged a lease, its election timer has not fired since".to_string()
        }
    }
}
