//! Acknowledgements, disks and the commit index.

use raftarium::raft::{Body, Input, NodeOptions, Role, Timer, WriteId};

use super::bench::{Bench, append, matched, server, set};

/// With slow disks a write becomes stable long after it was started. Meanwhile a new leader may
/// have replaced its entries. An engine that notes only "stable up to 5" then takes its newer entry
/// 4, which is still being written, for stable. It counts itself, commits with one copy too few,
/// and a crash loses a committed entry.
#[test]
fn an_overwritten_write_confirms_only_its_remaining_entries() {
    let mut bench = Bench::new(3, 1, &[1]);
    bench.hear(2, 1, append((1, 1), &[1, 1, 1, 1], 0, 1));
    let first = bench.writes.clone();
    bench.hear(3, 2, append((1, 1), &[2, 2], 0, 1));
    bench.step(Input::Timer(Timer::Election));
    for voter in [2, 3] {
        bench.hear(voter, 3, Body::Vote { granted: true });
    }
    assert_eq!(bench.node.role(), Role::Leader);
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [1, 2, 2, 3]);
    assert_eq!(bench.node.stable_index(), 1);

    bench.step(Input::Stable(first[0]));
    assert_eq!(bench.node.stable_index(), 1);
    let round = bench.round();
    bench.hear(2, 3, matched(4, round));
    assert_eq!(bench.node.commit_index(), 0);
    bench.flush();
    assert_eq!((bench.node.stable_index(), bench.node.commit_index()), (4, 4));
}

/// The same trap between servers: a follower acknowledges entry 2 of term 1, and the reply is slow.
/// The leader crashes, loses that entry, is elected again and appends another entry 2. The old
/// reply names an index of the new log, but not its entry. Counted, it commits an entry that nobody
/// else has.
#[test]
fn an_acknowledgement_of_an_earlier_term_confirms_nothing() {
    let mut bench = Bench::new(3, 1, &[1]);
    bench.lead();
    assert_eq!(bench.node.log().last_index(), 2);
    for term in [0, 1] {
        bench.hear(3, term, matched(2, 99));
        assert_eq!(bench.node.progress(server(3)).expect("a peer").match_index, 0);
        assert_eq!(bench.node.commit_index(), 0);
    }
    let round = bench.round();
    bench.hear(3, 2, matched(2, round));
    assert_eq!(bench.node.commit_index(), 2);
}

/// An acknowledgement waits until its entries are stable, even if this message did not bring them:
/// a second message with the same entries changes nothing, but its reply must not overtake the
/// disk.
#[test]
fn a_repeated_append_is_not_acknowledged_before_the_first_is_stable() {
    let mut bench = Bench::new(3, 1, &[]);
    bench.hear(2, 1, append((0, 0), &[1, 1], 0, 1));
    bench.hear(2, 1, append((0, 0), &[1, 1], 0, 2));
    let write = bench.writes[0];
    let waits: Vec<WriteId> = bench.sent.iter().map(|(after, _)| *after).collect();
    assert_eq!(waits, [write, write]);
}

/// A heartbeat verifies the follower's log only up to its previous entry. Followers that adopted
/// the leader's commit index up to their own last entry committed leftovers of an old leader.
#[test]
fn an_empty_append_commits_only_what_it_verifies() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2, 2]);
    bench.hear(2, 3, append((1, 1), &[], 4, 1));
    assert_eq!(bench.node.commit_index(), 1);
    bench.hear(2, 3, append((1, 1), &[3, 3, 3], 4, 1));
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [1, 3, 3, 3]);
    assert_eq!(bench.node.commit_index(), 4);
}

/// Conversely, a follower that replies to a heartbeat with its own last index acknowledges entries
/// that the leader does not have, and the leader counts them as copies of its own.
#[test]
fn an_empty_append_acknowledges_only_what_it_verifies() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2, 2]);
    bench.hear(2, 3, append((1, 1), &[], 4, 5));
    assert_eq!(bench.take_sent(), [matched(1, 5)]);
}

/// A message that does not match the log commits nothing, however high its commit index.
#[test]
fn a_rejected_append_commits_nothing() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2]);
    bench.hear(2, 3, append((3, 3), &[3], 4, 1));
    bench.hear(2, 3, append((7, 3), &[3], 8, 2));
    assert_eq!(bench.node.commit_index(), 0);
}

/// An acknowledgement that arrives after a later one must not decrease the match index: the leader
/// would take an entry for uncommitted whose client has its answer.
#[test]
fn acknowledgements_out_of_order_do_not_decrease_the_match_index() {
    let options = NodeOptions { max_inflight: 4, ..NodeOptions::default() };
    let mut bench = Bench::with(3, 0, &[], options);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    (1..=3).for_each(|serial| bench.ask(set(serial)));
    bench.flush();
    bench.hear(2, 1, matched(4, round));
    bench.hear(2, 1, matched(2, round));
    let progress = bench.node.progress(server(2)).expect("a peer");
    assert_eq!((progress.match_index, progress.next_index), (4, 5));
    assert_eq!(bench.node.commit_index(), 4);
}
