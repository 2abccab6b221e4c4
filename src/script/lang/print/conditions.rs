//! Prints conditions.

use std::fmt::{Display, Formatter, Result};

use crate::raft::Answer;
use crate::script::condition::{Amount, Clause, ClusterNumber, Question};
use crate::sim::Duration;

use super::Bare;

/// The words that `answer =` does not take as values.
const ANSWERS: [&str; 6] = ["ok", "none", "not-leader", "timeout", "failed", "expired"];

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.negated {
            f.write_str("not ")?;
        }
        self.question.fmt(f)
    }
}

impl Display for Question {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Question::Leader(None) => f.write_str("leader"),
            Question::Leader(Some(servers)) => write!(f, "leader {}", servers),
            Question::NoLeader => f.write_str("no leader"),
            Question::Role(servers, role) => write!(f, "role {} {}", servers, role.name()),
            Question::Leaders(None) => f.write_str("leaders = none"),
            Question::Leaders(Some(servers)) => write!(f, "leaders = {}", servers),
            Question::Alive(servers) => write!(f, "alive {}", servers),
            Question::Crashed(servers) => write!(f, "crashed {}", servers),
            Question::Paused(servers) => write!(f, "paused {}", servers),
            Question::Number(quantity, comparison, amount) => {
                write!(f, "{quantity} {} {amount}", comparison.sign())
            }
            Question::Vote(servers, None) => write!(f, "vote {} = none", servers),
            Question::Vote(servers, Some(vote)) => write!(f, "vote {} = {vote}", servers),
            Question::Log(servers, log) => {
                write!(f, "log {} =", servers)?;
                write_terms(f, log)
            }
            Question::Members(servers, voters) => {
                write!(f, "members {} = {}", servers, voters)
            }
            Question::Value { key, value, on } => {
                write!(f, "value {} = ", Bare(key, &[]))?;
                match value {
                    Some(value) => Bare(value, &["none"]).fmt(f)?,
                    None => f.write_str("none")?,
                }
                on.iter().try_for_each(|on| write!(f, " on {}", on))
            }
            Question::Answer(Answer::Value(value)) => {
                write!(f, "answer = {}", Bare(value, &ANSWERS))
            }
            Question::Answer(answer) => write!(f, "answer = {answer}"),
            Question::Answered => f.write_str("answered"),
            Question::Agree(None) => f.write_str("agree"),
            Question::Agree(Some(servers)) => write!(f, "agree {}", servers),
            Question::Safe => f.write_str("safe"),
            Question::Violated(property) => write!(f, "violated {}", property.name()),
            Question::Linearizable => f.write_str("linearizable"),
            Question::Time(comparison, time_us) => {
                write!(f, "time {} {}", comparison.sign(), Duration(*time_us))
            }
            Question::Message { state, filter, prev } => {
                write!(f, "{}{filter}", state.name())?;
                let Some((comparison, amount)) = prev else { return Ok(()) };
                write!(f, " prev {} {amount}", comparison.sign())
            }
        }
    }
}

impl Display for ClusterNumber {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            ClusterNumber::Server(measure, servers) => write!(f, "{} {servers}", measure.name()),
            ClusterNumber::Follower(measure, leaders, followers) => {
                write!(f, "{} {leaders} {followers}", measure.name())
            }
        }
    }
}

impl Display for Amount {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Amount::Number(number) => number.fmt(f),
            Amount::Cluster(quantity) => quantity.fmt(f),
        }
    }
}

/// The terms of a log, each after a blank, or `none`.
pub(crate) fn write_terms(f: &mut Formatter<'_>, log: &[u64]) -> Result {
    match log {
        [] => f.write_str(" none"),
        log => log.iter().try_for_each(|term| write!(f, " {term}")),
    }
}
