//! What is said of going elsewhere in time, and of branches.

use crate::script::{Aspect, Branch};
use crate::sim::Micros;

use super::moment;

/// A single step back.
pub const PREVIOUS_EVENT: &str = "Previous event";
/// There is nothing before.
pub const NOTHING_BEFORE: &str = "this is the beginning: nothing happened before";
/// What was typed as a moment is none.
pub const MOMENT_EXPECTED: &str = "a moment is a number with its unit, such as 1.5s or 350ms";
/// Where the slider of time stands.
pub fn of_run(now_us: Micros, end_us: Micros) -> String {
    format!("{} of {}", moment(now_us), moment(end_us))
}

/// What the simulator says, as a sentence.
pub fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    format!("{}{}.", first.map(String::from).unwrap_or_default(), letters.as_str())
}

/// A branch was begun.
pub fn branched(kept: &Branch) -> String {
    format!("You acted in the past: what was is kept under Branches as “{}”.", kept.name())
}

/// A branch was returned to.
pub fn returned(name: &str) -> String {
    format!("You are in “{name}” again.")
}

/// Nothing was done in the past yet.
pub const BRANCHES_EMPTY: &str = "Go back in time and do something else there: what was is kept here, to compare and to return to.";

/// How much differs from that branch at that moment.
pub fn compared(now: &str, there: &str, count: usize) -> String {
    let differ = match count {
        0 => "nothing differs",
        1 => "1 thing differs",
        _ => return format!("At {now} {count} things differ from “{there}”"),
    };
    format!("At {now} {differ} from “{there}”")
}

/// What differs.
pub fn aspect(aspect: &Aspect) -> String {
    match aspect {
        Aspect::State => "state",
        Aspect::Term => "term",
        Aspect::Vote => "vote",
        Aspect::Log => "log",
        Aspect::Commit => "commit index",
        Aspect::Value(key) => return format!("value of {key}"),
    }
    .to_string()
}

/// Where the log of events begins.
pub fn events_since(from_us: Micros) -> String {
    format!("What happened before {} is not kept: go back to it to see it.", moment(from_us))
}

/// An event of the future.
pub fn to_come(id: u64) -> String {
    format!("Event {id} is still to come.")
}
