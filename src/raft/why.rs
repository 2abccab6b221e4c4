//! The reason of every decision: a fact with its numbers, what was decided, the rule and where the
//! paper says so.

use std::fmt;

use super::configuration::Configuration;
use super::membership::{Change, Refusal};
use super::message::Kind;
use super::rules::Rule;
use super::types::{ClientId, Index, ServerId, Term};

/// Index and term of a log's last entry, or of any entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The index.
    pub index: Index,
    /// The term.
    pub term: Term,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.index == 0 {
            return f.write_str("an empty log");
        }
        write!(f, "index {} of term {}", self.index, self.term)
    }
}

/// Why a server did what it did, with the numbers its text names. Displays as `fact (numbers) -> decision`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each field is a number that the variant's sentence names
pub enum Why {
    /// It begins to run with what its disk holds.
    Started { term: Term, voted_for: Option<ServerId>, last_index: Index },
    /// No leader was heard within the timeout.
    TimedOut { term: Term },
    /// Without a vote the timer means nothing.
    NoVoter,
    /// A message of a higher term came.
    TermHigher { kind: Kind, theirs: Term, ours: Term },
    /// The same, with the rule taken away.
    TermHigherIgnored { kind: Kind, theirs: Term, ours: Term },
    /// A request of an older term came.
    TermStale { kind: Kind, theirs: Term, ours: Term },
    /// An answer of an older term came, or one to a question that is no longer asked.
    LateReply { kind: Kind, theirs: Term, ours: Term },
    /// It asks before it campaigns.
    AsksFirst { proposed: Term },
    /// The vote would be the candidate's.
    PreVoteGranted { candidate: ServerId, proposed: Term },
    /// The proposed term is not new.
    PreVoteTermBehind { candidate: ServerId, proposed: Term, ours: Term },
    /// Enough would vote for it.
    CouldWin { term: Term, have: usize, voters: usize },
    /// Loyal to a leader that was just heard.
    Loyal { candidate: ServerId, leader: Option<ServerId> },
    /// No majority was heard for an election timeout.
    QuorumLost { heard: usize, voters: usize },
    /// Leadership cannot go there.
    TransferRefused { to: ServerId, leads: bool },
    /// Leadership is to go there.
    TransferBegun { to: ServerId },
    /// The target is up to date.
    HandsOver { to: ServerId, last_index: Index },
    /// The target did not win in time.
    TransferGivenUp { to: ServerId },
    /// A leader that hands over takes no requests.
    HandingOver { client: ClientId, to: ServerId },
    /// The vote is the candidate's.
    VoteGranted { candidate: ServerId, theirs: At, ours: At },
    /// The vote of this term has gone to somebody else.
    VoteTaken { candidate: ServerId, voted_for: ServerId, term: Term },
    /// The candidate's log is behind.
    VoteLogBehind { candidate: ServerId, theirs: At, ours: At },
    /// A vote was counted.
    VoteCounted { from: ServerId, granted: bool, have: usize, needed: usize, joint: bool },
    /// Enough votes.
    Elected { term: Term, have: usize, voters: usize, joint: bool },
    /// So many have refused that the election is lost.
    Defeated { term: Term, refused: usize, voters: usize },
    /// Somebody else leads the term that this candidate campaigned in.
    Conceded { leader: ServerId, term: Term },
    /// A second leader of the same term is heard: only with a rule taken away.
    RivalLeader { leader: ServerId, term: Term },
    /// A new leader's first entry.
    NoopAppended { index: Index, term: Term },
    /// A heartbeat goes out.
    Beat { followers: usize, commit: Index },
    /// A heartbeat of the leader was heard, and the log agrees.
    LeaderHeard { leader: ServerId, prev: Index },
    /// Entries were appended.
    Appended { from: Index, to: Index },
    /// All entries of the message were there already.
    AlreadyThere { from: Index, to: Index },
    /// An entry conflicts: it and all that follow go.
    Conflict { index: Index, ours: Term, theirs: Term, removed: u64 },
    /// Entries were removed without a conflict: the rule is off.
    RemovedWithoutConflict { from: Index, removed: u64 },
    /// The log is too short for the previous entry.
    PrevMissing { prev: Index, last: Index },
    /// The previous entry has another term.
    PrevDiffers { prev: Index, theirs: Term, ours: Term },
    /// A follower's copy is known to agree so far.
    Matched { from: ServerId, index: Index },
    /// A follower has answered, and nothing is new.
    StillFollows { from: ServerId, index: Index },
    /// A rejection makes the leader step back.
    BackedUp { from: ServerId, next: Index, skipped: u64, conflict_term: Term },
    /// What was sent got no answer, though something later did.
    Resent { to: ServerId, from: Index },
    /// A follower lacks what it once acknowledged (its disk was lost).
    Forgotten { from: ServerId, acknowledged: Index, has: Index },
    /// Enough copies: committed.
    Committed { index: Index, copies: usize, voters: usize, joint: bool },
    /// Enough copies, but of an entry of an earlier term.
    OldTermNotCounted { index: Index, entry_term: Term, term: Term },
    /// The leader says that it is committed, and it is known to agree.
    CommitLearned { index: Index, leader_commit: Index },
    /// An entry was applied.
    AppliedUpTo { index: Index },
    /// A retry was not applied again.
    DuplicateSkipped { client: ClientId, serial: u64 },
    /// A client's command became an entry.
    Proposed { client: ClientId, serial: u64, index: Index },
    /// This server does not lead, and says who does.
    Redirected { client: ClientId, leader: Option<ServerId> },
    /// This server does not lead, and passes the request on.
    Forwarded { client: ClientId, leader: ServerId },
    /// A read was answered from what is applied here.
    ReadAnswered { client: ClientId, applied: Index, confirmed: bool },
    /// A read waits until a majority has answered a heartbeat sent after it.
    ReadWaitsForQuorum { client: ClientId, read_index: Index, round: u64 },
    /// A read waits until the leader has committed an entry of its own term.
    ReadWaitsForTerm { client: ClientId, term: Term },
    /// A leader that steps down gives up what it has not confirmed.
    ReadDropped { client: ClientId },
    /// A change of the configuration was asked for, and is not made.
    ChangeRefused { change: Change, refusal: Refusal },
    /// A new configuration is appended, and in force.
    ConfigurationAppended { change: Change, index: Index, configuration: Configuration },
    /// A follower has appended a configuration, and it is in force.
    ConfigurationAdopted { index: Index, configuration: Configuration },
    /// The log has lost a configuration: the one before is in force again.
    ConfigurationTakenBack { index: Index, configuration: Configuration },
    /// The joint configuration is committed: the new one alone follows.
    JointLeft { index: Index, configuration: Configuration },
    /// A server that has left answers from a higher term.
    LeftWithHigherTerm { from: ServerId, theirs: Term, ours: Term },
    /// The leader is not in the configuration that is committed.
    LeaderLeaves { index: Index },
    /// A snapshot has taken the place of entries.
    Compacted { last_index: Index, entries: u64 },
    /// Nothing was applied since the last snapshot.
    NothingToCompact { applied: Index },
    /// A follower needs entries that are compacted away.
    SnapshotNeeded { to: ServerId, next: Index, last_index: Index },
    /// A piece of a snapshot is there.
    ChunkReceived { last_index: Index, items: usize },
    /// A follower has a piece of a snapshot.
    ChunkAcknowledged { from: ServerId, items: usize },
    /// A piece of a snapshot got no answer, though something later did.
    ChunkResent { to: ServerId },
    /// A snapshot is there, in place of the log.
    SnapshotInstalled { last_index: Index, discarded: u64 },
    /// The log has all that a snapshot holds.
    SnapshotNotNeeded { last_index: Index, commit: Index },
    /// A retry came after its session was forgotten.
    SessionExpired { client: ClientId, serial: u64 },
    /// A lease spares a read the question.
    LeaseHeld { client: ClientId },
    /// What was promised is stable.
    Stable { up_to: Index },
}

