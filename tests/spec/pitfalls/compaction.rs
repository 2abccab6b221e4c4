//! Snapshots and the rest of the log.

use std::sync::Arc;

use raftarium::raft::{
    Body, ClientCommand, ClientId, Configuration, HardState, Input, Log, Node, NodeOptions, Op,
    ServerSet, Snapshot, Store,
};

use super::bench::{Bench, append, matched, noop, server};

/// A log whose first three entries are a snapshot in which x is 1, with one entry after it.
fn compacted() -> Log {
    let mut store = Store::default();
    let op = Op::Set { key: "x".into(), value: "1".into() };
    let client = ClientId::new(1).expect("a client");
    store.apply(&ClientCommand { client, serial: 1, answered_below: 1, op }, 3, true);
    let configuration = Configuration { voters: ServerSet::first(4), ..Configuration::default() };
    let snapshot = Snapshot { last_index: 3, last_term: 2, configuration, store };
    let mut log = Log::default();
    log.install(Arc::new(snapshot));
    log.push(noop(2));
    log
}

/// Engines that restarted with commit index 0 and a snapshot up to 3 tried to apply entry 1, which
/// they no longer had, and crashed, or applied the entries after the snapshot to an empty state
/// machine. The commit index is volatile, but never below the snapshot.
#[test]
fn a_restart_starts_at_its_snapshot() {
    let (options, boot) = (NodeOptions::default(), Configuration::default());
    let hard_state = HardState { term: 2, voted_for: None };
    let node = Node::new(server(1), options, boot, hard_state, compacted());
    assert_eq!((node.commit_index(), node.last_applied()), (3, 3));
    assert_eq!(node.log().last_index(), 4);
    assert_eq!(node.store().values().get("x").map(String::as_str), Some("1"));
    assert_eq!(node.configuration().voters, ServerSet::first(4));

    // A leader with a lower commit index lowers nothing; one with a higher raises it.
    let mut bench = Bench::of(node);
    bench.step(Input::Start);
    bench.hear(2, 2, append((4, 2), &[], 1, 1));
    assert_eq!((bench.node.commit_index(), bench.node.last_applied()), (3, 3));
    bench.hear(2, 2, append((4, 2), &[], 4, 2));
    assert_eq!((bench.node.commit_index(), bench.node.last_applied()), (4, 4));
    assert_eq!(bench.node.store().values().len(), 1);
}

/// A late AppendEntries may name an entry that the follower has compacted. Rejecting it sends the
/// leader back to a snapshot that nobody needs; appending its entries as if they were new puts old
/// entries after the snapshot.
#[test]
fn an_append_from_before_the_snapshot_is_accepted_without_repeating_entries() {
    let (options, boot) = (NodeOptions::default(), Configuration::default());
    let hard_state = HardState { term: 2, voted_for: None };
    let mut bench = Bench::of(Node::new(server(1), options, boot, hard_state, compacted()));
    bench.hear(2, 2, append((1, 1), &[2, 2], 0, 1));
    bench.hear(2, 2, append((1, 1), &[2, 2, 2, 2], 0, 2));
    assert_eq!(bench.take_sent(), [matched(3, 1), matched(5, 2)]);
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [2, 2]);
    assert_eq!((bench.node.log().snapshot_index(), bench.node.log().last_index()), (3, 5));
}

/// A compacted log is as up to date as before. A voter that compares only the entries it still has,
/// and takes an empty log for the oldest, elects a leader without the committed entries.
#[test]
fn a_vote_compares_with_the_snapshot_if_no_entries_follow_it() {
    let (options, boot) = (NodeOptions::default(), Configuration::default());
    let hard_state = HardState { term: 2, voted_for: None };
    let mut log = compacted();
    log.truncate(4);
    let mut bench = Bench::of(Node::new(server(1), options, boot, hard_state, log));
    for (term, last, granted) in [(3, (9, 1), false), (4, (2, 2), false), (5, (3, 2), true)] {
        let (last_index, last_term) = last;
        bench.hear(2, term, Body::RequestVote { last_index, last_term, transfer: false });
        assert_eq!(bench.grants(), [granted], "last entry {last:?}");
    }
}
