//! The rules of Raft that can be taken away, to see what each was for.

use std::fmt;

/// One rule that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// Term and vote are stable before a vote is answered.
    PersistVote,
    /// Entries are stable before they are acknowledged.
    PersistLog,
    /// One vote per term.
    OneVote,
    /// A majority elects and commits; off: half of the voters, rounded down, is enough.
    Majority,
    /// A vote only for a log that is at least as up to date.
    UpToDate,
    /// A higher term makes a follower.
    StepDown,
    /// AppendEntries must match at prevLogIndex.
    PrevLogCheck,
    /// Entries are removed only where they conflict.
    ConflictOnly,
    /// A leader counts replicas only for entries of its own term.
    CommitOwnTerm,
    /// Election timeouts are random.
    RandomTimeout,
    /// A new leader appends a no-op.
    LeaderNoop,
    /// No membership change before an entry of this term is committed.
    ConfigAfterCommit,
    /// A command of a client session is applied once.
    Dedupe,
    /// A leader confirms that it still leads before it answers a read.
    ReadQuorum,
}

impl Rule {
    /// All rules, in the order of the manual.
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

    /// Its name in the language.
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

    /// What the rule says.
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

    /// What goes wrong without it.
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

/// Which rules a server keeps. By default all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules(u16);

impl Default for Rules {
    fn default() -> Rules {
        Rules((1 << Rule::ALL.len()) - 1)
    }
}

impl Rules {
    /// Whether the rule is kept.
    pub fn on(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// Keeps the rule, or takes it away.
    pub fn set(&mut self, rule: Rule, on: bool) {
        if on {
            self.0 |= 1 << rule as u8;
        } else {
            self.0 &= !(1 << rule as u8);
        }
    }
}
