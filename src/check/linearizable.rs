//! Linearizability of the clients' history: is there an order in which each operation happens at one
//! instant between its call and its answer, and that explains every answer?
//!
//! Keys are independent, so each is searched alone (Herlihy and Wing's locality). The search is that of
//! Wing and Gong, with Lowe's memory of what has been tried.

use std::collections::{BTreeMap, HashSet};

use crate::raft::{Answer, Op};
use crate::sim::{Operation, World};

/// How many steps one key's search may take before it is given up.
const STEPS_MAX: usize = 1_000_000;

/// What the search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is such an order.
    Linearizable,
    /// There is none, for the operations on this key.
    Not {
        /// The key.
        key: String,
        /// The answer that could not be explained, as far as the search came.
        text: String,
    },
    /// The search was given up.
    Unknown,
}

/// One operation on one key.
#[derive(Clone, Debug)]
struct Call<'a> {
    op: &'a Op,
    /// `None`: nobody knows whether it took effect.
    answer: Option<&'a Answer>,
    called: u64,
    answered: u64,
    text: String,
}

/// Judges the operations that clients remember.
pub fn judge(world: &World) -> Verdict {
    let operations = world.clients().iter().flat_map(|client| client.operations());
    let mut verdict = Verdict::Linearizable;
    for (key, mut calls) in by_key(operations) {
        calls.sort_by_key(|call| call.called);
        match search(&calls) {
            Search::Found => {}
            Search::GivenUp => verdict = Verdict::Unknown,
            Search::None { stuck } => {
                return Verdict::Not { key: key.to_owned(), text: calls[stuck].text.clone() };
            }
        }
    }
    verdict
}

fn by_key<'a>(operations: impl Iterator<Item = &'a Operation>) -> BTreeMap<&'a str, Vec<Call<'a>>> {
    let mut keys: BTreeMap<&str, Vec<Call>> = BTreeMap::new();
    for operation in operations {
        if let Some(call) = call_of(operation) {
            keys.entry(operation.op().key()).or_default().push(call);
        }
    }
    keys
}

/// What counts of an operation; `None` for what cannot have had an effect that anybody saw.
fn call_of(operation: &Operation) -> Option<Call<'_>> {
    let answer = operation.answered.as_ref().map(|(_, answer)| answer);
    let answer = match answer {
        Some(Answer::NotLeader) => return None,
        Some(Answer::Timeout) | None => None,
        known => known,
    };
    if answer.is_none() && operation.op().is_read() {
        return None;
    }
    let told = answer.map_or("no answer".to_owned(), Answer::to_string);
    let command = &operation.command;
    Some(Call {
        op: operation.op(),
        answer,
        called: operation.invoke_order,
        answered: if answer.is_some() { operation.answer_order } else { u64::MAX },
        text: format!(
            "command {} of {}: {} -> {told}",
            command.serial,
            command.client,
            operation.op()
        ),
    })
}

enum Search {
    Found,
    None { stuck: usize },
    GivenUp,
}

/// A place in the search: which calls have happened, and what the key then holds.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    happened: Vec<u64>,
    value: Option<String>,
}

fn search(calls: &[Call]) -> Search {
    let start = Place { happened: vec![0; calls.len().div_ceil(64)], value: None };
    let answered = calls.iter().filter(|call| call.answer.is_some()).count();
    let mut tried: HashSet<Place> = HashSet::new();
    let mut open = vec![(start, 0, 0)];
    let (mut steps, mut furthest, mut stuck) = (0, 0, 0);
    while let Some((place, explained, first)) = open.pop() {
        if explained == answered {
            return Search::Found;
        }
        steps += 1;
        if steps > STEPS_MAX {
            return Search::GivenUp;
        }
        let first = (first..calls.len()).find(|&call| !place.has(call)).unwrap_or(calls.len());
        let deadline = earliest_answer(calls, &place, first);
        if explained >= furthest {
            furthest = explained;
            stuck = (first..calls.len())
                .find(|&call| !place.has(call) && calls[call].answered == deadline)
                .unwrap_or(0);
        }
        // Every call that began before the earliest answer of those left may be the next to happen.
        for call in (first..calls.len()).rev() {
            if place.has(call) || calls[call].called > deadline {
                continue;
            }
            let Some(value) = effect(&calls[call], place.value.as_ref()) else { continue };
            let next = place.with(call, value);
            let explained = explained + usize::from(calls[call].answer.is_some());
            if tried.insert(next.clone()) {
                open.push((next, explained, first));
            }
        }
    }
    Search::None { stuck }
}

