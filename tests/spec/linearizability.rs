//! The linearizability checker against the one of the `stateright` crate, and its texts.

use std::collections::BTreeMap;

use raftarium::check::{History, Verdict};
use raftarium::raft::{Answer, Op};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use crate::histories::{Sequence, Step, generate, perform};

/// How many generated histories both checkers judge.
const HISTORIES: u64 = 10_000;

/// The specification that the `stateright` crate checks against.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Store(BTreeMap<String, String>);

impl SequentialSpec for Store {
    type Op = Op;
    type Ret = Answer;

    fn invoke(&mut self, op: &Op) -> Answer {
        perform(&mut self.0, op)
    }
}

/// The first step up to which the history is not linearizable.
fn judge_with_stateright(sequence: &Sequence) -> Option<usize> {
    // A thread has one operation at a time, and none after one that got no response.
    let mut threads = 0;
    let mut thread_of: Vec<usize> = Vec::new();
    let mut tester = LinearizabilityTester::new(Store::default());
    let client_of = |operation: usize| sequence.clients[operation];
    let mut idle: Vec<(usize, _)> = Vec::new();
    for (place, step) in sequence.steps.iter().enumerate() {
        match step {
            // A read without a response changes nothing and would cost much.
            Step::Invoke(Op::Get { .. }) if !is_answered(sequence, thread_of.len()) => {
                thread_of.push(usize::MAX);
            }
            Step::Invoke(op) => {
                let operation = thread_of.len();
                let client = client_of(operation);
                let thread = match idle.iter().position(|(_, of)| *of == client) {
                    Some(found) => idle.swap_remove(found).0,
                    None => {
                        threads += 1;
                        threads
                    }
                };
                thread_of.push(thread);
                tester.on_invoke(thread, op.clone()).expect("the thread is idle");
            }
            Step::Respond(_, Answer::Timeout | Answer::NotLeader) => {}
            Step::Respond(operation, answer) => {
                let thread = thread_of[*operation];
                tester.on_return(thread, answer.clone()).expect("the thread has called");
                idle.push((thread, client_of(*operation)));
                if !tester.is_consistent() {
                    return Some(place);
                }
            }
        }
    }
    None
}

fn is_answered(sequence: &Sequence, operation: usize) -> bool {
    sequence.steps.iter().any(|step| match step {
        Step::Respond(answered, answer) => {
            *answered == operation && !matches!(answer, Answer::Timeout | Answer::NotLeader)
        }
        Step::Invoke(_) => false,
    })
}

#[test]
fn both_checkers_reject_the_same_histories_at_the_same_response() {
    let (mut broken, mut valid, mut lossy) = (0, 0, 0);
    for seed in 1..=HISTORIES {
        let sequence = generate(seed);
        let mut history = History::default();
        let ours = sequence.judge(&mut history);
        let theirs = judge_with_stateright(&sequence);
        assert_eq!(ours.as_ref().map(|(place, _)| *place), theirs, "seed {seed}: {sequence:?}");
        match (&ours, history.verdict()) {
            (Some((_, text)), Verdict::Violated { text: kept }) => assert_eq!(*text, kept),
            (None, Verdict::Linearizable) => {}
            (_, verdict) => panic!("seed {seed}: {verdict:?}"),
        }
        *(if ours.is_some() { &mut broken } else { &mut valid }) += 1;
        let is_lost = |step: &Step| matches!(step, Step::Respond(_, Answer::Timeout));
        lossy += u64::from(sequence.steps.iter().any(is_lost));
    }
    println!("{valid} linearizable, {broken} not; {lossy} with operations of unknown outcome");
    assert!(broken > HISTORIES / 5, "only {broken} of {HISTORIES} are broken");
    assert!(valid > HISTORIES / 5, "only {valid} of {HISTORIES} are valid");
    assert!(lossy > HISTORIES / 10, "only {lossy} of {HISTORIES} lose operations");
}

fn set(value: &str) -> Op {
    Op::Set { key: "x".into(), value: value.into() }
}

fn get() -> Op {
    Op::Get { key: "x".into() }
}

fn cas(old: &str, new: &str) -> Op {
    Op::Cas { key: "x".into(), old: old.into(), new: new.into() }
}

fn read(value: &str) -> Answer {
    Answer::Value(value.into())
}

/// The text of the violation, which the last step must cause.
fn violation(sequence: &Sequence) -> String {
    let (place, text) = sequence.judge(&mut History::default()).expect("a violation");
    assert_eq!(place, sequence.steps.len() - 1, "too early: {text}");
    text
}

fn assert_linearizable(sequence: &Sequence) {
    let mut history = History::default();
    assert_eq!(sequence.judge(&mut history), None);
    assert_eq!(history.verdict(), Verdict::Linearizable);
}

#[test]
fn a_stale_read_is_reported_with_the_value_it_should_have_seen() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Ok);
    sequence.add(0, set("2"), Answer::Ok);
    sequence.add(1, get(), read("1"));
    assert_eq!(
        violation(&sequence),
        "command 3 of C2 (`get x`) is stale: it returned `1` at 5ms, but x already held `2` when \
         it was sent at 4ms"
    );
}

