//! The reason for every decision: a fact with its numbers, the decision, the rule, and the section
//! of the paper.

use std::fmt;

use super::membership::change::{Change, Refusal};
use super::membership::configuration::Configuration;
use super::message::Kind;
use super::types::{ClientId, Index, LogId, ServerId, Term};

/// The reason for a decision of a server, with the numbers that its text names. Displays as
/// `fact (numbers) -> decision`; the page splits the text at ` -> `.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The process starts with the state on its disk.
    Started {
        term: Term,
        voted_for: Option<ServerId>,
        last_index: Index,
    },
    /// No leader was heard within the election timeout, or the leader sent TimeoutNow (`transfer`).
    TimedOut {
        term: Term,
        transfer: bool,
    },
    /// A server without a vote does not campaign.
    NoVoter,
    HigherTermAdopted {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// `step-down` is off.
    HigherTermIgnored {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// A request of an older term.
    StaleTermRejected {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    /// A reply of an older term, or to a question that is no longer open.
    LateReply {
        kind: Kind,
        theirs: Term,
        ours: Term,
    },
    PreVoteStarted {
        proposed: Term,
    },
    PreVoteGranted {
        candidate: ServerId,
        proposed: Term,
        up_to_date: bool,
    },
    PreVoteTermOld {
        candidate: ServerId,
        proposed: Term,
        ours: Term,
    },
    PreVoteWon {
        term: Term,
        tally: VoteTally,
    },
    /// Leader stickiness. Without a leader: for an election timeout after a restart under leases.
    CandidateIgnored {
        candidate: ServerId,
        leader: Option<ServerId>,
        leads: bool,
    },
    QuorumLost {
        heard: usize,
        voters: usize,
    },
    /// `leads`: the target is the reason, not this server's role.
    TransferRefused {
        to: ServerId,
        leads: bool,
    },
    TransferStarted {
        to: ServerId,
    },
    TimeoutNowSent {
        to: ServerId,
        last_index: Index,
    },
    TransferTimedOut {
        to: ServerId,
    },
    RefusedDuringTransfer {
        client: ClientId,
        to: ServerId,
    },
    VoteGranted {
        candidate: ServerId,
        /// The vote in this term so far.
        voted_for: Option<ServerId>,
        theirs: LogId,
        ours: LogId,
    },
    AlreadyVoted {
        candidate: ServerId,
        voted_for: ServerId,
        term: Term,
    },
    CandidateLogBehind {
        candidate: ServerId,
        theirs: LogId,
        ours: LogId,
    },
    /// A vote or pre-vote for this server (`candidate`).
    VoteCounted {
        from: ServerId,
        candidate: ServerId,
        pre_vote: bool,
        granted: bool,
        tally: VoteTally,
    },
    Elected {
        term: Term,
        tally: VoteTally,
    },
    ElectionLost {
        term: Term,
        denied: usize,
        voters: usize,
    },
    /// A candidate hears the leader of its own term.
    LeaderRecognized {
        leader: ServerId,
        term: Term,
    },
    /// A second leader of the same term: a rule is off.
    RivalLeader {
        leader: ServerId,
        term: Term,
    },
    NoopAppended {
        index: Index,
        term: Term,
    },
    HeartbeatSent {
        followers: usize,
        commit: Index,
    },
    /// A heartbeat, with matching logs up to `prev`.
    LeaderHeard {
        leader: ServerId,
        prev: Index,
    },
    Appended {
        from: Index,
        to: Index,
    },
    /// All entries of the message were in the log.
    AlreadyPresent {
        from: Index,
        to: Index,
    },
    /// `removed` entries are deleted, from `index` to the end of the log.
    Conflict {
        index: Index,
        ours: Term,
        theirs: Term,
        removed: u64,
    },
    /// `conflict-only` is off.
    DeletedWithoutConflict {
        from: Index,
        removed: u64,
    },
    PrevMissing {
        prev: Index,
        last: Index,
    },
    PrevDiffers {
        prev: Index,
        theirs: Term,
        ours: Term,
    },
    /// A follower has acknowledged more than before.
    Matched {
        from: ServerId,
        index: Index,
    },
    /// A follower has acknowledged no more than before.
    NothingNew {
        from: ServerId,
        index: Index,
    },
    /// A rejection decreases the next index, past `skipped` entries.
    BackedUp {
        from: ServerId,
        next: Index,
        skipped: u64,
        conflict_term: Term,
    },
    /// A reply to a later round shows that entries are lost.
    Resent {
        to: ServerId,
        from: Index,
    },
    /// A follower lacks entries that it has acknowledged.
    AcknowledgedEntriesLost {
        from: ServerId,
        acknowledged: Index,
        has: Index,
    },
    Committed {
        index: Index,
        copies: usize,
        voters: usize,
        joint: bool,
    },
    /// A majority has the entry, but it is of an older term.
    OldTermNotCounted {
        index: Index,
        entry_term: Term,
        term: Term,
    },
    /// A follower learns the leader's commit index.
    CommitLearned {
        index: Index,
        leader_commit: Index,
    },
    AppliedUpTo {
        index: Index,
    },
    /// The command of a retry was applied before.
    DuplicateSkipped {
        client: ClientId,
        serial: u64,
    },
    Proposed {
        client: ClientId,
        serial: u64,
        index: Index,
    },
    Redirected {
        client: ClientId,
        leader: Option<ServerId>,
    },
    Forwarded {
        client: ClientId,
        leader: ServerId,
    },
    ReadAnswered {
        client: ClientId,
        applied: Index,
        confirmed: bool,
    },
    ReadWaitsForQuorum {
        client: ClientId,
        read_index: Index,
        round: u64,
    },
    ReadWaitsForTerm {
        client: ClientId,
        term: Term,
    },
    ReadDropped {
        client: ClientId,
    },
    ChangeRefused {
        change: Change,
        refusal: Refusal,
    },
    /// A leader appends a configuration.
    ConfigurationAppended {
        change: Change,
        index: Index,
        configuration: Configuration,
    },
    /// A follower appends a configuration.
    ConfigurationAdopted {
        index: Index,
        configuration: Configuration,
    },
    /// The log has lost a configuration: the one before is in force again.
    ConfigurationRolledBack {
        index: Index,
        configuration: Configuration,
    },
    /// The joint configuration is committed; the new one follows.
    JointConfigurationLeft {
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
    Compacted {
        last_index: Index,
        entries: u64,
    },
    NothingToCompact {
        applied: Index,
    },
    SnapshotNeeded {
        to: ServerId,
        next: Index,
        last_index: Index,
    },
    ChunkReceived {
        last_index: Index,
        items: usize,
    },
    ChunkAcknowledged {
        from: ServerId,
        items: usize,
    },
    ChunkResent {
        to: ServerId,
    },
    /// `discarded` is 0 if the log matches the snapshot.
    SnapshotInstalled {
        last_index: Index,
        discarded: u64,
    },
    SnapshotNotNeeded {
        last_index: Index,
        commit: Index,
    },
    SessionExpired {
        client: ClientId,
        serial: u64,
    },
    LeaseHeld {
        client: ClientId,
    },
}

/// A candidate's votes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoteTally {
    pub have: u8,
    /// The number of votes for a quorum; in joint consensus, for a quorum of the larger group.
    pub needed: u8,
    pub voters: u8,
    /// Quorums of the old and of the new voters are needed.
    pub joint: bool,
    /// The votes suffice.
    pub won: bool,
    pub pre_vote: bool,
    /// The rule `majority` is on.
    pub majority: bool,
}

impl fmt::Display for VoteTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VoteTally { have, needed, voters, .. } = *self;
        let (one, many) = if self.pre_vote { ("pre-vote", "pre-votes") } else { ("vote", "votes") };
        write!(f, "{have} {}", if have == 1 { one } else { many })?;
        match (self.won, self.joint) {
            (false, false) => write!(f, ", needs {needed}"),
            (false, true) => f.write_str(", needs enough of the old and of the new voters"),
            (true, _) if !self.majority => f.write_str(": enough with `majority` off"),
            (true, false) => write!(f, ": a majority of {voters}"),
            (true, true) => f.write_str(": majorities of the old and of the new voters"),
        }
    }
}
