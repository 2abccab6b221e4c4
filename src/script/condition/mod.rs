//! Conditions: the questions that `expect`, `wait`, `when` and `goal` ask about a cluster.
//!
//! `evaluate` says whether a condition holds, `explain` what was found instead; `numbers` compares
//! numbers, `messages` finds messages.

mod evaluate;
mod explain;
mod messages;
mod numbers;

use crate::check::Property;
use crate::raft::{Answer, Role, ServerId, Term};
use crate::sim::{Filter, MessageState, Micros, Servers};

pub(super) use explain::describe_violation;

/// Clauses that must all hold (`and`).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Never empty.
    pub clauses: Vec<Clause>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub negated: bool,
    pub question: Question,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Exactly one live server leads in the highest term of all live servers, and is one of these.
    Leader(Option<Servers>),
    /// No live server, or more than one, leads in the highest term.
    NoLeader,
    Role(Servers, Role),
    /// The live servers that lead in any term are exactly these; `None` stands for no server.
    Leaders(Option<Servers>),
    Alive(Servers),
    Crashed(Servers),
    Paused(Servers),
    Number(ClusterNumber, Comparison, Amount),
    /// The vote in their current term.
    Vote(Servers, Option<ServerId>),
    /// The terms of their entries, from the first one after the snapshot.
    Log(Servers, Vec<Term>),
    /// The voters of their latest configuration.
    Members(Servers, Servers),
    /// The value of a key in their state machines; in every live one if `on` is left out.
    Value {
        key: String,
        /// `None`: there is no such key.
        value: Option<String>,
        on: Option<Servers>,
    },
    /// The answer to the newest client command.
    Answer(Answer),
    /// Every client command so far has been answered.
    Answered,
    /// The live servers have the same committed log and the same state.
    Agree(Option<Servers>),
    /// None of the five safety properties has been violated.
    Safe,
    Violated(Property),
    /// The clients' history so far is linearizable.
    Linearizable,
    Time(Comparison, Micros),
    /// A message in that state matches the filter and, if it is given, has such a prevLogIndex.
    Message {
        state: MessageState,
        filter: Filter,
        prev: Option<(Comparison, Amount)>,
    },
}

/// Numbers of the cluster, one for each server, or for each leader with each follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterNumber {
    Server(Measure, Servers),
    /// What these servers, as leaders, keep of the logs of those.
    Follower(FollowerMeasure, Servers, Servers),
}

/// What numbers are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Number(u64),
    /// The comparison must hold for each of them.
    Cluster(ClusterNumber),
}

/// A number that a leader keeps for each follower (figure 2, "volatile state on leaders").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowerMeasure {
    Match,
    Next,
}

impl FollowerMeasure {
    /// In the order of the manual.
    pub const ALL: [FollowerMeasure; 2] = [FollowerMeasure::Match, FollowerMeasure::Next];

    pub fn name(self) -> &'static str {
        match self {
            FollowerMeasure::Match => "match",
            FollowerMeasure::Next => "next",
        }
    }
}

/// A number that every server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Term,
    LastIndex,
    Commit,
    Applied,
    /// The last index that its snapshot includes; 0 without one.
    Snapshot,
}

impl Measure {
    /// In the order of the manual.
    pub const ALL: [Measure; 5] =
        [Measure::Term, Measure::LastIndex, Measure::Commit, Measure::Applied, Measure::Snapshot];

    pub fn name(self) -> &'static str {
        match self {
            Measure::Term => "term",
            Measure::LastIndex => "last-index",
            Measure::Commit => "commit",
            Measure::Applied => "applied",
            Measure::Snapshot => "snapshot",
        }
    }

    /// Whether it survives a crash.
    pub fn is_persistent(self) -> bool {
        !matches!(self, Measure::Commit | Measure::Applied)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparison {
    /// A sign that begins with another comes before it, for the parser.
    pub const ALL: [Comparison; 6] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::AtMost,
        Comparison::Less,
        Comparison::AtLeast,
        Comparison::Greater,
    ];

    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        }
    }

    pub fn holds(self, left: u64, right: u64) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Greater => left > right,
            Comparison::AtLeast => left >= right,
        }
    }
}
