//! Votes and transfers of leadership.

use raftarium::raft::{Body, Input, NodeOptions, Role, Timer};

use super::bench::{Bench, append, asks, matched, server, set};

/// Some servers reset their vote whenever they become followers, even within a term. A candidate
/// has voted for itself; when it returns to follower in its own term, that vote stays. Reset, it
/// could go to a third candidate of the term, and two servers would lead it.
#[test]
fn a_candidate_that_follows_a_leader_of_its_term_keeps_its_vote() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, append((0, 0), &[1], 0, 1));
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    assert_eq!(bench.node.voted_for(), Some(server(1)));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// The same if a majority has denied its votes.
#[test]
fn a_defeated_candidate_keeps_its_vote() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, Body::Vote { granted: false });
    bench.hear(3, 1, Body::Vote { granted: false });
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// A pre-candidate is still in its old term, in which it may have voted for another server. When it
/// returns to follower, because it hears the leader of that term or a majority denies its
/// pre-votes, that vote stays.
#[test]
fn a_defeated_pre_candidate_keeps_its_vote_for_another() {
    let options = NodeOptions { pre_vote: true, ..NodeOptions::default() };
    let give_up: [fn(&mut Bench); 2] = [
        |bench| bench.hear(3, 4, append((0, 0), &[], 0, 1)),
        |bench| {
            for voter in [2, 3] {
                bench.hear(voter, 4, Body::PreVoteReply { proposed: 5, granted: false });
            }
        },
    ];
    for give_up in give_up {
        let mut bench = Bench::with(3, 4, &[], options);
        bench.hear(3, 4, asks((0, 0)));
        assert_eq!(bench.grants(), [true]);
        bench.flush();
        bench.step(Input::Timer(Timer::Election));
        assert_eq!(bench.node.role(), Role::PreCandidate);
        give_up(&mut bench);
        assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 4));
        assert_eq!(bench.node.voted_for(), Some(server(3)));
        bench.take_sent();
        bench.hear(2, 4, asks((9, 4)));
        assert_eq!(bench.grants(), [false]);
    }
}

/// A pre-vote promises nothing. Servers that reset their election timers for it let a server that
/// could never win keep all others from campaigning.
#[test]
fn a_pre_vote_changes_neither_timer_nor_term_nor_vote() {
    let mut bench = Bench::new(3, 4, &[]);
    bench.hear(2, 4, Body::PreVote { proposed: 5, last_index: 0, last_term: 0 });
    let granted = Body::PreVoteReply { proposed: 5, granted: true };
    assert_eq!(bench.take_sent(), [granted]);
    bench.hear(2, 4, Body::PreVote { proposed: 4, last_index: 0, last_term: 0 });
    let refused = Body::PreVoteReply { proposed: 4, granted: false };
    assert_eq!(bench.take_sent(), [refused], "the term is taken");
    assert!(bench.timers_set.is_empty() && bench.writes.is_empty());
    assert_eq!((bench.node.current_term(), bench.node.voted_for()), (4, None));
}

/// If a transfer outlives the leadership, the server, once elected again, rejects all clients, or
/// transfers its leadership to an outdated target.
#[test]
fn a_transfer_ends_with_the_leadership() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    bench.step(Input::Transfer(server(3)));
    bench.ask(set(1));
    assert_eq!(bench.node.log().last_index(), 1, "no command is accepted meanwhile");
    bench.hear(2, 2, append((1, 1), &[], 0, 1));
    assert_eq!(bench.node.role(), Role::Follower);
    bench.lead();
    bench.take_sent();
    bench.ask(set(2));
    bench.flush();
    assert_eq!(bench.node.log().last_index(), 3);
    bench.step(Input::Timer(Timer::Heartbeat));
    let round = bench.round();
    bench.hear(3, 3, matched(3, round));
    assert_eq!(bench.timeout_now_count(), 0);
    // A late timer of the old transfer does not end the new one.
    bench.step(Input::Transfer(server(2)));
    bench.hear(2, 3, matched(3, round));
    assert_eq!(bench.timeout_now_count(), 1);
}

/// If votes are counted by messages, a duplicated vote counts twice, and the vote of a server
/// outside the configuration counts at all.
#[test]
fn each_voter_counts_once_and_no_other_server_counts() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    for voter in [2, 2, 2, 6, 7, 8] {
        bench.hear(voter, 1, Body::Vote { granted: true });
    }
    assert_eq!(bench.node.role(), Role::Candidate);
    bench.hear(3, 1, Body::Vote { granted: true });
    assert_eq!(bench.node.role(), Role::Leader);
}

/// Stickiness without an end: a leader that was cut off, and the followers that it still reached,
/// ignored servers that had joined since. If their votes were needed, nobody was elected any more.
/// An entry of a newer term proves that the leader is stale; a removed server has none.
#[test]
fn a_stranger_is_heard_if_its_log_proves_that_the_leader_is_stale() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    bench.hear(5, 7, asks((9, 1)));
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Leader, 1));
    bench.take_sent();
    bench.hear(5, 7, asks((1, 2)));
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 7));
    assert_eq!(bench.grants(), [true]);

    let mut bench = Bench::new(3, 1, &[1]);
    bench.hear(2, 1, append((1, 1), &[], 0, 1));
    bench.take_sent();
    bench.hear(5, 7, asks((9, 1)));
    assert_eq!((bench.node.current_term(), bench.grants()), (1, vec![]));
    bench.hear(5, 7, asks((1, 2)));
    assert_eq!((bench.node.current_term(), bench.grants()), (7, vec![true]));
}
