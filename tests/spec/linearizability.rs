//! Whether a history is linearizable, beside the checker of the `stateright` crate; and what is said
//! where it is not.

use std::collections::BTreeMap;

use raftarium::check::{History, Verdict};
use raftarium::raft::{Answer, Op};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use crate::histories::{Moment, Told, drawn, perform};

/// How many drawn histories both judge.
const HISTORIES: u64 = 10_000;

/// The store that the `stateright` crate compares with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Store(BTreeMap<String, String>);

impl SequentialSpec for Store {
    type Op = Op;
    type Ret = Answer;

    fn invoke(&mut self, op: &Op) -> Answer {
        perform(&mut self.0, op)
    }
}

/// The place of the first moment up to which the history is not linearizable, each judged from its beginning.
fn judged_by_stateright(told: &Told) -> Option<usize> {
    // A thread has one operation at a time, and none after one that it gave up.
    let mut threads = 0;
    let mut thread_of: Vec<usize> = Vec::new();
    let mut tester = LinearizabilityTester::new(Store::default());
    let client_of = |operation: usize| told.clients[operation];
    let mut idle: Vec<(usize, _)> = Vec::new();
    for (place, moment) in told.moments.iter().enumerate() {
        match moment {
            // A read that nobody answers changes nothing, and would cost a lot.
            Moment::Call(Op::Get { .. }) if !is_answered(told, thread_of.len()) => {
                thread_of.push(usize::MAX);
            }
            Moment::Call(op) => {
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
            Moment::Answer(_, Answer::Timeout | Answer::NotLeader) => {}
            Moment::Answer(operation, answer) => {
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

fn is_answered(told: &Told, operation: usize) -> bool {
    told.moments.iter().any(|moment| match moment {
        Moment::Answer(answered, answer) => {
            *answered == operation && !matches!(answer, Answer::Timeout | Answer::NotLeader)
        }
        Moment::Call(_) => false,
    })
}

#[test]
fn both_checkers_find_fault_with_the_same_histories_at_the_same_answers() {
    let (mut broken, mut valid, mut lossy) = (0, 0, 0);
    for seed in 1..=HISTORIES {
        let told = drawn(seed);
        let mut history = History::default();
        let ours = told.judge(&mut history);
        let theirs = judged_by_stateright(&told);
        assert_eq!(ours.as_ref().map(|(place, _)| *place), theirs, "seed {seed}: {told:?}");
        match (&ours, history.verdict()) {
            (Some((_, text)), Verdict::Not { text: kept }) => assert_eq!(*text, kept),
            (None, Verdict::Linearizable) => {}
            (_, verdict) => panic!("seed {seed}: {verdict:?}"),
        }
        *(if ours.is_some() { &mut broken } else { &mut valid }) += 1;
        let is_lost = |moment: &Moment| matches!(moment, Moment::Answer(_, Answer::Timeout));
        lossy += u64::from(told.moments.iter().any(is_lost));
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

/// What is said of the last moment, which makes a history that is not linearizable.
fn fault(told: &Told) -> String {
    let (place, text) = told.judge(&mut History::default()).expect("no order explains it");
    assert_eq!(place, told.moments.len() - 1, "not before: {text}");
    text
}

fn assert_sound(told: &Told) {
    let mut history = History::default();
    assert_eq!(told.judge(&mut history), None);
    assert_eq!(history.verdict(), Verdict::Linearizable);
}

#[test]
fn a_stale_read_is_named_with_what_it_could_have_seen() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Ok);
    told.alone(0, set("2"), Answer::Ok);
    told.alone(1, get(), read("1"));
    assert_eq!(
        fault(&told),
        "command 3 of c2 (`get x`), called at 4ms and answered `1` at 5ms, has no place: between \
         call and answer x can only have held `2`; no other operation on it was under way"
    );
}

#[test]
fn a_read_that_overlaps_a_write_may_see_either_value_and_the_next_may_not_go_back() {
    for seen in ["1", "2"] {
        let mut told = Told::default();
        told.alone(0, set("1"), Answer::Ok);
        let write = told.call(0, set("2"));
        told.alone(1, get(), read(seen));
        told.alone(2, get(), read("2"));
        assert_sound(&told);
        told.alone(1, get(), read("1"));
        assert_eq!(
            fault(&told),
            "command 5 of c2 (`get x`), called at 7ms and answered `1` at 8ms, has no place: between \
             call and answer x can only have held `2`; under way beside it: command 2 of c1 (`set x 2`), \
             not answered yet"
        );
        told.moments.truncate(told.moments.len() - 2);
        told.answer(write, Answer::Ok);
        assert_sound(&told);
    }
}

#[test]
fn a_lost_write_is_found_at_the_read_that_misses_it() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Ok);
    told.alone(1, get(), Answer::Nothing);
    assert!(fault(&told).contains("answered `none` at 3ms"), "{}", fault(&told));
    assert!(fault(&told).contains("x can only have held `1`;"), "{}", fault(&told));
}

#[test]
fn a_write_that_is_applied_twice_is_found_where_it_undoes_another() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Ok);
    let (first, second) = (told.call(0, set("2")), told.call(1, set("3")));
    told.answer(first, Answer::Ok);
    told.answer(second, Answer::Ok);
    told.alone(2, get(), read("3"));
    assert_sound(&told);
    told.alone(2, get(), read("2"));
    assert!(fault(&told).contains("x can only have held `3`;"), "{}", fault(&told));
}

#[test]
fn a_cas_that_is_applied_twice_fails_although_it_had_succeeded() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Ok);
    told.alone(0, cas("1", "2"), Answer::Failed);
    assert!(fault(&told).starts_with("command 2 of c1 (`cas x 1 2`), called"), "{}", fault(&told));
}

