//! An exhaustive search through all states of a small cluster of the core.
//!
//! Three to five nodes form a `stateright` model. The checker tries every order of everything that
//! may happen: timers fire, clients send commands, servers crash, the configuration changes, logs
//! are compacted, writes become stable, messages arrive. In every state within the bounds the five
//! properties of figure 3 hold; with a rule off, the search finds how one of them breaks.
//!
//! The searches with a leader that is cut off while the membership changes also check that no state
//! is wedged: once all running servers are connected, a leader can be elected and commits
//! ([`elections`]).
//!
//! - **Messages** form a set that only grows: each may arrive late, out of order, any number of
//!   times, or never. So loss, reordering and duplication have no bounds. (Replies that every
//!   receiver will ignore are left out.)
//! - **Timers** fire at any time, up to a total number, which bounds the terms as well.
//! - **A crash** includes the restart: a server that is down behaves like one that no message
//!   reaches.
//! - **The disk** takes no time, or any time; see [`SEARCHES`].
//! - **Names** do not matter, so among new servers the first timer to fire is s1's, or s3's if s3
//!   is the one to be removed.
//! - **A state** is recognized by a 64-bit hash of everything that decides its future. Write ids
//!   and derived state are left out; see `Server::digested`.

mod bounds;
mod elections;
mod history;
mod memory;
mod model;
mod promises;
mod server;

use std::time::Instant;

use raftarium::raft::{Body, Rule};
use stateright::{Checker, CheckerBuilder, HasDiscoveries, Model};

use bounds::{Bounds, Membership, Start};
use memory::Outcome;
use model::Cluster;

/// One election and nothing else, on disks that take no time.
const LEAST: Bounds = Bounds {
    start: Start::New,
    timeouts: 1,
    beats: 0,
    quorums: 0,
    commands: 0,
    crashes: 0,
    stops: 0,
    heals: false,
    compactions: 0,
    membership: Membership::Constant,
    slow_disks: false,
    max_entries: 64,
    without: None,
};

/// The searches that run to their end, each with the least number of states.
const SEARCHES: [(&str, Bounds, usize); 9] = [
    (
        "a leader, crashes, commands",
        Bounds { beats: 1, commands: 2, crashes: 1, ..LEAST },
        1_000_000,
    ),
    ("two elections, commands", Bounds { timeouts: 2, commands: 2, ..LEAST }, 900_000),
    ("two elections, a crash", Bounds { timeouts: 2, commands: 1, crashes: 1, ..LEAST }, 400_000),
    (
        "from figure 8",
        Bounds { start: Start::Figure8, timeouts: 2, max_entries: 1, ..LEAST },
        150_000,
    ),
    ("two elections, slow disks", Bounds { timeouts: 2, slow_disks: true, ..LEAST }, 150_000),
    ("a crash, slow disks", Bounds { commands: 1, crashes: 1, slow_disks: true, ..LEAST }, 10_000),
    (
        "two elections, s3 is added",
        Bounds { timeouts: 2, commands: 1, membership: Membership::ThirdJoins, ..LEAST },
        240_000,
    ),
    (
        "two elections, s3 is removed",
        Bounds { timeouts: 2, membership: Membership::ThirdLeaves, ..LEAST },
        35_000,
    ),
    (
        "two elections, a snapshot",
        Bounds { timeouts: 2, commands: 1, compactions: 1, ..LEAST },
        200_000,
    ),
];

/// Everything at once. Eight minutes on a busy computer did not suffice.
const LARGE: Bounds = Bounds { timeouts: 2, commands: 2, crashes: 1, ..LEAST };

/// For each rule that protects one of the properties, bounds within which its absence breaks one.
/// (With `persist-vote` off a term may decrease, and then a reply that the model leaves out could
/// have counted. What the search finds is real all the same.)
const COUNTEREXAMPLES: [(Rule, Bounds); 8] = [
    (Rule::PersistVote, Bounds { timeouts: 2, crashes: 1, ..LEAST }),
    (Rule::PersistLog, Bounds { timeouts: 2, crashes: 1, ..LEAST }),
    (Rule::OneVote, Bounds { timeouts: 2, ..LEAST }),
    (Rule::Majority, Bounds { timeouts: 2, ..LEAST }),
    (Rule::UpToDate, Bounds { timeouts: 2, ..LEAST }),
    (Rule::PrevLogCheck, Bounds { timeouts: 2, commands: 1, ..LEAST }),
    (Rule::ConflictOnly, Bounds { timeouts: 2, commands: 1, ..LEAST }),
    (Rule::CommitOwnTerm, Bounds { start: Start::Figure8, timeouts: 2, max_entries: 1, ..LEAST }),
];

