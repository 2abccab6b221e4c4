//! Linearizability of the clients' history: is there an order in which each operation happens at one
//! instant between its call and its answer, and that explains every answer?
//!
//! Keys are independent, so each is searched alone (Herlihy and Wing's locality). The search is that of
//! Wing and Gong, with Lowe's memory of what has been tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::raft::{Answer, Op};
use crate::sim::order::sort_by_number;
use crate::sim::{Client, Operation, World};

/// How many steps one key's search may take before it is given up.
const STEPS_MAX: usize = 100_000;

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

/// Judges the operations that clients remember. Where some are forgotten, nobody knows what the keys
/// held then: what was asked before that is left out.
pub fn judge(world: &World) -> Verdict {
    let horizon = world.clients().iter().map(Client::forgotten_order).max().unwrap_or(0);
    let operations = world.clients().iter().flat_map(|client| client.operations());
    let start = if horizon == 0 { Held::Nothing } else { Held::Unknown };
    let mut verdict = Verdict::Linearizable;
    for (key, mut calls) in by_key(operations, horizon) {
        sort_by_number(&mut calls, |call| call.called);
        match search(&calls, &start) {
            Search::Found => {}
            Search::GivenUp => verdict = Verdict::Unknown,
            Search::None { stuck } => {
                return Verdict::Not { key: key.to_owned(), text: calls[stuck].text.clone() };
            }
        }
    }
    verdict
}

fn by_key<'a>(
    operations: impl Iterator<Item = &'a Operation>,
    horizon: u64,
) -> BTreeMap<&'a str, Vec<Call<'a>>> {
    let mut keys: BTreeMap<&str, Vec<Call>> = BTreeMap::new();
    for operation in operations {
        if let Some(call) = call_of(operation, horizon) {
            keys.entry(operation.op().key()).or_default().push(call);
        }
    }
    keys
}

/// What counts of an operation; `None` for what cannot have had an effect that anybody saw.
fn call_of(operation: &Operation, horizon: u64) -> Option<Call<'_>> {
    let answer = operation.answered.as_ref().map(|(_, answer)| answer);
    if answer.is_some() && operation.answer_order < horizon {
        return None;
    }
    // What was under way then may have come before or after what is forgotten.
    let answer = answer.filter(|_| operation.invoke_order > horizon);
    let answer = match answer {
        Some(Answer::NotLeader) => return None,
        Some(Answer::Timeout | Answer::Expired) | None => None,
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

impl Call<'_> {
    /// Whether it certainly changed nothing.
    fn only_looked(&self) -> bool {
        self.op.is_read() || self.answer == Some(&Answer::Failed)
    }
}

enum Search {
    Found,
    None { stuck: usize },
    GivenUp,
}

/// What a key holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// Whatever it held when the oldest operation began that is remembered.
    Unknown,
    Nothing,
    Value(String),
}

/// A place in the search: which calls have happened, and what the key then holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    happened: Vec<u64>,
    value: Held,
}

fn search(calls: &[Call], start: &Held) -> Search {
    let start = Place { happened: vec![0; calls.len().div_ceil(64)], value: start.clone() };
    let answered = calls.iter().filter(|call| call.answer.is_some()).count();
    let mut tried: BTreeSet<Place> = BTreeSet::new();
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
        let mut nexts = possible_nexts(calls, &place, first, deadline);
        // What only looks may as well happen now: no other order could explain more.
        let looked =
            |(call, value): &(usize, Held)| calls[*call].only_looked() && *value == place.value;
        if let Some(quiet) = nexts.iter().position(looked) {
            nexts = vec![nexts.swap_remove(quiet)];
        }
        for (call, value) in nexts.into_iter().rev() {
            let next = place.with(call, value);
            let explained = explained + usize::from(calls[call].answer.is_some());
            if tried.insert(next.clone()) {
                open.push((next, explained, first));
            }
        }
    }
    Search::None { stuck }
}

