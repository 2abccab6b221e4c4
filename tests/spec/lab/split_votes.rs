//! Split votes beside the closed form.

use raftarium::lab::experiment::{Design, SplitVoteCase};

use super::results;

/// How far a share may be off.
const ALLOWED: f64 = 0.005;

#[test]
fn votes_split_as_often_as_the_closed_form_says() {
    let cases = [
        (5, 0, 100_000),
        (5, 1, 100_000),
        (5, 2, 100_000),
        (3, 1, 50_000),
        (4, 0, 200_000),
        (7, 3, 20_000),
        (9, 1, 300_000),
        (9, 4, 100_000),
    ];
    let cases = cases.map(|(servers, down, latency_ppm)| {
        SplitVoteCase::new(servers, down, latency_ppm).expect("a majority is up")
    });
    let results = results(Design::SplitVotes(cases.to_vec()), 40_000);
    for (case, series) in cases.iter().zip(&results.series) {
        assert_eq!(series.failed, 0, "{case:?}");
        let split = series.distributions[0].mean().expect("a share");
        let first = series.distributions[1].mean().expect("a share");
        let off = (split - case.closed_form()).abs();
        assert!(off <= ALLOWED, "{case:?}: {split} is off by {off}");
        let off = (first - case.expected_first_timeout()).abs();
        assert!(off <= ALLOWED, "{case:?}: the first timeout {first} is off by {off}");
    }
}
