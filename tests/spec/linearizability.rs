//! Whether a history is linearizable, beside the checker of the `stateright` crate; and what is said
//! where it is not.

use std::collections::BTreeMap;

use raftarium::check::{History, Verdict};
use raftarium::raft::{Answer, Op};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use crate::histories::{Moment, Told, drawn, perform};

/// How many drawn histories both judge.
const HISTORIES: u64 = 60_000;

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
    let mut threads: Vec<Option<usize>> = Vec::new();
    let mut thread_of: Vec<usize> = Vec::new();
    let mut tester = LinearizabilityTester::new(Store::default());
    let client_of = |operation: usize| told.clients[operation];
    let mut idle: Vec<(usize, _)> = Vec::new();
    for (place, moment) in told.moments.iter().enumerate() {
        match moment {
            Moment::Call(op) => {
                let operation = thread_of.len();
                let client = client_of(operation);
                let thread = match idle.iter().position(|(_, of)| *of == client) {
                    Some(found) => idle.swap_remove(found).0,
                    None => {
                        threads.push(None);
                        threads.len() - 1
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

#[test]
fn both_checkers_find_fault_with_the_same_histories_at_the_same_answers() {
    let (mut broken, mut valid, mut lossy) = (0, 0, 0);
    for seed in 1..=HISTORIES {
        let told = drawn(seed);
        let mut history = History::default();
        let ours = told.judge(&mut history);
        let theirs = judged_by_stateright(&told);
        assert_eq!(ours.as_ref().map(|(place, _)| *place), theirs, "seed {seed}: {told:#?}");
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
