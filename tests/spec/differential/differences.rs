//! Where the two cores differ by design, and why. The test evens out each difference by how it runs
//! the crate, never by comparing less, and counts how often it does so.

use std::fmt;

/// A difference that the test evens out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Difference {
    CommitIsKept,
    CommitInVotes,
    CommitInEmptyAppend,
    NoReplyToStaleCandidate,
    NoReplyToStaleLeader,
    PreVoteHasNoTerm,
    PreVoteInThisTerm,
    ReplyDespiteStickiness,
    NoVoteUnderLeader,
    ProbeWaits,
    AppendBelowCommit,
    TimeoutNowOnce,
    LossFoundByRejection,
    HeartbeatFreesRoom,
    RoomFilledSlowly,
    HeardByReplies,
    RemovedNotInformed,
    RemovedLeaderStays,
    EarlyChange,
}

impl Difference {
    pub const ALL: [Difference; 19] = [
        Difference::CommitIsKept,
        Difference::CommitInVotes,
        Difference::CommitInEmptyAppend,
        Difference::NoReplyToStaleCandidate,
        Difference::NoReplyToStaleLeader,
        Difference::PreVoteHasNoTerm,
        Difference::PreVoteInThisTerm,
        Difference::ReplyDespiteStickiness,
        Difference::NoVoteUnderLeader,
        Difference::ProbeWaits,
        Difference::AppendBelowCommit,
        Difference::TimeoutNowOnce,
        Difference::LossFoundByRejection,
        Difference::HeartbeatFreesRoom,
        Difference::RoomFilledSlowly,
        Difference::HeardByReplies,
        Difference::RemovedNotInformed,
        Difference::RemovedLeaderStays,
        Difference::EarlyChange,
    ];

    /// What the crate does, what this core does, why, and how the test evens it out.
    fn why(self) -> &'static str {
        match self {
            Difference::CommitIsKept => {
                "The crate stores its commit index; in figure 2 it is volatile, so ours starts at \
                 0. The crate starts with 0, too."
            }
            Difference::CommitInVotes => {
                "The crate sends its commit index along with votes; figure 2 and ours do not. It \
                 is removed."
            }
            Difference::CommitInEmptyAppend => {
                "The crate's empty appends check the index that it hopes to send next, and carry \
                 its commit index. Ours check the match index. The commit index is removed; the \
                 crate's heartbeat carries it up to the match index, too."
            }
            Difference::NoReplyToStaleCandidate => {
                "The crate does not reply to a RequestVote of an old term; by figure 2 the \
                 receiver replies with its own term, as ours does. The test replies for the crate."
            }
            Difference::NoReplyToStaleLeader => {
                "With neither pre-vote nor check-quorum, the crate does not reply to a leader of \
                 an old term; by figure 2 the receiver replies with its own, as ours does. The \
                 test replies for the crate."
            }
            _ => self.why_of_engines(),
        }
    }

    /// Differences beyond figure 2.
    fn why_of_engines(self) -> &'static str {
        match self {
            Difference::PreVoteHasNoTerm => {
                "In the crate a pre-vote never changes a term; in ours it is an RPC like any other \
                 (section 5.1) and carries its sender's term. The test carries the term over."
            }
            Difference::PreVoteInThisTerm => {
                "The crate may grant a pre-vote for a term that it is already in; ours denies it \
                 and replies with its term, so that the sender asks for the next one. The test \
                 denies for the crate."
            }
            Difference::ReplyDespiteStickiness => {
                "With check-quorum, a server of the crate that hears a leader still denies a \
                 pre-vote of an old term; ours ignores it. The message is dropped."
            }
            Difference::NoVoteUnderLeader => {
                "The crate denies a vote if it knows a leader of that term; figure 2 looks only at \
                 votedFor. The crate forgets the leader for the length of the message."
            }
            Difference::ProbeWaits => {
                "While probing, a leader of the crate sends entries again only after a reply to a \
                 heartbeat; ours with each heartbeat (section 5.3). The test makes the crate send."
            }
            Difference::AppendBelowCommit => {
                "The crate ignores an append that starts below its commit index; by figure 2 the \
                 receiver appends its new entries. The test removes the committed ones."
            }
            Difference::TimeoutNowOnce => {
                "The crate sends TimeoutNow once; ours again with each reply of the target, \
                 because the first may be lost. The test makes the crate send again."
            }
            Difference::LossFoundByRejection => {
                "The crate learns from a rejection that entries were lost; ours from the reply to \
                 a later heartbeat, one round trip sooner. The test makes the crate send at once."
            }
            Difference::HeartbeatFreesRoom => {
                "With as many messages in flight as allowed, a leader of the crate sends one more \
                 after a reply to a heartbeat; ours waits for a reply to one of them, or finds \
                 them lost. The test only notes in the crate that the follower was heard."
            }
            Difference::RoomFilledSlowly => {
                "When more messages may be in flight than before, a leader of the crate sends one \
                 with each proposal or transfer; ours sends as many as it may, with the next \
                 proposal or reply. The test makes the crate send, or wait."
            }
            _ => self.why_of_membership(),
        }
    }

    fn why_of_membership(self) -> &'static str {
        match self {
            Difference::HeardByReplies => {
                "For check-quorum, a leader of the crate counts only replies; ours any message of \
                 its term, such as a late RequestVote. The test notes it in the crate."
            }
            Difference::RemovedNotInformed => {
                "A leader of the crate stops sending to a removed server, which may never learn of \
                 its removal; ours goes on until it knows (section 6). The crate's leader applies \
                 such a change at the end of the step, when all servers know that it is committed."
            }
            Difference::RemovedLeaderStays => {
                "A leader of the crate that has removed itself goes on leading; ours steps down as \
                 soon as that is committed (section 6). The test makes the crate step down."
            }
            _ => {
                "A leader of the crate may change the configuration before it has committed an \
                 entry of its own term; ours refuses (`config-after-commit`). The test does not \
                 ask the crate."
            }
        }
    }
}

