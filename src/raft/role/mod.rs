//! The roles of a server, and what it keeps while it has one (section 5.1, figure 4).
//!
//! ```text
//!  start
//!    |
//!    v           1                          2                     3
//! +----------+          +---------------+         +-----------+          +--------+
//! |          |--------->| pre-candidate |-------->|           |--------->|        |
//! |          |<--- 4 ---|               |         |           |          |        |
//! |          |     1    +---------------+         |           |          |        |
//! | follower |------------------------------------>| candidate |          | leader |
//! |          |<---------------- 4 -----------------|           |          |        |
//! |          |<---------------- 5 ----------------------------------------|        |
//! +----------+                                    +-----------+          +--------+
//!
//! 1  the election timeout fires: to pre-candidate with pre-vote on, else to candidate in the
//!    next term (also from candidate). TimeoutNow leads straight to candidate.
//! 2  a quorum would vote for it
//! 3  a quorum votes for it
//! 4  it hears the leader of its term, or a higher term, or cannot win any more
//! 5  it hears a higher term, or no quorum (check-quorum), or was removed
//! ```
//!
//! A learner is a follower without a vote. All arrows are in `transitions.rs`; the events that lead
//! there are in `election`, `pre_vote`, `check_quorum` and `membership`.

pub(super) mod leadership;
mod transitions;

use std::fmt;

use super::types::{ServerId, ServerSet};
use leadership::Leadership;

/// A server's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Follower,
    /// Asks whether it could win an election (dissertation, section 9.6).
    PreCandidate,
    Candidate,
    Leader,
    /// A follower without a vote (dissertation, section 4.2.1).
    Learner,
}

impl Role {
    pub const ALL: [Role; 5] =
        [Role::Follower, Role::PreCandidate, Role::Candidate, Role::Leader, Role::Learner];

    /// The name in the script language.
    pub fn name(self) -> &'static str {
        match self {
            Role::Follower => "follower",
            Role::PreCandidate => "pre-candidate",
            Role::Candidate => "candidate",
            Role::Leader => "leader",
            Role::Learner => "learner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The role with its volatile state. A change of role loses the state of the old one, as it must: a
/// leader's match indices or a candidate's votes mean nothing in another term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum RoleState {
    Follower {
        /// The leader of the current term, once it was heard.
        leader: Option<ServerId>,
        /// The leader was heard since the election timer last fired. Such a follower ignores
        /// candidates under leader stickiness.
        heard_leader: bool,
    },
    Candidate {
        /// A pre-candidate: neither its term nor its vote has changed yet.
        pre_vote: bool,
        granted: ServerSet,
        denied: ServerSet,
    },
    /// Boxed: a cluster has one leader, and the other servers should stay small.
    Leader(Box<Leadership>),
}
