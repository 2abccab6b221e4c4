//! Conditions: what `expect`, `wait`, `when` and `goal` ask of a cluster.

mod evaluate;
mod explain;

use crate::check::Property;
use crate::raft::{Answer, Role, ServerId, Term};
use crate::sim::{Micros, Servers};

pub(super) use explain::told;

/// Clauses that must all hold (`and`).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// At least one.
    pub clauses: Vec<Clause>,
}

/// One question, or its opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Whether `not` stands before it.
    pub negated: bool,
    /// The question.
    pub question: Question,
}

/// What can be asked of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Exactly one live server leads in the highest term of all live servers, and is one of these.
    Leader(Option<Servers>),
    /// No live server, or more than one, leads in that term.
    NoLeader,
    /// They have that role.
    Role(Servers, Role),
    /// These are the live servers that believe they lead; `None` is none.
    Leaders(Option<Servers>),
    /// They all run.
    Alive(Servers),
    /// They have all crashed.
    Crashed(Servers),
    /// They are all frozen.
    Paused(Servers),
    /// A number of theirs compares so.
    Number(Measure, Servers, Comparison, u64),
    /// Whom they voted for in their term.
    Vote(Servers, Option<ServerId>),
    /// The terms of their entries, from the first that is not compacted away.
    Log(Servers, Vec<Term>),
    /// The voters of their latest configuration.
    Members(Servers, Servers),
    /// What a key holds in their state machines; in every live one where none is named.
    Value {
        /// Which key.
        key: String,
        /// Its value; `None` where there is no such key.
        value: Option<String>,
        /// In whose state machine.
        on: Option<Servers>,
    },
    /// What the newest client command came to.
    Answer(Answer),
    /// The live ones hold the same committed log and the same state.
    Agree(Option<Servers>),
    /// No safety property has been violated.
    Safe,
    /// This one has been violated.
    Violated(Property),
    /// The clients' history so far is linearizable.
    Linearizable,
    /// Simulated time, in microseconds, compares so.
    Time(Comparison, Micros),
}

/// A number that every server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Its current term.
    Term,
    /// The index of its last entry.
    LastIndex,
    /// Its commit index.
    Commit,
    /// The index of the last entry that it applied.
    Applied,
    /// The last index that its snapshot includes.
    Snapshot,
}

impl Measure {
    /// All of them, in the order of the manual.
    pub const ALL: [Measure; 5] =
        [Measure::Term, Measure::LastIndex, Measure::Commit, Measure::Applied, Measure::Snapshot];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Term => "term",
            Measure::LastIndex => "last-index",
            Measure::Commit => "commit",
            Measure::Applied => "applied",
            Measure::Snapshot => "snapshot",
        }
    }

    /// Whether it outlives a crash.
    pub fn is_persistent(self) -> bool {
        !matches!(self, Measure::Commit | Measure::Applied)
    }
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// All of them. Where one sign begins another, the longer comes first.
    pub const ALL: [Comparison; 6] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::AtMost,
        Comparison::Less,
        Comparison::AtLeast,
        Comparison::Greater,
    ];

    /// Its sign in the language.
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

    /// Whether it holds between the two.
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
