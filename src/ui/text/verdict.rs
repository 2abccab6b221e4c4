//! Texts about the verdict on the run.

use crate::sim::Micros;

use super::moment;

pub const SAFE: &str = "safe";
pub const LINEARIZABLE: &str = " · linearizable";
pub const UNDECIDED: &str = " · linearizability undecided";
pub const NO_VIOLATION_YET: &str = "no violation yet · ";
pub const VIOLATED: &str = "violated";
pub const SAFE_MEANS: &str = "After every event the page checks the five safety properties of the \
    paper's figure 3, and after every response to a client whether the clients' history is \
    linearizable.";
pub const VERDICT: &str = "Is this run safe?";
pub const THIS_RUN: &str = "This run";
pub const PROPERTIES: &str = "Checked after every event";
pub const HOLDS: &str = "Holds so far.";

/// On the badge, while rules are off.
pub fn rules_off(count: usize) -> String {
    match count {
        1 => "1 rule off".to_owned(),
        _ => format!("{count} rules off"),
    }
}

/// On the badge, after the first property that was violated.
pub fn more_violations(others: usize) -> String {
    match others {
        0 => String::new(),
        _ => format!(" +{others}"),
    }
}

/// What rules that are off mean for the verdict.
pub fn no_promise(labels: &[&str]) -> String {
    format!("Raft promises these properties only with every rule on. Here: {}.", labels.join(", "))
}

pub fn violated_at(time_us: Micros, headline: &str) -> String {
    format!("Violated at {}: {headline}", moment(time_us))
}

/// The first operation that was not judged.
pub fn undecided_from(operation: &str) -> String {
    format!("Undecided from {operation} on: judging it would take too long.")
}
