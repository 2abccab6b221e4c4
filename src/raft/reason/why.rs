//! The reason for a decision, as data: one variant for each area.

use std::fmt;

use super::acknowledgements::AcknowledgementWhy;
use super::appending::AppendWhy;
use super::catch_up::CatchUpWhy;
use super::check_quorum::QuorumWhy;
use super::commitment::CommitWhy;
use super::elections::ElectionWhy;
use super::membership::MembershipWhy;
use super::pre_vote::PreVoteWhy;
use super::reads::ReadWhy;
use super::replication::ReplicationWhy;
use super::requests::RequestWhy;
use super::sessions::SessionWhy;
use super::snapshots::SnapshotWhy;
use super::stopped::StoppedWhy;
use super::terms::TermWhy;
use super::transfer::TransferWhy;
use super::votes::VoteWhy;
use super::words::{Reason, Topic};

macro_rules! areas {
    ($($area:ident($type:ident)),* $(,)?) => {
        /// The reason for a decision of a server, as data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Why {
            $($area($type),)*
        }

        impl Why {
            /// The reason in words.
            pub fn describe(&self) -> Reason {
                match self {
                    $(Why::$area(why) => why.describe(),)*
                }
            }

            /// As in [`Why::describe`], without the words.
            pub fn topic(&self) -> Topic {
                match self {
                    $(Why::$area(why) => why.topic(),)*
                }
            }
        }

        $(impl From<$type> for Why {
            fn from(why: $type) -> Why {
                Why::$area(why)
            }
        })*
    };
}

areas! {
    Term(TermWhy),
    Election(ElectionWhy),
    Vote(VoteWhy),
    PreVote(PreVoteWhy),
    Quorum(QuorumWhy),
    Transfer(TransferWhy),
    Replication(ReplicationWhy),
    Acknowledgement(AcknowledgementWhy),
    Append(AppendWhy),
    Commit(CommitWhy),
    Request(RequestWhy),
    Session(SessionWhy),
    Read(ReadWhy),
    Membership(MembershipWhy),
    CatchUp(CatchUpWhy),
    Snapshot(SnapshotWhy),
    Stopped(StoppedWhy),
}

impl Why {
    /// Whether every heartbeat brings such a decision.
    pub fn is_routine(&self) -> bool {
        self.topic() == Topic::Messages
    }

    /// Whether the decision may change the server's role.
    pub fn changes_role(&self) -> bool {
        match self {
            Why::Term(why) => why.changes_role(),
            Why::Election(why) => why.changes_role(),
            Why::PreVote(why) => why.changes_role(),
            Why::Quorum(why) => why.changes_role(),
            Why::Membership(why) => why.changes_role(),
            Why::Vote(_)
            | Why::Transfer(_)
            | Why::Replication(_)
            | Why::Acknowledgement(_)
            | Why::Append(_)
            | Why::Commit(_)
            | Why::Request(_)
            | Why::Session(_)
            | Why::Read(_)
            | Why::CatchUp(_)
            | Why::Snapshot(_)
            | Why::Stopped(_) => false,
        }
    }
}

/// `fact -> decision`.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe().fmt(f)
    }
}
