//! Check-quorum and leader stickiness (dissertation, sections 6.2 and 4.2.3).

use super::words::{Reason, Topic};
use crate::raft::types::{ServerId, Term};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuorumWhy {
    /// Leader stickiness. Without a leader: for an election timeout after a restart under leases.
    CandidateIgnored {
        candidate: ServerId,
        leader: Option<ServerId>,
        leads: bool,
    },
    /// A candidate outside the configuration, whose log proves that the leader of this server's
    /// term is stale.
    StrangerHeard {
        candidate: ServerId,
        last_term: Term,
        ours: Term,
    },
    Lost {
        heard: usize,
        voters: usize,
    },
}

impl QuorumWhy {
    pub(super) fn topic(&self) -> Topic {
        Topic::Elections
    }

    pub(super) fn describe(&self) -> Reason {
        let topic = self.topic();
        match *self {
            QuorumWhy::CandidateIgnored { candidate, leader, leads } => Reason::new(
                topic,
                "check-quorum",
                "dissertation, section 4.2.3",
                match leader {
                    _ if leads => "it leads this term itself".to_string(),
                    Some(leader) => {
                        format!("heard from leader {leader:#} within the election timeout")
                    }
                    None => "it may have acknowledged a lease before it crashed".to_string(),
                },
                format!("ignores {candidate:#}"),
            ),
            QuorumWhy::StrangerHeard { candidate, last_term, ours } => Reason::new(
                topic,
                "a stale leader does not hold up elections",
                "dissertation, section 4.2.3",
                format!(
                    "{candidate:#} is not in the configuration, but its log ends in term \
                     {last_term}, so the leader of term {ours} is stale"
                ),
                format!("does not ignore {candidate:#}"),
            ),
            QuorumWhy::Lost { heard, voters } => Reason::new(
                topic,
                "check-quorum",
                "dissertation, section 6.2",
                format!("only {heard} of {voters} voters were heard within an election timeout"),
                "steps down",
            ),
        }
    }
}
