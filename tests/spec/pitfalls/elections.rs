//! Votes and the handing over of leadership.

use raftarium::raft::{Body, Input, NodeOptions, Role, Timer};

use super::bench::{Bench, append, asks, matched, server, set};

/// Some servers reset their vote whenever they become followers, also within a term. A candidate
/// has voted for itself; when it concedes to the leader of its own term, that vote stays given.
/// Freed, it could go to a third candidate of the term, and two servers would lead it.
#[test]
fn a_candidate_that_concedes_keeps_its_vote() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, append((0, 0), &[1], 0, 1));
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    assert_eq!(bench.node.voted_for(), Some(server(1)));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// The same where a majority has refused: the candidate becomes a follower, and its vote is given.
#[test]
fn a_candidate_that_is_refused_keeps_its_vote() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, Body::Vote { granted: false });
    bench.hear(3, 1, Body::Vote { granted: false });
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// Who asks first is in the term in which it may have voted already. When it gives up asking, as a
/// leader of that term is heard or a majority says no, the vote for another server stays.
#[test]
fn a_server_that_gave_up_asking_first_keeps_its_vote_for_another() {
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

/// To answer a pre-vote is to promise nothing. Servers that started their timers anew for it let
/// one that could never win keep all the others from campaigning.
#[test]
fn an_answer_to_a_pre_vote_leaves_timer_term_and_vote_alone() {
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

/// A transfer that outlives the leadership makes the server, once elected again, refuse all
/// clients, or hand over to a target that nobody wants any more as soon as that has caught up.
#[test]
fn a_transfer_ends_with_the_leadership() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    bench.step(Input::Transfer(server(3)));
    bench.ask(set(1));
    assert_eq!(bench.node.log().last_index(), 1, "no command is taken meanwhile");
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
    assert_eq!(bench.told_to_campaign(), 0);
    // A timer of the old transfer that fires late gives up nothing of the new one.
    bench.step(Input::Transfer(server(2)));
    bench.hear(2, 3, matched(3, round));
    assert_eq!(bench.told_to_campaign(), 1);
}

/// A vote of a server that has none counted as one where votes were counted by messages, not by
/// voters.
#[test]
fn votes_are_counted_by_voters_not_by_messages() {
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
