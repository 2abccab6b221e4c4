//! Where the two cores differ by design, and why. Each is evened out by how the crate is driven,
//! never by leaving something out of the comparison; how often each was met is counted.

use std::fmt;

/// A difference that is evened out where it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Difference {
    CommitIsKept,
    CommitInVotes,
    CommitInEmptyAppend,
    StaleCandidateUntold,
    StaleLeaderUntold,
    PreVoteHasNoTerm,
    PreVoteInThisTerm,
    DisloyalRefusal,
    NoVoteWhileLed,
    ProbeWaits,
    AppendBelowCommit,
    HandsOverOnce,
    LossIsRefused,
    HeardByAnswers,
    LeavingUntold,
    LeaderStays,
    ChangedEarly,
}

impl Difference {
    pub const ALL: [Difference; 17] = [
        Difference::CommitIsKept,
        Difference::CommitInVotes,
        Difference::CommitInEmptyAppend,
        Difference::StaleCandidateUntold,
        Difference::StaleLeaderUntold,
        Difference::PreVoteHasNoTerm,
        Difference::PreVoteInThisTerm,
        Difference::DisloyalRefusal,
        Difference::NoVoteWhileLed,
        Difference::ProbeWaits,
        Difference::AppendBelowCommit,
        Difference::HandsOverOnce,
        Difference::LossIsRefused,
        Difference::HeardByAnswers,
        Difference::LeavingUntold,
        Difference::LeaderStays,
        Difference::ChangedEarly,
    ];

    /// What the crate does, what ours does, why, and how it is evened out.
    fn why(self) -> &'static str {
        match self {
            Difference::CommitIsKept => {
                "The crate keeps its commit index on the disk; in figure 2 it is volatile, so ours \
                 starts at 0. The crate is started with 0."
            }
            Difference::CommitInVotes => {
                "The crate sends its commit index along with votes; figure 2 does not, nor does ours. \
                 It is taken out."
            }
            Difference::CommitInEmptyAppend => {
                "The crate sends empty appends from the index that it hopes to send next, with its commit \
                 index; what ours sends without entries checks the match index, and tells no more than that. \
                 The commit index is taken out; the crate's heartbeat tells it up to the match index, too."
            }
            Difference::StaleCandidateUntold => {
                "The crate does not answer a RequestVote of an old term; figure 2 has the receiver \
                 answer with its own term, as ours does. The answer is given in its place."
            }
            Difference::StaleLeaderUntold => {
                "With neither pre-vote nor check-quorum, the crate does not answer a leader of an old \
                 term; figure 2 has it told the newer term, as ours does. The answer is given in its place."
            }
            Difference::PreVoteHasNoTerm => {
                "To the crate, a question before an election never changes a term; ours is an RPC like \
                 any other (section 5.1), and carries the term that its sender is in. The term is carried over."
            }
            Difference::PreVoteInThisTerm => {
                "The crate may promise a vote in a term that it is already in; ours refuses and tells its \
                 term, so that the asker asks again for the next one. The refusal is given in its place."
            }
            Difference::DisloyalRefusal => {
                "With check-quorum, a server of the crate that hears a leader still refuses a question \
                 that comes from an old term; ours does not listen to it at all. It is lost."
            }
            Difference::NoVoteWhileLed => {
                "The crate gives no vote where it knows a leader of that term; figure 2 asks only whom it \
                 has voted for. The crate is made to forget the leader for that long."
            }
            Difference::ProbeWaits => {
                "A leader of the crate that looks for where the logs agree sends entries again only after \
                 an answer to a heartbeat; ours with each heartbeat (section 5.3: it retries). The crate is made to."
            }
            Difference::AppendBelowCommit => {
                "The crate takes nothing from an append that begins below its commit index; figure 2 \
                 takes what is new in it. What is committed is taken out of it."
            }
            Difference::HandsOverOnce => {
                "The crate tells the target of a transfer once to campaign; ours again with each answer of \
                 the target, since the first may be lost. The crate is made to, too."
            }
            Difference::LossIsRefused => {
                "The crate learns by a refusal that entries were lost; ours sees it from the answer to a \
                 later heartbeat, a round trip sooner. The crate is made to send them at once."
            }
            Difference::HeardByAnswers => {
                "To a leader of the crate that checks its quorum, only answers show that it hears a server; to ours, any \
                 message of its term, such as the RequestVote of a candidate that came too late. It is noted in the crate, too."
            }
            Difference::LeavingUntold => {
                "A leader of the crate sends nothing more to a server that has left, which so may never learn that it has; \
                 ours goes on until the server knows (section 6: such servers disturb). The crate's leader applies such a \
                 change at the end of the step, when everybody has been told that it is committed."
            }
            Difference::LeaderStays => {
                "A leader of the crate that has removed itself goes on leading, and is left to its user; ours steps down as \
                 soon as that is committed (section 6). The crate's is made to."
            }
            Difference::ChangedEarly => {
                "A leader of the crate changes the configuration before it has committed an entry of its own term, if all \
                 before its term is applied; ours refuses (`config-after-commit`). The crate is not asked."
            }
        }
    }
}

/// Differences that never come about, because of how both are driven.
pub const BY_SETTING: [&str; 7] = [
    "The crate tells everybody at once that an entry is committed; ours tells it with the next message (section 5.3). Both are driven with \
     `skip_bcast_commit`, and each step ends with heartbeats.",
    "The crate passes proposals and transfers on to the leader; ours redirects. Only leaders are asked.",
    "The crate ignores a second transfer to the same server; ours tells it again to campaign. No leader is asked \
     again before it has given up.",
    "The crate counts ticks, and its lease ends with them; in ours, with the election timer. No tick is counted: \
     the election timer ends both.",
    "In the crate a configuration is in force once it is applied; in ours once it is in the log (section 6). It only changes \
     where everybody in the old and the new one is reached, so that it is applied there within the step.",
    "The crate keeps on its disk which configuration has been applied; ours has it in its log, and after a restart does not know that it is \
     committed (figure 2), so that a voter that was removed campaigns. Its election timer does not fire before it knows.",
    "A leader of ours that leaves steps down as soon as that is committed, and the next one brings newcomers up to date; the crate's, which \
     is made to lead on to the end of the step, does so itself. No change by which the leader leaves brings in a stranger.",
];

/// How often each was met.
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

    /// Those that were never met: a reason to take them out.
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