#[test]
fn of_two_that_swap_the_same_value_only_one_can_succeed() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Ok);
    let (first, second) = (told.call(0, cas("1", "2")), told.call(1, cas("1", "3")));
    told.answer(first, Answer::Ok);
    let mut both = told.clone();
    both.answer(second, Answer::Ok);
    assert!(fault(&both).contains("command 3 of c2 (`cas x 1 3`)"), "{}", fault(&both));
    told.answer(second, Answer::Failed);
    assert_sound(&told);
    told.alone(2, get(), read("2"));
    assert_sound(&told);
}

#[test]
fn what_got_no_answer_may_happen_late_once_or_never() {
    let mut told = Told::default();
    told.alone(0, set("1"), Answer::Timeout);
    told.alone(1, get(), Answer::Nothing);
    told.alone(1, set("2"), Answer::Ok);
    told.alone(1, get(), read("1"));
    assert_sound(&told);
    told.alone(1, set("3"), Answer::Ok);
    told.alone(1, get(), read("1"));
    assert!(fault(&told).contains("x can only have held `3`"), "{}", fault(&told));
}

#[test]
fn thousands_of_unknown_outcomes_cost_little() {
    let mut told = Told::default();
    for number in 0..3_000 {
        told.alone(0, set(&format!("lost {number}")), Answer::Timeout);
        told.alone(1, set(&number.to_string()), Answer::Ok);
        let seen =
            if number % 10 == 9 { format!("lost {}", number / 2) } else { number.to_string() };
        told.alone(2, get(), read(&seen));
    }
    assert_sound(&told);
}

#[test]
fn keys_are_judged_apart() {
    let mut told = Told::default();
    told.alone(0, Op::Set { key: "y".into(), value: "1".into() }, Answer::Ok);
    told.alone(1, get(), Answer::Nothing);
    told.alone(1, Op::Get { key: "y".into() }, read("1"));
    assert_sound(&told);
}

#[test]
fn where_judging_would_take_too_long_that_is_said() {
    // Each swap may or may not have happened before each other one: there are too many orders.
    let mut told = Told::default();
    for number in 0..24 {
        told.call(number % 8, cas(&(number % 4).to_string(), &(number * 7 % 5).to_string()));
    }
    told.alone(8, set("0"), Answer::Ok);
    told.alone(8, get(), read("unheard of"));
    let mut history = History::default();
    assert_eq!(told.judge(&mut history), None);
    let from = "command 26 of c9 (`get x`)".to_owned();
    assert_eq!(history.verdict(), Verdict::Undecided { from });
    // Other keys go on being judged.
    let mut other = Told::default();
    other.alone(0, Op::Get { key: "y".into() }, read("1"));
    assert!(other.judge(&mut history).is_some());
    assert!(matches!(history.verdict(), Verdict::Not { .. }));
}

#[test]
fn an_answer_that_many_others_have_overtaken_cannot_be_judged() {
    let mut told = Told::default();
    let slow = told.call(0, get());
    for number in 0..3_000 {
        told.alone(1, set(&number.to_string()), Answer::Ok);
    }
    assert_sound(&told);
    told.answer(slow, read("3"));
    let mut history = History::default();
    assert_eq!(told.judge(&mut history), None);
    let from = "command 1 of c1 (`get x`)".to_owned();
    assert_eq!(history.verdict(), Verdict::Undecided { from });
}