/// Every call that began before the earliest answer of those left may be the next to happen, if its own answer then is right.
fn possible_nexts(
    calls: &[Call],
    place: &Place,
    first: usize,
    deadline: u64,
) -> Vec<(usize, Held)> {
    let began = (first..calls.len()).take_while(|&call| calls[call].called <= deadline);
    let left = began.filter(|&call| !place.has(call));
    let mut nexts: Vec<(usize, Held)> =
        left.filter_map(|call| Some((call, effect(&calls[call], &place.value)?))).collect();
    // What was answered first most likely happened first: tried first, it saves the most.
    sort_by_number(&mut nexts, |(call, _)| calls[*call].answered);
    nexts
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

    fn with(&self, call: usize, value: Held) -> Place {
        let mut happened = self.happened.clone();
        happened[call / 64] |= 1 << (call % 64);
        Place { happened, value }
    }
}

/// What the key holds after the call, if its answer is right; `None` if it is not.
fn effect(call: &Call, value: &Held) -> Option<Held> {
    let known = *value != Held::Unknown;
    match (call.op, call.answer) {
        (Op::Set { value, .. }, None | Some(Answer::Ok)) => Some(Held::Value(value.clone())),
        (Op::Delete { .. }, None | Some(Answer::Ok)) => Some(Held::Nothing),
        (Op::Get { .. }, Some(Answer::Nothing)) => {
            (!known || *value == Held::Nothing).then_some(Held::Nothing)
        }
        (Op::Get { .. }, Some(Answer::Value(read))) => {
            let read = Held::Value(read.clone());
            (!known || *value == read).then_some(read)
        }
        (Op::Cas { old, new, .. }, answer) => {
            let matches = matches!(value, Held::Value(value) if value == old);
            let (new, same) = (Held::Value(new.clone()), value.clone());
            match answer {
                Some(Answer::Ok) => (matches || !known).then_some(new),
                Some(Answer::Failed) => (!matches).then_some(same),
                _ => Some(if matches { new } else { same }),
            }
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
        found_from(&Held::Nothing, history)
    }

    fn found_from(start: &Held, history: &[(&Op, Option<Answer>, u64, u64)]) -> bool {
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
        matches!(search(&calls, start), Search::Found)
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
    fn a_delete_that_finds_nothing_may_still_have_come_later() {
        let (one, delete, get) = (set("1"), Op::Delete { key: "x".into() }, get());
        let ok = Some(Answer::Ok);
        let history =
            [(&delete, ok.clone(), 1, 5), (&one, ok, 2, 3), (&get, Some(Answer::Nothing), 6, 7)];
        assert!(found(&history));
    }

    #[test]
    fn later_deletes_explain_a_read_of_nothing() {
        let (s18, s22, s23, get) = (set("18"), set("22"), set("23"), get());
        let delete = Op::Delete { key: "x".into() };
        let ok = Some(Answer::Ok);
        let history = [
            (&delete, ok.clone(), 64, 88),
            (&s18, ok.clone(), 65, 77),
            (&s22, ok.clone(), 71, 90),
            (&delete, ok.clone(), 72, 85),
            (&s23, ok, 73, 80),
            (&get, read("18"), 75, 78),
            (&get, Some(Answer::Nothing), 92, 94),
        ];
        assert!(found(&history));
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

    #[test]
    fn what_is_forgotten_explains_one_value_and_not_two() {
        let (one, get) = (set("1"), get());
        let from_unknown = |history: &[_]| found_from(&Held::Unknown, history);
        assert!(from_unknown(&[(&get, read("7"), 1, 2), (&get, read("7"), 3, 4)]));
        assert!(!from_unknown(&[(&get, read("7"), 1, 2), (&get, read("8"), 3, 4)]));
        assert!(from_unknown(&[(&one, Some(Answer::Ok), 1, 4), (&get, read("7"), 2, 3)]));
        assert!(!from_unknown(&[(&one, Some(Answer::Ok), 1, 2), (&get, read("7"), 3, 4)]));
    }
}
