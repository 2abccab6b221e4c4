//! The rules of Raft that can be switched off, to see what each of them prevents.
//!
//! A rule that is off loses for good what it would have protected: with `persist-vote` off, term
//! and vote never reach the disk; with `persist-log` off, entries never do. Otherwise a disk that
//! takes no time would hide what the rule is for.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// Term and vote are stable before a vote leaves (figure 2, "persistent state").
    PersistVote,
    /// Entries are stable before they are acknowledged (figure 2, "persistent state").
    PersistLog,
    /// A server votes for at most one candidate per term (section 5.2).
    OneVote,
    /// A majority elects and commits; off: half of the voters, rounded down, suffices
    /// (sections 5.2 and 5.3).
    Majority,
    /// A vote only for a log at least as up to date (section 5.4.1).
    UpToDate,
    /// A candidate or leader that sees a higher term becomes a follower (section 5.1).
    StepDown,
    /// AppendEntries must match at prevLogIndex (section 5.3).
    PrevLogCheck,
    /// A follower deletes entries only if they conflict with the leader's (figure 2,
    /// AppendEntries, step 3).
    ConflictOnly,
    /// A leader counts replicas only for entries of its own term (section 5.4.2).
    CommitOwnTerm,
    /// Election timeouts are random (section 5.2). The world draws them, so the world keeps this
    /// rule.
    RandomTimeout,
    /// A new leader appends a no-op (section 8).
    LeaderNoop,
    /// No membership change before an entry of this term is committed (the bug of 2015, which was
    /// in chapter 4 of the dissertation).
    ConfigAfterCommit,
    /// A command of a client session is applied once (section 8).
    Dedupe,
    /// A leader confirms that it still leads before it answers a read (section 8).
    ReadQuorum,
}

impl Rule {
    /// In the order of the manual.
    pub const ALL: [Rule; 14] = [
        Rule::PersistVote,
        Rule::PersistLog,
        Rule::OneVote,
        Rule::Majority,
        Rule::UpToDate,
        Rule::StepDown,
        Rule::PrevLogCheck,
        Rule::ConflictOnly,
        Rule::CommitOwnTerm,
        Rule::RandomTimeout,
        Rule::LeaderNoop,
        Rule::ConfigAfterCommit,
        Rule::Dedupe,
        Rule::ReadQuorum,
    ];

    /// The name in the script language.
    pub fn name(self) -> &'static str {
        match self {
            Rule::PersistVote => "persist-vote",
            Rule::PersistLog => "persist-log",
            Rule::OneVote => "one-vote",
            Rule::Majority => "majority",
            Rule::UpToDate => "up-to-date",
            Rule::StepDown => "step-down",
            Rule::PrevLogCheck => "prev-log-check",
            Rule::ConflictOnly => "conflict-only",
            Rule::CommitOwnTerm => "commit-own-term",
            Rule::RandomTimeout => "random-timeout",
            Rule::LeaderNoop => "leader-noop",
            Rule::ConfigAfterCommit => "config-after-commit",
            Rule::Dedupe => "dedupe",
            Rule::ReadQuorum => "read-quorum",
        }
    }

    pub fn statement(self) -> &'static str {
        match self {
            Rule::PersistVote => "Term and vote are stable before a vote is answered",
            Rule::PersistLog => "Entries are stable before they are acknowledged",
            Rule::OneVote => "One vote per term",
            Rule::Majority => "A majority elects and commits",
            Rule::UpToDate => "A vote only for a log at least as up to date",
            Rule::StepDown => "A higher term makes a follower",
            Rule::PrevLogCheck => "AppendEntries must match at prevLogIndex",
            Rule::ConflictOnly => "Entries are removed only where they conflict",
            Rule::CommitOwnTerm => "A leader counts replicas only for entries of its own term",
            Rule::RandomTimeout => "Election timeouts are random",
            Rule::LeaderNoop => "A new leader appends a no-op",
            Rule::ConfigAfterCommit => {
                "No membership change before an entry of this term is committed"
            }
            Rule::Dedupe => "A session's command is applied once",
            Rule::ReadQuorum => "A leader confirms that it still leads before it answers a read",
        }
    }

    /// What goes wrong with the rule off.
    pub fn without(self) -> &'static str {
        match self {
            Rule::PersistVote | Rule::OneVote => "two leaders in one term",
            Rule::PersistLog | Rule::UpToDate => "a committed entry is lost",
            Rule::Majority => "split brain",
            Rule::StepDown => "stale leaders",
            Rule::PrevLogCheck => "logs diverge",
            Rule::ConflictOnly => "a late message removes acknowledged entries",
            Rule::CommitOwnTerm => "the paper's figure 8",
            Rule::RandomTimeout => "elections split for ever",
            Rule::LeaderNoop => "old entries stay uncommitted; membership changes race",
            Rule::ConfigAfterCommit => "the single-server membership bug of 2015",
            Rule::Dedupe => "a retry is applied twice",
            Rule::ReadQuorum => "stale reads",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rules that are on; by default all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules(u16);

impl Default for Rules {
    fn default() -> Rules {
        Rules((1 << Rule::ALL.len()) - 1)
    }
}

impl Rules {
    pub fn on(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    pub fn set(&mut self, rule: Rule, on: bool) {
        if on {
            self.0 |= 1 << rule as u8;
        } else {
            self.0 &= !(1 << rule as u8);
        }
    }
}