impl Why {
    /// The rule that decided, in a few words; where it can be switched off, its name in the language.
    pub fn rule(&self) -> &'static str {
        match self {
            Why::Started { .. } => "start as a follower from stable state",
            Why::TimedOut { .. } => "no heartbeat within the timeout",
            Why::NoVoter => "only voters campaign",
            Why::ChangeRefused { refusal: Refusal::TooEarly(_), .. } => {
                Rule::ConfigAfterCommit.name()
            }
            Why::ChangeRefused { .. } => "one change at a time",
            Why::ConfigurationAppended { .. }
            | Why::ConfigurationAdopted { .. }
            | Why::ConfigurationTakenBack { .. } => "in force once appended",
            Why::JointLeft { .. } => "joint consensus",
            Why::LeftWithHigherTerm { .. } => "who has left does not disturb",
            Why::LeaderLeaves { .. } => "a removed leader steps down",
            Why::AsksFirst { .. }
            | Why::PreVoteGranted { .. }
            | Why::PreVoteTermBehind { .. }
            | Why::CouldWin { .. } => "pre-vote",
            Why::Loyal { .. } | Why::QuorumLost { .. } => "check-quorum",
            Why::TransferRefused { .. }
            | Why::TransferBegun { .. }
            | Why::HandsOver { .. }
            | Why::TransferGivenUp { .. }
            | Why::HandingOver { .. } => "leadership transfer",
            Why::TermHigher { .. } | Why::TermHigherIgnored { .. } => Rule::StepDown.name(),
            Why::TermStale { .. } => "refuse an older term",
            Why::LateReply { .. } => "ignore late answers",
            Why::VoteGranted { .. } | Why::VoteLogBehind { .. } => Rule::UpToDate.name(),
            Why::VoteTaken { .. } => Rule::OneVote.name(),
            Why::VoteCounted { .. } | Why::Elected { .. } | Why::Defeated { .. } => {
                Rule::Majority.name()
            }
            Why::Conceded { .. } => "one leader per term",
            Why::RivalLeader { .. } => "election safety",
            Why::NoopAppended { .. } => Rule::LeaderNoop.name(),
            Why::Beat { .. } | Why::LeaderHeard { .. } | Why::StillFollows { .. } => {
                "heartbeats keep the leader"
            }
            Why::Appended { .. } | Why::Matched { .. } => "append what is new",
            Why::AlreadyThere { .. }
            | Why::Conflict { .. }
            | Why::RemovedWithoutConflict { .. } => Rule::ConflictOnly.name(),
            Why::PrevMissing { .. } | Why::PrevDiffers { .. } => Rule::PrevLogCheck.name(),
            Why::BackedUp { .. } => "skip a whole term",
            Why::Resent { .. } => "retry until it is there",
            Why::Forgotten { .. } | Why::Stable { .. } => Rule::PersistLog.name(),
            Why::Committed { .. } | Why::OldTermNotCounted { .. } => Rule::CommitOwnTerm.name(),
            Why::CommitLearned { .. } => "commit what was verified",
            Why::AppliedUpTo { .. } => "apply what is committed",
            Why::DuplicateSkipped { .. } | Why::SessionExpired { .. } => Rule::Dedupe.name(),
            Why::Compacted { .. } | Why::NothingToCompact { .. } => "compact what is applied",
            Why::SnapshotNeeded { .. }
            | Why::ChunkReceived { .. }
            | Why::ChunkAcknowledged { .. }
            | Why::ChunkResent { .. } => "send a snapshot for what is compacted",
            Why::SnapshotInstalled { .. } | Why::SnapshotNotNeeded { .. } => {
                "keep the log where it agrees"
            }
            Why::LeaseHeld { .. } => "read lease",
            Why::Proposed { .. } => "the leader appends",
            Why::Redirected { .. } | Why::Forwarded { .. } => "clients find the leader",
            Why::ReadAnswered { .. }
            | Why::ReadWaitsForQuorum { .. }
            | Why::ReadWaitsForTerm { .. }
            | Why::ReadDropped { .. } => Rule::ReadQuorum.name(),
        }
    }

    /// Where the paper (or the dissertation) says so.
    pub fn section(&self) -> &'static str {
        match self {
            Why::TermHigher { .. }
            | Why::TermHigherIgnored { .. }
            | Why::TermStale { .. }
            | Why::LateReply { .. } => "section 5.1",
            Why::Started { .. }
            | Why::TimedOut { .. }
            | Why::VoteTaken { .. }
            | Why::VoteCounted { .. }
            | Why::Elected { .. }
            | Why::Defeated { .. }
            | Why::Conceded { .. }
            | Why::RivalLeader { .. }
            | Why::Beat { .. }
            | Why::StillFollows { .. }
            | Why::LeaderHeard { .. } => "section 5.2",
            Why::VoteGranted { .. } | Why::VoteLogBehind { .. } => "section 5.4.1",
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
            | Why::ConfigurationTakenBack { .. }
            | Why::JointLeft { .. }
            | Why::LeftWithHigherTerm { .. }
            | Why::LeaderLeaves { .. } => "section 6",
            Why::AsksFirst { .. }
            | Why::PreVoteGranted { .. }
            | Why::PreVoteTermBehind { .. }
            | Why::CouldWin { .. } => "dissertation, section 9.6",
            Why::Loyal { .. } => "dissertation, section 4.2.3",
            Why::QuorumLost { .. } => "dissertation, section 6.2",
            Why::TransferRefused { .. }
            | Why::TransferBegun { .. }
            | Why::HandsOver { .. }
            | Why::TransferGivenUp { .. }
            | Why::HandingOver { .. } => "dissertation, section 3.10",
            Why::Stable { .. } | Why::Forgotten { .. } => "figure 2",
            _ => "section 5.3",
        }
    }
}
