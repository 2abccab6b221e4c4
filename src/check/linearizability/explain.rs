//! Why a response fits no order, in words.

use crate::raft::{Answer, ClientCommand, Op};
use crate::sim::{Duration, Micros};

use super::invocation::{Invocation, Response, value_written};
use super::linearization::PastResponse;

/// The most values or operations that a text names; the rest is counted.
const NAMED_MAX: usize = 6;

/// The operation as a text names it: command 3 of c1 (`get x`).
pub(super) fn describe(command: &ClientCommand) -> String {
    let ClientCommand { serial, client, op, .. } = command;
    let line = match op {
        Op::Set { key, value } => format!("set {key} {value}"),
        Op::Get { key } => format!("get {key}"),
        Op::Delete { key } => format!("delete {key}"),
        Op::Cas { key, old, new } => format!("cas {key} {old} {new}"),
    };
    format!("command {serial} of {client:#} (`{line}`)")
}

/// Why the response at `time_us` to the operation at `at` fits no order. `responses` are those
/// since it was invoked.
pub(super) fn explain(
    invocations: &[Invocation],
    at: usize,
    time_us: Micros,
    responses: &[PastResponse],
) -> String {
    let invocation = &invocations[at];
    let Response::Answered { order, answer } = &invocation.response else { return String::new() };
    let concurrent: Vec<&Invocation> = invocations
        .iter()
        .filter(|other| other.id != invocation.id && is_concurrent(other, invocation.id, *order))
        .collect();
    let values = possible_values(&concurrent, responses);
    let key = invocation.op().key();
    let name = describe(&invocation.command);
    if let ([only], true, true) = (&*values, concurrent.is_empty(), invocation.op().is_read()) {
        let returned = match answer {
            Answer::Value(value) => format!("`{value}`"),
            _ => "nothing".to_owned(),
        };
        return format!(
            "{name} is stale: it returned {returned} at {}, but {key} already held {} when it \
             was sent at {}",
            Duration(time_us),
            shown(only),
            Duration(invocation.invoked_us),
        );
    }
    let listed_values = listed(values.iter().map(shown), "or");
    let could = match values.iter().any(|value| invocation.fits(*value)) {
        true => format!(
            "may have held {listed_values}, but no order of those explains the other answers too"
        ),
        false => format!("can only have held {listed_values}"),
    };
    let concurrent = match concurrent.is_empty() {
        true => "no other operation on it was in flight".to_owned(),
        false => {
            format!("also in flight: {}", listed(concurrent.into_iter().map(with_answer), "and"))
        }
    };
    format!(
        "{name}, sent at {} and answered `{answer}` at {}, fits no order: in between, {key} \
         {could}; {concurrent}",
        Duration(invocation.invoked_us),
        Duration(time_us),
    )
}

/// The values that the key may have held between the invocation and the response.
fn possible_values<'a>(
    concurrent: &[&'a Invocation],
    responses: &'a [PastResponse],
) -> Vec<Option<&'a str>> {
    let held = responses.iter().flat_map(|response| &response.before).map(|before| before.value());
    let writes = concurrent.iter().filter(|other| !other.changed_nothing());
    let mut values: Vec<Option<&str>> = Vec::new();
    for value in held.chain(writes.map(|write| value_written(write.op()))) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Whether an operation may have taken effect between that invocation and that response.
fn is_concurrent(other: &Invocation, invoked: u64, answered: u64) -> bool {
    other.id < answered
        && match other.response {
            Response::Pending | Response::Unknown => !other.op().is_read(),
            Response::Answered { order, .. } => order > invoked,
        }
}

fn with_answer(invocation: &Invocation) -> String {
    let answer = match &invocation.response {
        Response::Pending => "not answered yet".to_owned(),
        Response::Unknown => "outcome unknown".to_owned(),
        Response::Answered { answer, .. } => format!("answered `{answer}`"),
    };
    format!("{}, {answer}", describe(&invocation.command))
}

fn shown(value: &Option<&str>) -> String {
    value.map_or("nothing".to_owned(), |value| format!("`{value}`"))
}

/// `a, b or c`; the first of many.
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
