//! The same courses through this core and through the one of the `raft` crate (TiKV's, after
//! etcd's): after each step both have the same roles, terms, votes, logs, commit indices and
//! configurations.
//!
//! A course cuts, crashes, elects, proposes and hands over, and changes the configuration in all
//! ways: voters and learners are added, learners promoted, followers, learners and the leader
//! itself removed, and several at once by joint consensus. A change begins where everybody in the
//! old and the new configuration is reached; what comes after it need not reach anybody, so that
//! clusters that grew or shrank, learners and servers that have left go through the rest of the
//! course.

mod applying;
mod changes;
mod compare;
mod course;
mod differences;
mod ours;
mod theirs;

use std::thread;

use raftarium::raft::{Rule, Rules};

use changes::Kind;
use compare::{Apart, Seen, run};
use differences::{Difference, Differences};

/// How many courses both cores take, where `RAFTARIUM_COURSES` does not say otherwise.
const COURSES: u64 = 20_000;

/// Rules whose absence must show, and within how many courses it is looked for. (`commit-own-term`
/// cannot: where all messages are delivered before anybody looks, the leader's own entry is
/// committed with the older ones.)
const SHOWS: [Rule; 7] = [
    Rule::OneVote,
    Rule::Majority,
    Rule::UpToDate,
    Rule::StepDown,
    Rule::PrevLogCheck,
    Rule::LeaderNoop,
    Rule::ConfigAfterCommit,
];
const SEARCHED_MAX: u64 = 10_000;

#[test]
fn both_cores_end_each_step_alike() {
    let asked = std::env::var("RAFTARIUM_COURSES").ok();
    let courses = asked.map_or(COURSES, |text| text.parse().expect("a number of courses"));
    let halves = [0, 1].map(|half| thread::spawn(move || half_of(courses, half)));
    let (mut seen, mut differences, mut apart) = (Seen::default(), Differences::default(), vec![]);
    for half in halves {
        let (half_seen, half_differences, half_apart) = half.join().expect("no course panics");
        seen.add(half_seen);
        differences.add(&half_differences);
        apart.extend(half_apart);
    }
    println!("{courses} courses: {seen:?}\n{differences}");
    let shortest = apart.iter().min_by_key(|apart| apart.events.len());
    if let Some(shortest) = shortest {
        panic!("{} courses are apart; the shortest:\n{shortest}", apart.len());
    }
    // A course in which nothing happens shows nothing.
    assert!(
        seen.elections > courses && seen.committed > courses && seen.overwritten > courses / 10
    );
    for kind in Kind::ALL {
        let times = seen.changed[kind as usize];
        println!("{times:>9} {kind:?}");
        assert!(times >= courses / 40, "{kind:?} came about only {times} times");
    }
    let early = differences.times(Difference::ChangedEarly);
    assert!(early >= courses / 40, "only {early} leaders were asked for a change too early");
    let unmet = differences.unmet();
    assert!(unmet.is_empty(), "no course met these, so nothing is to be evened out: {unmet:?}");
}

fn half_of(courses: u64, half: u64) -> (Seen, Differences, Vec<Apart>) {
    let (mut seen, mut differences, mut apart) = (Seen::default(), Differences::default(), vec![]);
    for seed in (half..courses).step_by(2) {
        match run(seed, Rules::default(), &mut differences) {
            Ok(course) => seen.add(course),
            Err(found) => apart.push(*found),
        }
    }
    (seen, differences, apart)
}

#[test]
fn a_missing_rule_sets_them_apart() {
    for rule in SHOWS {
        let mut rules = Rules::default();
        rules.set(rule, false);
        let differs = |seed: &u64| run(*seed, rules, &mut Differences::default()).is_err();
        let found = (0..SEARCHED_MAX).find(differs);
        println!("without {rule}: course {found:?}");
        assert!(found.is_some(), "no difference within {SEARCHED_MAX} courses without {rule}");
    }
}
