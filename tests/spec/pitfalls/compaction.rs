//! Snapshots and what is left of the log.

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

/// A server that restarts with the commit index 0 and a snapshot up to 3 applied entry 1 next,
/// which it did not have any more: engines have crashed on that, or applied to an empty state
/// machine what came after the snapshot. The commit index is volatile, and yet no lower than what
/// the snapshot stands for.
#[test]
fn a_restart_begins_no_lower_than_its_snapshot() {
    let (options, boot) = (NodeOptions::default(), Configuration::default());
    let hard_state = HardState { term: 2, voted_for: None };
    let node = Node::new(server(1), options, boot, hard_state, compacted());
    assert_eq!((node.commit_index(), node.last_applied()), (3, 3));
    assert_eq!(node.log().last_index(), 4);
    assert_eq!(node.store().values().get("x").map(String::as_str), Some("1"));
    assert_eq!(node.configuration().voters, ServerSet::first(4));

    // A leader that is behind with its commit index lowers nothing; one that is ahead is followed
    // from there.
    let mut bench = Bench::of(node);
    bench.step(Input::Start);
    bench.hear(2, 2, append((4, 2), &[], 1, 1));
    assert_eq!((bench.node.commit_index(), bench.node.last_applied()), (3, 3));
    bench.hear(2, 2, append((4, 2), &[], 4, 2));
    assert_eq!((bench.node.commit_index(), bench.node.last_applied()), (4, 4));
    assert_eq!(bench.node.store().values().len(), 1);
}

/// A late AppendEntries may name an entry that the follower has compacted away. To refuse it for
/// that sends the leader backwards, to a snapshot that nobody needs; to take its entries as if they
/// were new puts old ones after the snapshot.
#[test]
fn an_append_from_before_the_snapshot_is_neither_refused_nor_repeated() {
    let (options, boot) = (NodeOptions::default(), Configuration::default());
    let hard_state = HardState { term: 2, voted_for: None };
    let mut bench = Bench::of(Node::new(server(1), options, boot, hard_state, compacted()));
    bench.hear(2, 2, append((1, 1), &[2, 2], 0, 1));
    bench.hear(2, 2, append((1, 1), &[2, 2, 2, 2], 0, 2));
    assert_eq!(bench.take_sent(), [matched(3, 1), matched(5, 2)]);
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [2, 2]);
    assert_eq!((bench.node.log().snapshot_index(), bench.node.log().last_index()), (3, 5));
}

/// A compacted log is as good as it was: a voter that compares with the entries it still has, and
/// takes an empty log for the worst, elects a leader without what is committed.
#[test]
fn a_vote_compares_with_the_snapshot_where_the_log_is_empty() {
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