fn earliest_answer(calls: &[Call], place: &Place, first: usize) -> u64 {
    let mut earliest = u64::MAX;
    for (number, call) in calls.iter().enumerate().skip(first) {
        if call.called > earliest {
            break;
        }
        if !place.has(number) {
            earliest = earliest.min(call.answered);
        }
    }
    earliest
}

impl Place {
    fn has(&self, call: usize) -> bool {
        self.happened[call / 64] & (1 << (call % 64)) != 0
    }

    fn with(&self, call: usize, value: Option<String>) -> Place {
        let mut happened = self.happened.clone();
        happened[call / 64] |= 1 << (call % 64);
        Place { happened, value }
    }
}

/// What the key holds after the call, if its answer is right; `None` if it is not.
fn effect(call: &Call, value: Option<&String>) -> Option<Option<String>> {
    match (call.op, call.answer) {
        (Op::Set { value, .. }, None | Some(Answer::Ok)) => Some(Some(value.clone())),
        (Op::Delete { .. }, None | Some(Answer::Ok)) => Some(None),
        (Op::Get { .. }, Some(Answer::Nothing)) => value.is_none().then_some(None),
        (Op::Get { .. }, Some(Answer::Value(read))) => {
            (value == Some(read)).then(|| value.cloned())
        }
        (Op::Cas { old, new, .. }, answer) => {
            let matches = value == Some(old);
            let right = match answer {
                Some(Answer::Ok) => matches,
                Some(Answer::Failed) => !matches,
                _ => true,
            };
            right.then(|| if matches { Some(new.clone()) } else { value.cloned() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(value: &str) -> Op {
        Op::Set { key: "x".into(), value: value.into() }
    }

    fn get() -> Op {
        Op::Get { key: "x".into() }
    }

    fn found(history: &[(&Op, Option<Answer>, u64, u64)]) -> bool {
        let calls: Vec<Call> = history
            .iter()
            .map(|(op, answer, called, answered)| Call {
                op,
                answer: answer.as_ref(),
                called: *called,
                answered: *answered,
                text: String::new(),
            })
            .collect();
        matches!(search(&calls), Search::Found)
    }

    fn read(value: &str) -> Option<Answer> {
        Some(Answer::Value(value.into()))
    }

    #[test]
    fn a_read_sees_the_last_write_before_it() {
        let (one, two, get) = (set("1"), set("2"), get());
        let ok = Some(Answer::Ok);
        assert!(found(&[
            (&one, ok.clone(), 1, 2),
            (&two, ok.clone(), 3, 4),
            (&get, read("2"), 5, 6)
        ]));
        assert!(!found(&[(&one, ok.clone(), 1, 2), (&two, ok, 3, 4), (&get, read("1"), 5, 6)]));
    }

    #[test]
    fn overlapping_calls_may_happen_in_any_order() {
        let (one, two, get) = (set("1"), set("2"), get());
        let ok = Some(Answer::Ok);
        for seen in ["1", "2"] {
            let history =
                [(&one, ok.clone(), 1, 5), (&two, ok.clone(), 2, 4), (&get, read(seen), 6, 7)];
            assert!(found(&history), "a read of {seen}");
        }
    }

    #[test]
    fn what_got_no_answer_may_or_may_not_have_happened() {
        let (one, get) = (set("1"), get());
        assert!(found(&[(&one, None, 1, u64::MAX), (&get, read("1"), 2, 3)]));
        assert!(found(&[(&one, None, 1, u64::MAX), (&get, Some(Answer::Nothing), 2, 3)]));
        let gone_again = [
            (&one, None, 1, u64::MAX),
            (&get, read("1"), 2, 3),
            (&get, Some(Answer::Nothing), 4, 5),
        ];
        assert!(!found(&gone_again));
    }
}