/// Differences that never show, because of how the test runs both cores.
pub const BY_SETTING: [&str; 7] = [
    "The crate sends a new commit index at once; ours with the next message (section 5.3). The \
     crate runs with `skip_bcast_commit`, and each step ends with heartbeats.",
    "The crate forwards proposals and transfers to the leader; ours redirects. Only leaders are \
     asked.",
    "The crate ignores a second transfer to the same server; ours sends TimeoutNow again. No \
     leader is asked again before it has given up.",
    "The crate counts ticks, and its stickiness ends with them; that of ours ends with the \
     election timer. No tick is counted: the election timer ends both.",
    "In the crate a configuration is in force once applied; in ours once it is in the log (section \
     6). It changes only if the leader reaches every server concerned, so that all apply it within \
     the step.",
    "The crate stores which configuration is applied; ours has it in its log, and after a restart \
     does not know that it is committed (figure 2), so a removed voter campaigns. Its election \
     timer does not fire before it knows.",
    "Ours steps down once its own removal is committed, and the next leader brings new servers up \
     to date; the crate's leads to the end of the step and does so itself. No change that removes \
     the leader adds a new server.",
];

/// How often each difference was evened out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Differences([u64; Difference::ALL.len()]);

impl Differences {
    pub fn note(&mut self, difference: Difference) {
        self.0[difference as usize] += 1;
    }

    pub fn add(&mut self, other: &Differences) {
        self.0.iter_mut().zip(other.0).for_each(|(ours, theirs)| *ours += theirs);
    }

    pub fn times(&self, difference: Difference) -> u64 {
        self.0[difference as usize]
    }

    /// Those that never came up and could be deleted.
    pub fn unmet(&self) -> Vec<Difference> {
        Difference::ALL.into_iter().filter(|&one| self.0[one as usize] == 0).collect()
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in Difference::ALL {
            let times = self.0[difference as usize];
            writeln!(f, "{times:>9} {difference:?}: {}", difference.why())?;
        }
        BY_SETTING.iter().try_for_each(|text| writeln!(f, "   driven {text}"))
    }
}
