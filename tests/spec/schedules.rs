//! Random schedules find no violation while all rules are on, and find one when a rule is off.

use std::thread;

use raftarium::lab::{Schedule, ScheduleReport};
use raftarium::raft::Rule;

/// How many schedules run with all rules on.
const SCHEDULES: u64 = 5000;
/// The most schedules that may be needed to find a violation with a rule off.
const SEARCHED_MAX: u64 = 20_000;

/// The rules without which the safety properties or linearizability are violated. (The membership
/// bug of 2015 needs events too special for chance: see tests/spec/broken.rs.)
const FINDABLE: [Rule; 10] = [
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
fn no_violation_is_found_while_all_rules_are_on() {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let seeds = (1..=SCHEDULES).filter(|seed| seed % 2 == half);
            seeds.map(|seed| judged(seed, &Schedule::new(seed, &[]).run())).collect::<Vec<_>>()
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
    assert!(answered as u64 > SCHEDULES * 5, "only {answered} operations were answered");
}

struct Judged {
    fault: Option<String>,
    events: u64,
    answered: usize,
}

fn judged(seed: u64, report: &ScheduleReport) -> Judged {
    let fault = if !report.violations.is_empty() {
        Some(format!("seed {seed}: {:?}", report.violations))
    } else if report.undecided {
        Some(format!("seed {seed}: the clients' history could not be judged"))
    } else if !report.recovered {
        Some(format!("seed {seed}: the healed cluster did not agree"))
    } else {
        None
    };
    Judged { fault, events: report.events, answered: report.answered }
}

#[test]
fn a_violation_is_found_for_each_rule_that_is_off() {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let rules = FINDABLE.iter().skip(half).step_by(2);
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
        let report = Schedule::new(seed, &[rule]).run();
        let violation = report.violations.first()?;
        Some((seed, format!("{}: {}", violation.property, violation.text)))
    })
}
