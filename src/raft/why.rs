//! The reason of every decision: a fact with its numbers, what was decided, the rule and where the
//! paper says so.

use std::fmt;

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
    /// A learner's timer means nothing.
    NoVoter,
    /// A message of a higher term came.
    TermHigher { kind: Kind, theirs: Term, ours: Term },
    /// The same, with the rule taken away.
    TermHigherIgnored { kind: Kind, theirs: Term, ours: Term },
    /// A request of an older term came.
    TermStale { kind: Kind, theirs: Term, ours: Term },
    /// An answer of an older term came, or one to a question that is no longer asked.
    LateReply { kind: Kind, theirs: Term, ours: Term },
    /// The vote is the candidate's.
    VoteGranted { candidate: ServerId, theirs: At, ours: At },
    /// The vote of this term has gone to somebody else.
    VoteTaken { candidate: ServerId, voted_for: ServerId, term: Term },
    /// The candidate's log is behind.
    VoteLogBehind { candidate: ServerId, theirs: At, ours: At },
    /// A vote was counted.
    VoteCounted { from: ServerId, granted: bool, have: usize, needed: usize },
    /// Enough votes.
    Elected { term: Term, have: usize, voters: usize },
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
    /// A rejection makes the leader step back.
    BackedUp { from: ServerId, next: Index, skipped: u64, conflict_term: Term },
    /// What was sent got no answer, though something later did.
    Resent { to: ServerId, from: Index },
    /// A follower lacks what it once acknowledged (its disk was lost).
    Forgotten { from: ServerId, acknowledged: Index, has: Index },
    /// Enough copies: committed.
    Committed { index: Index, copies: usize, voters: usize },
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
    /// What was promised is stable.
    Stable { up_to: Index },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Why::Started { term, voted_for, last_index } => {
                let vote = Name(voted_for);
                write!(
                    f,
                    "the disk holds term {term}, vote {vote}, {last_index} entries -> follower in term {term}"
                )
            }
            Why::TimedOut { term } => write!(
                f,
                "no leader was heard within the election timeout (term {}) -> candidate in term {term}, votes for itself",
                term - 1
            ),
            Why::NoVoter => f.write_str("it has no vote in its configuration -> does not campaign"),
            Why::TermHigher { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of a higher term ({theirs} > {ours}) -> follower in term {theirs}"
                )
            }
            Why::TermHigherIgnored { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of a higher term ({theirs} > {ours}), and `step-down` is off -> ignored"
                )
            }
            Why::TermStale { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of an older term ({theirs} < {ours}) -> refused, with term {ours}"
                )
            }
            Why::LateReply { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} of term {theirs} answers nothing that is asked now (term {ours}) -> ignored"
                )
            }
            Why::VoteGranted { candidate, theirs, ours } => write!(
                f,
                "no vote given in this term, and {candidate}'s log ({theirs}) is at least as up to date as its own ({ours}) -> votes for {candidate}"
            ),
            Why::VoteTaken { candidate, voted_for, term } => {
                write!(f, "the vote of term {term} is {voted_for}'s -> refuses {candidate}")
            }
            Why::VoteLogBehind { candidate, theirs, ours } => write!(
                f,
                "{candidate}'s log ({theirs}) is behind its own ({ours}) -> refuses {candidate}"
            ),
            Why::VoteCounted { from, granted, have, needed } => {
                let said = if granted { "yes" } else { "no" };
                write!(f, "{from} says {said} -> {have} of {needed} votes needed")
            }
            Why::Elected { term, have, voters } => {
                write!(f, "{have} of {voters} votes are a majority -> leader of term {term}")
            }
            Why::Defeated { term, refused, voters } => {
                write!(
                    f,
                    "{refused} of {voters} have refused -> cannot win term {term}, follower again"
                )
            }
            Why::Conceded { leader, term } => {
                write!(
                    f,
                    "{leader} leads term {term}, this candidate's own -> follower, keeps its vote"
                )
            }
            Why::RivalLeader { leader, term } => {
                write!(
                    f,
                    "{leader} leads term {term} too, which a rule would have prevented -> ignored"
                )
            }
            Why::NoopAppended { index, term } => {
                write!(
                    f,
                    "it is the first entry of its own term {term} -> appends a no-op at index {index}"
                )
            }
            Why::Beat { followers, commit } => {
                write!(
                    f,
                    "the heartbeat is due -> AppendEntries to {followers} servers, commit {commit}"
                )
            }
            Why::LeaderHeard { leader, prev } => {
                write!(
                    f,
                    "{leader} leads, and the logs agree up to {prev} -> election timer starts anew"
                )
            }
            Why::Appended { from, to } if from == to => {
                write!(f, "the previous entry matches -> appends entry {from}")
            }
            Why::Appended { from, to } => {
                write!(f, "the previous entry matches -> appends entries {from} to {to}")
            }
            Why::AlreadyThere { from, to } => {
                write!(f, "entries {from} to {to} are there already -> nothing is removed")
            }
            Why::Conflict { index, ours, theirs, removed } => write!(
                f,
                "entry {index} is of term {ours} here and of term {theirs} in the leader's log -> removes {removed} from {index} on"
            ),
            Why::RemovedWithoutConflict { from, removed } => {
                write!(
                    f,
                    "`conflict-only` is off -> removes {removed} from {from} on without a conflict"
                )
            }
            Why::PrevMissing { prev, last } => {
                write!(f, "the log ends at {last}, before the previous entry {prev} -> refused")
            }
            Why::PrevDiffers { prev, theirs, ours } => {
                write!(
                    f,
                    "the previous entry {prev} is of term {ours} here, not {theirs} -> refused"
                )
            }
            Why::Matched { from, index } => {
                write!(f, "{from} has acknowledged -> match index {index}")
            }
            Why::BackedUp { from, next, skipped, conflict_term } => write!(
                f,
                "{from} refused at an entry of term {conflict_term} -> next index {next}, {skipped} skipped at once"
            ),
            Why::Resent { to, from } => {
                write!(f, "{to} answered a later message only -> sends again from {from} on")
            }
            Why::Forgotten { from, acknowledged, has } => {
                write!(
                    f,
                    "{from} acknowledged {acknowledged} and now ends at {has}: its disk was lost -> starts over"
                )
            }
            Why::Committed { index, copies, voters } => {
                write!(
                    f,
                    "entry {index} of its own term is stable on {copies} of {voters} -> commit index {index}"
                )
            }
            Why::OldTermNotCounted { index, entry_term, term } => write!(
                f,
                "entry {index} stands on a majority, but is of term {entry_term}, not of its own {term} -> not committed by counting"
            ),
            Why::CommitLearned { index, leader_commit } => write!(
                f,
                "the leader's commit index is {leader_commit}, and this message verified the log -> commit index {index}"
            ),
            Why::AppliedUpTo { index } => {
                write!(f, "committed up to {index} -> applied up to {index}")
            }
            Why::DuplicateSkipped { client, serial } => {
                write!(
                    f,
                    "command {serial} of {client} has been applied before -> not applied again"
                )
            }
            Why::Proposed { client, serial, index } => {
                write!(f, "command {serial} of {client} has reached the leader -> entry {index}")
            }
            Why::Redirected { client, leader: Some(leader) } => {
                write!(f, "this server does not lead -> sends {client} to {leader}")
            }
            Why::Redirected { client, leader: None } => {
                write!(f, "this server does not lead and knows no leader -> refuses {client}")
            }
            Why::Forwarded { client, leader } => {
                write!(
                    f,
                    "this server does not lead -> passes the request of {client} on to {leader}"
                )
            }
            Why::ReadAnswered { client, applied, confirmed: true } => {
                write!(f, "leadership is confirmed, and {applied} is applied -> answers {client}")
            }
            Why::ReadAnswered { client, applied, confirmed: false } => {
                write!(
                    f,
                    "nobody is asked -> answers {client} from what is applied here ({applied}), perhaps stale"
                )
            }
            Why::ReadWaitsForQuorum { client, read_index, round } => write!(
                f,
                "the read of {client} must see {read_index} -> asks a majority whether it still leads (round {round})"
            ),
            Why::ReadWaitsForTerm { client, term } => write!(
                f,
                "no entry of its own term {term} is committed yet -> the read of {client} waits"
            ),
            Why::ReadDropped { client } => {
                write!(f, "it does not lead any more -> gives up the read of {client}")
            }
            Why::Stable { up_to } => write!(f, "the write is stable -> may promise up to {up_to}"),
        }
    }
}

/// A server, or "none".
struct Name(Option<ServerId>);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(server) => server.fmt(f),
            None => f.write_str("none"),
        }
    }
}

impl Why {
    /// The rule that decided, in a few words; where it can be switched off, its name in the language.
    pub fn rule(&self) -> &'static str {
        match self {
            Why::Started { .. } => "start as a follower from stable state",
            Why::TimedOut { .. } => "no heartbeat within the timeout",
            Why::NoVoter => "learners do not campaign",
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
            Why::Beat { .. } | Why::LeaderHeard { .. } => "heartbeats keep the leader",
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
            Why::DuplicateSkipped { .. } => Rule::Dedupe.name(),
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
            Why::NoVoter => "section 6",
            Why::Stable { .. } | Why::Forgotten { .. } => "figure 2",
            _ => "section 5.3",
        }
    }
}
