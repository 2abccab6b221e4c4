//! Chaos finds nothing while all rules are kept, and finds something when one is taken away.

use std::thread;

use raftarium::lab::{Chaos, Course};
use raftarium::raft::Rule;

/// How many schedules run with every rule kept.
const SCHEDULES: u64 = 5000;
/// How many are tried, at the most, to find what a missing rule does.
const SEARCHED_MAX: u64 = 20_000;

/// The rules whose absence the safety properties or the clients' history show. (The bug of 2015 wants a course of
/// events too special for chance: tests/spec/broken.rs has it.)
const FOUND_OUT: [Rule; 10] = [
    Rule::PersistVote,
    Rule::OneVote,
    Rule::Majority,
    Rule::UpToDate,
    Rule::PrevLogCheck,
    Rule::ConflictOnly,
    Rule::CommitOwnTerm,
    Rule::PersistLog,
    Rule::Dedupe,
    Rule::ReadQuorum,
];

#[test]
fn chaos_finds_nothing_while_all_rules_are_kept() {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let seeds = (1..=SCHEDULES).filter(|seed| seed % 2 == half);
            seeds.map(|seed| judged(seed, &Chaos::new(seed, &[]).run())).collect::<Vec<_>>()
        })
    });
    let judged: Vec<Judged> =
        halves.into_iter().flat_map(|half| half.join().expect("no schedule panics")).collect();
    let faults: Vec<&String> = judged.iter().filter_map(|judged| judged.fault.as_ref()).collect();
    assert!(faults.is_empty(), "{} of {SCHEDULES}: {faults:#?}", faults.len());
    assert_eq!(judged.len() as u64, SCHEDULES);
    let events: u64 = judged.iter().map(|judged| judged.events).sum();
    let answered: usize = judged.iter().map(|judged| judged.answered).sum();
    println!("{SCHEDULES} schedules, {events} events, {answered} operations answered");
    assert!(answered as u64 > SCHEDULES * 5, "the clusters hardly worked: {answered} answers");
}

struct Judged {
    fault: Option<String>,
    events: u64,
    answered: usize,
}

fn judged(seed: u64, course: &Course) -> Judged {
    let fault = if !course.violations.is_empty() {
        Some(format!("seed {seed}: {:?}", course.violations))
    } else if course.undecided {
        Some(format!("seed {seed}: the clients' history could not be judged"))
    } else if !course.recovered {
        Some(format!("seed {seed}: the healed cluster did not agree"))
    } else {
        None
    };
    Judged { fault, events: course.events, answered: course.answered }
}

#[test]
fn chaos_finds_what_a_missing_rule_does() {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let rules = FOUND_OUT.iter().skip(half).step_by(2);
            rules.map(|&rule| (rule, first_violation(rule))).collect::<Vec<_>>()
        })
    });
    let found = halves.into_iter().flat_map(|half| half.join().expect("no schedule panics"));
    let mut missed = Vec::new();
    for (rule, violation) in found {
        match violation {
            Some((seed, text)) => println!("without {rule}: seed {seed}: {text}"),
            None => missed.push(rule.name()),
        }
    }
    assert!(missed.is_empty(), "nothing found within {SEARCHED_MAX} schedules without {missed:?}");
}

fn first_violation(rule: Rule) -> Option<(u64, String)> {
    (1..=SEARCHED_MAX).find_map(|seed| {
        let course = Chaos::new(seed, &[rule]).run();
        let violation = course.violations.first()?;
        Some((seed, format!("{}: {}", violation.property, violation.text)))
    })
}
