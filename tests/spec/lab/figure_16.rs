//! Figure 16 beside the published curves.

use raftarium::lab::experiment::{Design, PUBLISHED_RANGES, ResultTable};
use raftarium::sim::MS;

use super::{error, results};

/// The largest error from 150..155 ms on, and of the two ranges before.
const CLOSE: f64 = 0.06;
const FAR: f64 = 0.30;

#[test]
fn medians_and_means_are_those_of_the_figure() {
    let results = results(Design::figure_16(), 1_000);
    assert_eq!(results.series[0].trials, 100, "without any spread, a tenth");
    for (series, published) in results.series.iter().zip(PUBLISHED_RANGES) {
        assert_eq!((series.failed, series.done), (0, published.trials), "{}", series.name);
        let has_room = published.timeout_ms.1 >= published.timeout_ms.0 + 5;
        let allowed = if has_room { CLOSE } else { FAR };
        let ours = &series.distributions[0];
        let median = error(ours.median(), published.curve.median());
        let mean = error(ours.mean(), published.curve.mean);
        println!("{}: median off by {median:.3}, mean by {mean:.3}", series.name);
        assert!(median <= allowed, "{}: the median is off by {median:.3}", series.name);
        assert!(mean <= allowed, "{}: the mean is off by {mean:.3}", series.name);
    }
}

#[test]
fn no_election_is_shorter_than_the_timers_and_messages_allow() {
    let results = results(Design::figure_16(), 50);
    for (series, published) in results.series.iter().zip(PUBLISHED_RANGES) {
        // A follower last heard the leader at most a heartbeat interval before the crash.
        let shortest_ms = published.timeout_ms.0 / 2;
        let least = series.distributions[0].quantile(0.0).expect("a trial");
        assert!(least > shortest_ms as f64, "{}: {least} ms", series.name);
    }
}

#[test]
fn the_table_has_the_columns_that_others_rely_on() {
    let timeout = raftarium::sim::Span::new(150 * MS, 155 * MS);
    let table = ResultTable::new(&results(Design::Elections(vec![timeout]), 10));
    let csv = table.csv();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("timeout,trials,min,p10,p25,p50,p75,p90,p99,max,mean"));
    let row = lines.next().expect("a row");
    assert!(row.starts_with("150ms..155ms,10,"), "{row}");
    assert_eq!(row.split(',').count(), 11);
    assert_eq!(lines.next(), None);
}
