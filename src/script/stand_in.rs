#![allow(missing_docs)]
macro_rules! names { ($t:ident, $n:literal, $($v:ident = $s:literal),*) => {
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum $t { $($v),* }
impl $t { pub const ALL: [$t; $n] = [$($t::$v),*]; pub fn name(self) -> &'static str { match self { $($t::$v => $s),* } } }
}}
names!(
    Role,
    5,
    Follower = "follower",
    PreCandidate = "pre-candidate",
    Candidate = "candidate",
    Leader = "leader",
    Learner = "learner"
);
names!(
    Property,
    6,
    ElectionSafety = "election-safety",
    LeaderAppendOnly = "leader-append-only",
    LogMatching = "log-matching",
    LeaderCompleteness = "leader-completeness",
    StateMachineSafety = "state-machine-safety",
    Linearizability = "linearizability"
);
