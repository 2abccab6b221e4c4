//! A reason in words, and what it is about.

use std::fmt;

use crate::raft::rules::Rule;

/// A reason in words. The sentence is "fact -> decision"; its subject is the server that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the server knows, with its numbers.
    pub fact: String,
    /// What it does because of that.
    pub decision: String,
    pub rule: Principle,
    /// The rule is off, and would have prevented the decision. Explanations of violations look for
    /// such decisions.
    pub off: bool,
    /// The section of the paper, or of the dissertation, that demands the decision.
    pub section: &'static str,
    pub topic: Topic,
}

impl Reason {
    pub(super) fn new(
        topic: Topic,
        demand: impl Into<Demand>,
        section: &'static str,
        fact: impl Into<String>,
        decision: impl Into<String>,
    ) -> Reason {
        let (fact, decision, Demand { rule, off }) = (fact.into(), decision.into(), demand.into());
        Reason { fact, decision, rule, off, section, topic }
    }

    /// The rule that would have prevented the decision, but is off.
    pub fn broken_rule(&self) -> Option<Rule> {
        match self.rule {
            Principle::Rule(rule) if self.off => Some(rule),
            Principle::Rule(_) | Principle::Words(_) => None,
        }
    }
}

/// What a decision rests on, or defies.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    rule: Principle,
    off: bool,
}

impl Demand {
    /// This rule is off, and would have prevented the decision.
    pub(super) fn off(rule: Rule) -> Demand {
        Demand { rule: Principle::Rule(rule), off: true }
    }
}

impl From<Rule> for Demand {
    fn from(rule: Rule) -> Demand {
        Demand { rule: Principle::Rule(rule), off: false }
    }
}

impl From<&'static str> for Demand {
    fn from(words: &'static str) -> Demand {
        Demand { rule: Principle::Words(words), off: false }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.fact, self.decision)
    }
}

/// What a decision rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principle {
    /// A rule that can be switched off.
    Rule(Rule),
    /// Any other rule of Raft, in a few words.
    Words(&'static str),
}

impl Principle {
    /// The name of a rule in the script language, or the words.
    pub fn name(self) -> &'static str {
        match self {
            Principle::Rule(rule) => rule.name(),
            Principle::Words(words) => words,
        }
    }
}

/// What a decision or an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Topic {
    /// Timers, candidates, votes, leaders, terms.
    Elections,
    /// Entries appended, committed, applied, compacted.
    Replication,
    /// Configurations and their changes.
    Membership,
    Clients,
    /// Crashes, cuts, losses: what a person or a script did.
    Faults,
    /// Routine: what every heartbeat brings.
    Messages,
}

impl Topic {
    pub const ALL: [Topic; 6] = [
        Topic::Elections,
        Topic::Replication,
        Topic::Membership,
        Topic::Clients,
        Topic::Faults,
        Topic::Messages,
    ];
}

/// A count with its noun.
pub(super) struct Counted(pub u64, pub &'static str, pub &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counted(count, one, many) = *self;
        write!(f, "{count} {}", if count == 1 { one } else { many })
    }
}
