//! Membership changes.

use raftarium::raft::{
    Append, Body, Change, Command, Configuration, Entry, HardState, HashedIfSet, Input, Log, Node,
    NodeOptions, ServerSet, Timer,
};

use super::bench::{Bench, append, matched, noop, server, set};

/// Once the joint configuration is committed, the leader itself appends the new one. Leaders that
/// did so again at every later commitment appended a second one before the first was committed, or
/// undid a change that came in between.
#[test]
fn the_new_configuration_follows_the_joint_one_once() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    let new_voters: ServerSet = [1, 4, 5].into_iter().map(server).collect();
    bench.step(Input::Change(Change::Members(new_voters)));
    bench.ask(set(1));
    bench.flush();
    assert!(bench.node.configuration().is_joint());
    assert_eq!(bench.node.log().last_index(), 3);

    // Committed by both majorities, one entry after the other.
    bench.hear(2, 1, matched(2, round));
    assert!(bench.node.configuration().is_joint(), "the new majority is missing");
    bench.hear(4, 1, matched(2, round));
    bench.flush();
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (2, 4));
    assert_eq!(bench.node.configuration().voters, new_voters);
    assert!(!bench.node.configuration().is_joint());
    for follower in [2, 3, 4, 5] {
        bench.hear(follower, 1, matched(2, round));
        bench.hear(follower, 1, matched(3, round));
    }
    bench.flush();
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (3, 4));
    bench.hear(5, 1, matched(4, round));
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (4, 4));
}

/// Followers that adopted a configuration for good when they appended it kept it after the entry
/// was deleted. A configuration is in force as long as it is in the log, also if a restart reads it
/// there.
#[test]
fn a_configuration_is_in_force_as_long_as_its_entry_is_in_the_log() {
    let mut bench = Bench::new(3, 1, &[1]);
    let before = *bench.node.configuration();
    let grown = Configuration { voters: ServerSet::first(4), ..before };
    let entry = Entry { term: 1, command: Command::Configuration(grown) };
    let entries = vec![entry.clone(), noop(1)];
    let body = Append { prev_index: 1, prev_term: 1, entries, commit: 0, round: 1 };
    bench.hear(2, 1, Body::Append(body));
    assert_eq!((*bench.node.configuration(), bench.node.configuration_index()), (grown, 2));

    let mut log = Log::default();
    log.push(noop(1));
    log.push(entry);
    let options = NodeOptions::default();
    let restarted = Node::new(server(1), options, before, HardState::default(), log);
    assert_eq!((*restarted.configuration(), restarted.configuration_index()), (grown, 2));

    bench.hear(3, 2, append((1, 1), &[2], 0, 1));
    assert_eq!((*bench.node.configuration(), bench.node.configuration_index()), (before, 0));
}

/// A new server counts as caught up if it has what the leader had when the round began, not when
/// some reply comes. A refused change must not come back with a late reply.
#[test]
fn a_new_server_counts_after_its_round_and_not_after_a_refusal() {
    let options = NodeOptions { catch_up: HashedIfSet(true), ..NodeOptions::default() };
    let mut bench = Bench::with(3, 0, &[], options);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    bench.ask(set(1));
    bench.flush();
    bench.step(Input::Change(Change::Add(server(4))));
    bench.hear(4, 1, matched(1, round));
    assert_eq!((bench.node.catching_up().len(), bench.node.configuration().voters.len()), (1, 3));

    // Progress in the first half of the round, none in the second.
    bench.step(Input::Timer(Timer::CatchUp));
    assert_eq!(bench.node.catching_up().len(), 1);
    bench.step(Input::Timer(Timer::CatchUp));
    assert_eq!(bench.node.catching_up().len(), 0);
    bench.hear(4, 1, matched(2, round));
    assert_eq!(bench.node.configuration().voters.len(), 3);

    bench.step(Input::Change(Change::Add(server(4))));
    bench.hear(4, 1, matched(2, round));
    assert_eq!((bench.node.catching_up().len(), bench.node.configuration().voters.len()), (0, 4));
    let progress = bench.node.progress(server(4)).expect("a member");
    assert_eq!(progress.match_index, 2, "what it has acknowledged counts");
}
