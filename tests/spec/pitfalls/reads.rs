//! Reads that a majority must confirm.

use std::sync::Arc;

use raftarium::raft::{Answer, Body, Input, NodeOptions, Reads, Request, Timer};

use super::bench::{Bench, append, asks, get, matched};

/// Only replies to messages sent after a read arrived confirm it. Engines that identify a round by
/// the client's request confirm a retry with replies to the first attempt, which may be older than
/// another leader's election.
#[test]
fn late_replies_confirm_the_first_attempt_of_a_read_but_not_its_retry() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.lead();
    let round = bench.round();
    for follower in [2, 3] {
        bench.hear(follower, 1, matched(1, round));
    }
    assert_eq!(bench.node.commit_index(), 1);
    bench.take_sent();
    bench.ask(get(7));
    let first = bench.round();
    bench.ask(get(7));
    let second = bench.round();
    assert!(second > first, "a retry is a round of its own");

    // Two replies of one follower count once, and replies to earlier rounds not at all.
    bench.hear(2, 1, matched(1, first));
    bench.hear(2, 1, matched(1, first));
    bench.hear(3, 1, matched(1, first - 1));
    assert_eq!(bench.answers(), []);
    bench.hear(3, 1, matched(1, first));
    assert_eq!(bench.answers(), [Answer::Nothing]);
    bench.hear(4, 1, matched(1, first));
    assert_eq!(bench.answers(), []);
    bench.hear(4, 1, matched(1, second));
    bench.hear(5, 1, matched(1, second));
    assert_eq!(bench.answers(), [Answer::Nothing]);
}

/// A leader counts its rounds from the start of its term. A reply to an earlier leadership names a
/// higher round and would confirm every read of this one.
#[test]
fn a_reply_to_an_earlier_leadership_confirms_no_read() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    (0..20).for_each(|_| bench.step(Input::Timer(Timer::Heartbeat)));
    let high = bench.round();
    bench.hear(2, 2, append((1, 1), &[], 0, 1));
    bench.take_sent();
    bench.lead();
    let round = bench.round();
    bench.hear(2, 3, matched(bench.node.log().last_index(), round));
    bench.take_sent();
    bench.ask(get(1));
    assert!(bench.round() < high);
    for follower in [2, 3] {
        bench.hear(follower, 1, matched(1, high));
    }
    assert_eq!(bench.answers(), []);
    bench.step(Input::Timer(Timer::Heartbeat));
    let round = bench.round();
    bench.hear(3, 3, matched(0, round));
    assert_eq!(bench.answers(), [Answer::Nothing]);
}

fn lease_get(serial: u64) -> Body {
    match get(serial) {
        Body::Request(request) => {
            let request = Request { reads: Reads::Lease, ..Request::clone(&request) };
            Body::Request(Arc::new(request))
        }
        other => other,
    }
}

/// A lease counts on the voters' election timeouts. Leaders that kept it when these became shorter
/// answered reads after another server had been elected.
#[test]
fn a_voided_lease_answers_no_read_until_the_next_round_is_acknowledged() {
    let options = NodeOptions { lease: true, ..NodeOptions::default() };
    let mut bench = Bench::with(3, 0, &[], options);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    bench.ask(lease_get(1));
    assert_eq!(bench.answers(), [Answer::Nothing]);
    bench.node.void_leases();
    bench.hear(3, 1, matched(1, round));
    bench.ask(lease_get(2));
    let asked = bench.round();
    assert_eq!(bench.answers(), [], "the round of the lease is from before");
    bench.hear(3, 1, matched(1, asked));
    assert_eq!(bench.answers(), [Answer::Nothing]);
    bench.ask(lease_get(3));
    assert_eq!(bench.answers(), [Answer::Nothing], "the new round is a new lease");
}

/// A reply may come late and bring a higher term. Servers that then forgot that they had just heard
/// a leader elected another one while the first still counted on its lease.
#[test]
fn a_late_reply_of_a_higher_term_does_not_end_stickiness_under_leases() {
    let options = NodeOptions { lease: true, ..NodeOptions::default() };
    let mut bench = Bench::with(3, 1, &[1], options);
    bench.step(Input::Timer(Timer::Election));
    bench.hear(2, 3, append((1, 1), &[], 0, 1));
    bench.hear(3, 8, Body::Vote { granted: false });
    assert_eq!(bench.node.current_term(), 8);
    bench.take_sent();
    bench.hear(3, 9, asks((1, 1)));
    assert_eq!((bench.node.current_term(), bench.grants()), (8, vec![]));
}
