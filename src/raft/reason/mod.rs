//! The reason for every decision of a server: a fact with its numbers, the decision, the rule that
//! demands it, and the section of the paper.
//!
//! An area has a file with an enum of its reasons, their data only, and beside the enum one
//! exhaustive `describe`, which puts them into words. A decision gives its reason with
//! `out.why(|| VoteWhy::AlreadyVoted { .. })`; the closure runs only if somebody watches.
//!
//! What a reason states must be so: of this server, at this moment, whichever rules are off. A
//! decision that a rule would have prevented names that rule and says that it is off.

mod acknowledgements;
mod appending;
mod catch_up;
mod check_quorum;
mod commitment;
mod elections;
mod membership;
mod pre_vote;
mod reads;
mod replication;
mod requests;
mod sessions;
mod snapshots;
mod stopped;
mod tally;
mod terms;
mod transfer;
#[cfg(debug_assertions)]
pub(super) mod truth;
mod votes;
mod why;
mod words;

pub use acknowledgements::{AcknowledgementWhy, Conflict};
pub use appending::AppendWhy;
pub use catch_up::{CatchUpEnd, CatchUpWhy};
pub use check_quorum::{QuorumWhy, Stickiness, StickyLeader};
pub use commitment::CommitWhy;
pub use elections::{CampaignCause, ElectionWhy};
pub use membership::MembershipWhy;
pub use pre_vote::PreVoteWhy;
pub use reads::{ReadGround, ReadWhy};
pub use replication::ReplicationWhy;
pub use requests::RequestWhy;
pub use sessions::SessionWhy;
pub use snapshots::SnapshotWhy;
pub use stopped::{Idle, Ignored, StoppedWhy};
pub use tally::{Share, VoteTally, VoterCount};
pub use terms::TermWhy;
pub use transfer::TransferWhy;
#[cfg(debug_assertions)]
pub use truth::judge;
pub use votes::VoteWhy;
pub use why::Why;
pub use words::{Principle, Reason, Topic};
