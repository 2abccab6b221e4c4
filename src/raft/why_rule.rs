//! The rule and the section of the paper behind each reason.

use super::membership::change::Refusal;
use super::rules::Rule;
use super::why::Why;

impl Why {
    /// The rule behind the decision, in a few words; for a rule that can be switched off, its name
    /// in the script language.
    pub fn rule(&self) -> &'static str {
        if let Some(rule) = self.switchable_rule() {
            return rule.name();
        }
        match self {
            Why::Started { .. } => "start as a follower",
            Why::TimedOut { .. } => "no heartbeat within the timeout",
            Why::NoVoter => "only voters campaign",
            Why::ChangeRefused { .. } => "one change at a time",
            Why::ConfigurationAppended { .. }
            | Why::ConfigurationAdopted { .. }
            | Why::ConfigurationRolledBack { .. } => "in force once appended",
            Why::JointConfigurationLeft { .. } => "joint consensus",
            Why::RemovedServerIgnored { .. } => "removed servers do not disturb",
            Why::RemovedLeaderStepsDown { .. } => "a removed leader steps down",
            Why::PreVoteStarted { .. }
            | Why::PreVoteGranted { .. }
            | Why::PreVoteTermOld { .. }
            | Why::PreVoteWon { .. } => "pre-vote",
            Why::CandidateIgnored { .. } | Why::QuorumLost { .. } => "check-quorum",
            Why::TransferRefused { .. }
            | Why::TransferStarted { .. }
            | Why::TimeoutNowSent { .. }
            | Why::TransferTimedOut { .. }
            | Why::RefusedDuringTransfer { .. } => "leadership transfer",
            Why::StaleTermRejected { .. } => "reject an older term",
            Why::LateReply { .. } => "ignore late replies",
            Why::LeaderRecognized { .. } => "one leader per term",
            Why::RivalLeader { .. } => "election safety",
            Why::HeartbeatSent { .. } | Why::LeaderHeard { .. } | Why::NothingNew { .. } => {
                "heartbeats keep the leader"
            }
            Why::BackedUp { .. } => "skip a whole term",
            Why::Resent { .. } => "retry until it arrives",
            Why::CommitLearned { .. } => "commit only verified entries",
            Why::AppliedUpTo { .. } => "apply committed entries",
            Why::Compacted { .. } | Why::NothingToCompact { .. } => "compact applied entries",
            Why::SnapshotNeeded { .. }
            | Why::ChunkReceived { .. }
            | Why::ChunkAcknowledged { .. }
            | Why::ChunkResent { .. } => "send a snapshot for compacted entries",
            Why::SnapshotInstalled { .. } | Why::SnapshotNotNeeded { .. } => {
                "keep the log if it matches"
            }
            Why::LeaseHeld { .. } => "read lease",
            Why::Proposed { .. } => "the leader appends",
            Why::Redirected { .. } | Why::Forwarded { .. } => "clients find the leader",
            _ => "append new entries",
        }
    }

    /// The rule behind the decision, if it can be switched off.
    fn switchable_rule(&self) -> Option<Rule> {
        Some(match self {
            Why::AcknowledgedEntriesLost { .. } => Rule::PersistLog,
            Why::AlreadyVoted { .. } => Rule::OneVote,
            Why::VoteCounted { .. } | Why::Elected { .. } | Why::ElectionLost { .. } => {
                Rule::Majority
            }
            Why::VoteGranted { .. } | Why::CandidateLogBehind { .. } => Rule::UpToDate,
            Why::HigherTermAdopted { .. } | Why::HigherTermIgnored { .. } => Rule::StepDown,
            Why::PrevMissing { .. } | Why::PrevDiffers { .. } => Rule::PrevLogCheck,
            Why::AlreadyPresent { .. }
            | Why::Conflict { .. }
            | Why::DeletedWithoutConflict { .. } => Rule::ConflictOnly,
            Why::Committed { .. } | Why::OldTermNotCounted { .. } => Rule::CommitOwnTerm,
            Why::NoopAppended { .. } => Rule::LeaderNoop,
            Why::ChangeRefused { refusal: Refusal::TooEarly(_), .. } => Rule::ConfigAfterCommit,
            Why::DuplicateSkipped { .. } | Why::SessionExpired { .. } => Rule::Dedupe,
            Why::ReadAnswered { .. }
            | Why::ReadWaitsForQuorum { .. }
            | Why::ReadWaitsForTerm { .. }
            | Why::ReadDropped { .. } => Rule::ReadQuorum,
            _ => return None,
        })
    }

    /// The section of the paper or of the dissertation that demands the decision.
    pub fn section(&self) -> &'static str {
        match self {
            Why::HigherTermAdopted { .. }
            | Why::HigherTermIgnored { .. }
            | Why::StaleTermRejected { .. }
            | Why::LateReply { .. } => "section 5.1",
            Why::Started { .. }
            | Why::TimedOut { .. }
            | Why::AlreadyVoted { .. }
            | Why::VoteCounted { .. }
            | Why::Elected { .. }
            | Why::ElectionLost { .. }
            | Why::LeaderRecognized { .. }
            | Why::RivalLeader { .. }
            | Why::HeartbeatSent { .. }
            | Why::NothingNew { .. }
            | Why::LeaderHeard { .. } => "section 5.2",
            Why::VoteGranted { .. } | Why::CandidateLogBehind { .. } => "section 5.4.1",
            Why::Committed { .. } | Why::OldTermNotCounted { .. } => "section 5.4.2",
            Why::NoopAppended { .. }
            | Why::DuplicateSkipped { .. }
            | Why::Redirected { .. }
            | Why::Forwarded { .. }
            | Why::ReadAnswered { .. }
            | Why::ReadWaitsForQuorum { .. }
            | Why::ReadWaitsForTerm { .. }
            | Why::ReadDropped { .. } => "section 8",
            Why::Compacted { .. }
            | Why::NothingToCompact { .. }
            | Why::SnapshotNeeded { .. }
            | Why::ChunkReceived { .. }
            | Why::ChunkAcknowledged { .. }
            | Why::ChunkResent { .. }
            | Why::SnapshotInstalled { .. }
            | Why::SnapshotNotNeeded { .. } => "section 7",
            Why::SessionExpired { .. } => "dissertation, section 6.3",
            Why::LeaseHeld { .. } => "dissertation, section 6.4.1",
            Why::NoVoter
            | Why::ChangeRefused { .. }
            | Why::ConfigurationAppended { .. }
            | Why::ConfigurationAdopted { .. }
            | Why::ConfigurationRolledBack { .. }
            | Why::JointConfigurationLeft { .. }
            | Why::RemovedServerIgnored { .. }
            | Why::RemovedLeaderStepsDown { .. } => "section 6",
            Why::PreVoteStarted { .. }
            | Why::PreVoteGranted { .. }
            | Why::PreVoteTermOld { .. }
            | Why::PreVoteWon { .. } => "dissertation, section 9.6",
            Why::CandidateIgnored { .. } => "dissertation, section 4.2.3",
            Why::QuorumLost { .. } => "dissertation, section 6.2",
            Why::TransferRefused { .. }
            | Why::TransferStarted { .. }
            | Why::TimeoutNowSent { .. }
            | Why::TransferTimedOut { .. }
            | Why::RefusedDuringTransfer { .. } => "dissertation, section 3.10",
            Why::AcknowledgedEntriesLost { .. } => "figure 2",
            _ => "section 5.3",
        }
    }
}