#[test]
fn a_read_during_a_write_may_see_either_value_but_later_reads_may_not_go_back() {
    for seen in ["1", "2"] {
        let mut sequence = Sequence::default();
        sequence.add(0, set("1"), Answer::Ok);
        let write = sequence.invoke(0, set("2"));
        sequence.add(1, get(), read(seen));
        sequence.add(2, get(), read("2"));
        assert_linearizable(&sequence);
        sequence.add(1, get(), read("1"));
        assert_eq!(
            violation(&sequence),
            "command 5 of C2 (`get x`), sent at 7ms and answered `1` at 8ms, fits no order: in \
             between, x can only have held `2`; also in flight: command 2 of C1 (`set x 2`), not \
             answered yet"
        );
        sequence.steps.truncate(sequence.steps.len() - 2);
        sequence.respond(write, Answer::Ok);
        assert_linearizable(&sequence);
    }
}

#[test]
fn a_lost_write_is_reported_at_the_read_that_misses_it() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Ok);
    sequence.add(1, get(), Answer::Nothing);
    assert!(violation(&sequence).contains("returned nothing at 3ms"), "{}", violation(&sequence));
    assert!(violation(&sequence).contains("x already held `1`"), "{}", violation(&sequence));
}

#[test]
fn a_write_that_is_applied_twice_is_reported_when_it_overwrites_another() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Ok);
    let (first, second) = (sequence.invoke(0, set("2")), sequence.invoke(1, set("3")));
    sequence.respond(first, Answer::Ok);
    sequence.respond(second, Answer::Ok);
    sequence.add(2, get(), read("3"));
    assert_linearizable(&sequence);
    sequence.add(2, get(), read("2"));
    assert!(violation(&sequence).contains("x already held `3`"), "{}", violation(&sequence));
}

#[test]
fn a_cas_that_is_applied_twice_fails_the_second_time() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Ok);
    sequence.add(0, cas("1", "2"), Answer::Failed);
    assert!(
        violation(&sequence).starts_with("command 2 of C1 (`cas x 1 2`), sent"),
        "{}",
        violation(&sequence)
    );
}

#[test]
fn only_one_of_two_cas_on_the_same_value_can_succeed() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Ok);
    let (first, second) = (sequence.invoke(0, cas("1", "2")), sequence.invoke(1, cas("1", "3")));
    sequence.respond(first, Answer::Ok);
    let mut both = sequence.clone();
    both.respond(second, Answer::Ok);
    assert!(violation(&both).contains("command 3 of C2 (`cas x 1 3`)"), "{}", violation(&both));
    sequence.respond(second, Answer::Failed);
    assert_linearizable(&sequence);
    sequence.add(2, get(), read("2"));
    assert_linearizable(&sequence);
}

#[test]
fn a_command_without_an_answer_may_take_effect_late_once_or_never() {
    let mut sequence = Sequence::default();
    sequence.add(0, set("1"), Answer::Timeout);
    sequence.add(1, get(), Answer::Nothing);
    sequence.add(1, set("2"), Answer::Ok);
    sequence.add(1, get(), read("1"));
    assert_linearizable(&sequence);
    sequence.add(1, set("3"), Answer::Ok);
    sequence.add(1, get(), read("1"));
    assert!(violation(&sequence).contains("x already held `3`"), "{}", violation(&sequence));
}

#[test]
fn thousands_of_unknown_outcomes_are_cheap() {
    let mut sequence = Sequence::default();
    for number in 0..3_000 {
        sequence.add(0, set(&format!("lost {number}")), Answer::Timeout);
        sequence.add(1, set(&number.to_string()), Answer::Ok);
        let seen =
            if number % 10 == 9 { format!("lost {}", number / 2) } else { number.to_string() };
        sequence.add(2, get(), read(&seen));
    }
    assert_linearizable(&sequence);
}

#[test]
fn keys_are_judged_separately() {
    let mut sequence = Sequence::default();
    sequence.add(0, Op::Set { key: "y".into(), value: "1".into() }, Answer::Ok);
    sequence.add(1, get(), Answer::Nothing);
    sequence.add(1, Op::Get { key: "y".into() }, read("1"));
    assert_linearizable(&sequence);
}

#[test]
fn a_history_that_takes_too_long_to_judge_is_undecided() {
    // Any cas may have taken effect before any other: there are too many orders.
    let mut sequence = Sequence::default();
    for number in 0..24 {
        sequence.invoke(number % 8, cas(&(number % 4).to_string(), &(number * 7 % 5).to_string()));
    }
    sequence.add(8, set("0"), Answer::Ok);
    sequence.add(8, get(), read("unheard of"));
    let mut history = History::default();
    assert_eq!(sequence.judge(&mut history), None);
    let from = "command 26 of C9 (`get x`)".to_owned();
    assert_eq!(history.verdict(), Verdict::Undecided { from });
    // Other keys are still judged.
    let mut other = Sequence::default();
    other.add(0, Op::Get { key: "y".into() }, read("1"));
    assert!(other.judge(&mut history).is_some());
    assert!(matches!(history.verdict(), Verdict::Violated { .. }));
}

#[test]
fn a_response_overtaken_by_thousands_of_others_is_undecided() {
    let mut sequence = Sequence::default();
    let slow = sequence.invoke(0, get());
    for number in 0..3_000 {
        sequence.add(1, set(&number.to_string()), Answer::Ok);
    }
    assert_linearizable(&sequence);
    sequence.respond(slow, read("3"));
    let mut history = History::default();
    assert_eq!(sequence.judge(&mut history), None);
    let from = "command 1 of C1 (`get x`)".to_owned();
    assert_eq!(history.verdict(), Verdict::Undecided { from });
}
