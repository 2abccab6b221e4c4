//! Why an operation has no place in any order, in words.

use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::{Duration, Micros};

use super::placing::{Call, End, Step, written};

/// So many values or operations are named; the rest is counted.
const NAMED_MAX: usize = 6;

/// Which operation it is: command 3 of c1 (`get x`).
pub(super) fn named(command: &ClientCommand) -> String {
    let ClientCommand { serial, client, op, .. } = command;
    let line = match op {
        Op::Set { key, value } => format!("set {key} {value}"),
        Op::Get { key } => format!("get {key}"),
        Op::Delete { key } => format!("delete {key}"),
        Op::Cas { key, old, new } => format!("cas {key} {old} {new}"),
    };
    format!("command {serial} of {client} (`{line}`)")
}

/// Why the call at that place, answered now, fits into no order. `steps` are the answers since it was invoked.
pub(super) fn unplaced(calls: &[Call], at: usize, time_us: Micros, steps: &[Step]) -> String {
    let call = &calls[at];
    let End::Answered { order, answer } = &call.end else { return String::new() };
    let others =
        || calls.iter().filter(|other| other.id != call.id && is_beside(other, call.id, *order));
    let held = steps.iter().flat_map(|step| &step.before).map(|place| place.held());
    let writes = || others().filter(|other| !other.only_looked());
    let mut values: Vec<Option<&str>> = Vec::new();
    for value in held.chain(writes().map(|other| written(other.op()))) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let key = call.op().key();
    let told =
        |value: &Option<&str>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
    let values_told = listed(values.iter().map(told), "or");
    let wanted = match (call.op(), answer) {
        (Op::Cas { old, .. }, Answer::Ok) => values.contains(&Some(old)),
        (Op::Cas { old, .. }, _) => values.iter().any(|value| *value != Some(old)),
        (_, Answer::Value(value)) => values.contains(&Some(value)),
        _ => values.contains(&None),
    };
    let could = match wanted {
        true => format!(
            "may have held {values_told}, but no order of those explains the other answers, too"
        ),
        false => format!("can only have held {values_told}"),
    };
    let beside: Vec<String> = others().map(ending).collect();
    let beside = match beside.is_empty() {
        true => "no other operation on it was under way".to_owned(),
        false => format!("under way beside it: {}", listed(beside.into_iter(), "and")),
    };
    format!(
        "{}, called at {} and answered `{answer}` at {}, has no place: between call and answer {key} {could}; {beside}",
        named(&call.command),
        Duration(call.invoked_us),
        Duration(time_us),
    )
}

/// Whether an operation may have happened between that call and that answer.
fn is_beside(other: &Call, called: u64, answered: u64) -> bool {
    other.id < answered
        && match other.end {
            End::Open | End::Lost => !other.op().is_read(),
            End::Answered { order, .. } => order > called,
        }
}

fn ending(call: &Call) -> String {
    let end = match &call.end {
        End::Open => "not answered yet".to_owned(),
        End::Lost => "its outcome unknown".to_owned(),
        End::Answered { answer, .. } => format!("answered `{answer}`"),
    };
    format!("{}, {end}", named(&call.command))
}

/// `a, b or c`; of many only the first.
fn listed(items: impl Iterator<Item = String>, word: &str) -> String {
    let mut items: Vec<String> = items.collect();
    if items.len() > NAMED_MAX {
        let more = items.len() - NAMED_MAX + 1;
        items.truncate(NAMED_MAX - 1);
        items.push(format!("{more} more"));
    }
    let last = items.pop().unwrap_or_default();
    if items.is_empty() { last } else { format!("{} {word} {last}", items.join(", ")) }
}
