//! Runs the same random schedules through this core and through that of the `raft` crate (TiKV's,
//! after etcd's). After each step both have the same roles, terms, votes, logs, commit indices and
//! configurations.
//!
//! A schedule cuts links, crashes servers, elects, proposes, transfers leadership, and changes the
//! membership in every way: it adds voters and learners, promotes learners, removes followers,
//! learners and the leader itself, and changes several servers at once by joint consensus. A change
//! starts only if the leader reaches every server of the old and the new configuration. What
//! follows it need not reach anybody, so the rest of the schedule runs with larger and smaller
//! clusters, learners and removed servers.
//!
//! In half of the schedules settings change while servers run and while they are down, at all
//! servers or at one: pre-vote, check-quorum, the size of an AppendEntries, and the number of
//! messages in flight. The cores share no other setting: the crate has no leases and no rules that
//! can be off, its election timeout is in ticks, which this suite does not count, and reads are not
//! compared.

mod applying;
mod changes;
mod compare;
mod differences;
mod evening;
mod ours;
mod schedule;
mod theirs;

use std::thread;

use raftarium::raft::{Rule, Rules};

use changes::Kind;
use compare::{Apart, Seen, run};
use differences::{Difference, Differences};
use schedule::Setting;

/// The number of schedules, unless `RAFTARIUM_SCHEDULES` sets another.
const SCHEDULES: u64 = 20_000;

/// Rules whose absence must show within `SEARCHED_MAX` schedules. (That of `commit-own-term`
/// cannot: all messages are delivered before the comparison, so the leader's own entry is committed
/// together with the older ones.)
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
    let asked = std::env::var("RAFTARIUM_SCHEDULES").ok();
    let schedules = asked.map_or(SCHEDULES, |text| text.parse().expect("a number of schedules"));
    let halves = [0, 1].map(|half| thread::spawn(move || half_of(schedules, half)));
    let (mut seen, mut differences, mut apart) = (Seen::default(), Differences::default(), vec![]);
    for half in halves {
        let (half_seen, half_differences, half_apart) = half.join().expect("no schedule panics");
        seen.add(half_seen);
        differences.add(&half_differences);
        apart.extend(half_apart);
    }
    println!("{schedules} schedules: {seen:?}\n{differences}");
    let shortest = apart.iter().min_by_key(|apart| apart.events.len());
    if let Some(shortest) = shortest {
        panic!("{} schedules differ; the shortest:\n{shortest}", apart.len());
    }
    // Schedules in which nothing happens would prove nothing.
    assert!(
        seen.elections > schedules
            && seen.committed > schedules
            && seen.overwritten > schedules / 10
    );
    for kind in Kind::ALL {
        let times = seen.changed[kind as usize];
        println!("{times:>9} {kind:?}");
        assert!(times >= schedules / 40, "{kind:?} happened only {times} times");
    }
    for (kind, times) in Setting::KINDS.into_iter().zip(seen.set) {
        println!("{times:>9} {kind} changed at a running server");
        assert!(times >= schedules / 4, "{kind} changed only {times} times");
    }
    let early = differences.times(Difference::EarlyChange);
    assert!(early >= schedules / 40, "only {early} changes came too early");
    let unmet = differences.unmet();
    assert!(unmet.is_empty(), "no schedule met these differences: {unmet:?}");
}

fn half_of(schedules: u64, half: u64) -> (Seen, Differences, Vec<Apart>) {
    let (mut seen, mut differences, mut apart) = (Seen::default(), Differences::default(), vec![]);
    for seed in (half..schedules).step_by(2) {
        match run(seed, Rules::default(), &mut differences) {
            Ok(schedule) => seen.add(schedule),
            Err(found) => apart.push(*found),
        }
    }
    (seen, differences, apart)
}

#[test]
fn a_missing_rule_makes_them_differ() {
    for rule in SHOWS {
        let mut rules = Rules::default();
        rules.set(rule, false);
        let differs = |seed: &u64| run(*seed, rules, &mut Differences::default()).is_err();
        let found = (0..SEARCHED_MAX).find(differs);
        println!("without {rule}: schedule {found:?}");
        assert!(found.is_some(), "no difference within {SEARCHED_MAX} schedules without {rule}");
    }
}