fn search<const SERVERS: usize>(bounds: Bounds) -> CheckerBuilder<Cluster<SERVERS>> {
    Cluster::new(bounds).checker().finish_when(HasDiscoveries::AnyFailures)
}

/// Visits all states within the bounds and returns their number.
fn exhaust<const SERVERS: usize>(name: &str, bounds: Bounds) -> usize {
    let start = Instant::now();
    let checker = search::<SERVERS>(bounds).threads(2).spawn_bfs().join();
    if let Some((promise, path)) = checker.discoveries().into_iter().next() {
        panic!("{name}: \"{promise}\" does not hold:\n{:#?}", path.into_actions());
    }
    assert!(checker.is_done(), "{name}: the search ended before its end");
    let memory = &checker.model().memory;
    if bounds.membership != Membership::Constant {
        let changes = |one: &Outcome| {
            let node = &one.server.node;
            (1..=node.commit_index()).contains(&node.configuration_index())
        };
        assert!(memory.any(changes), "{name}: no change was committed");
    }
    if bounds.compactions > 0 {
        let installs = |one: &Outcome| {
            one.sent.iter().any(|flight| matches!(flight.message.body, Body::InstallSnapshot(_)))
        };
        assert!(memory.any(installs), "{name}: nobody needed a snapshot");
    }
    let (states, steps) = (checker.unique_state_count(), checker.state_count());
    let (depth, seconds) = (checker.max_depth() - 1, start.elapsed().as_secs_f32());
    println!("{name}: {states} states, {steps} steps, at most {depth} in a row, {seconds:.1} s");
    states
}

#[test]
fn the_promises_hold_in_all_states_within_the_bounds() {
    let mut all = 0;
    for (name, bounds, at_least) in SEARCHES {
        let states = exhaust::<3>(name, bounds);
        assert!(states >= at_least, "{name}: only {states} states");
        all += states;
    }
    println!("{all} states");
    assert!(all > 3_000_000, "only {all} states");
}

#[test]
#[ignore = "takes very long"]
fn the_promises_hold_within_larger_bounds() {
    assert!(exhaust::<3>("two elections, a crash, two commands", LARGE) > 2_000_000);
}

#[test]
fn a_missing_rule_has_a_counterexample() {
    for (rule, bounds) in COUNTEREXAMPLES {
        // One thread, so that the counterexample is among the shortest.
        let bounds = Bounds { without: Some(rule), ..bounds };
        let checker = search::<3>(bounds).spawn_bfs().join();
        let found = checker.discoveries().into_iter();
        let mut paths: Vec<_> =
            found.map(|(promise, path)| (promise, path.into_actions())).collect();
        paths.sort_by_key(|(promise, actions)| (actions.len(), *promise));
        let states = checker.unique_state_count();
        let (promise, actions) = paths.first().unwrap_or_else(|| {
            panic!("no counterexample without {rule} in {states} states");
        });
        let length = actions.len();
        println!(
            "without {rule}: after {length} steps ({states} states) \"{promise}\" does not hold"
        );
    }
}

/// s1 leads and is cut off while the others elect a leader and change the membership, so that s1
/// does not know the new servers.
const CUT_OFF: Bounds = Bounds { start: Start::CutOff, ..LEAST };

/// Two servers stop, and the new servers are a majority only with s1; or s1 is connected again in
/// the middle of a change.
#[test]
fn a_leader_can_be_elected_after_one_was_cut_off() {
    let joins =
        Bounds { membership: Membership::FourthAndFifthJoin, beats: 1, stops: 2, ..CUT_OFF };
    let replaces = Bounds { membership: Membership::FourthReplacesThird, ..CUT_OFF };
    let stops = Bounds { timeouts: 2, stops: 2, ..replaces };
    let heals = Bounds { heals: true, quorums: 1, ..replaces };
    assert!(exhaust::<5>("cut-off leader, s4 and s5 are added", joins) > 400_000);
    assert!(exhaust::<4>("cut-off leader, s4 replaces s3", stops) > 200_000);
    assert!(exhaust::<4>("cut-off leader comes back", heals) > 400_000);
}

/// With step-down off, a server that ignores newer terms stays behind. That harms progress but no
/// property.
#[test]
fn without_step_down_the_promises_still_hold() {
    let bounds = Bounds { timeouts: 3, without: Some(Rule::StepDown), ..LEAST };
    assert!(exhaust::<3>("without step-down", bounds) > 50_000);
}
