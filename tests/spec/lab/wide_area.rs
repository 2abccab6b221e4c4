//! Elections in a wide-area network beside the means that the dissertation states.

use raftarium::lab::experiment::{Design, PUBLISHED_ELECTIONS};

use super::{error, results};

/// The largest error beside the averages that the figure marks.
const BESIDE_FIGURE: f64 = 0.03;
/// The same beside the round numbers of the text. See `lab/experiment/wide_area.rs` for two down.
const BESIDE_TEXT: [f64; 3] = [0.0, 0.03, 0.05];

#[test]
fn means_are_those_that_the_figure_marks_and_the_text_states() {
    let results = results(Design::WideArea, 10_000);
    for (down, (series, published)) in results.series.iter().zip(PUBLISHED_ELECTIONS).enumerate() {
        assert_eq!(series.failed, 0, "{}", series.name);
        let mean = series.distributions[0].mean();
        let off = error(mean, published.marked_mean.0);
        assert!(off <= BESIDE_FIGURE, "{down} down: the mean is off by {off:.3}");
        let Some(stated) = published.stated_mean else { continue };
        let off = error(mean, stated);
        assert!(off <= BESIDE_TEXT[down], "{down} down: the mean is off by {off:.3}");
    }
}

#[test]
fn as_many_elections_end_before_their_mean_as_in_the_figure() {
    let results = results(Design::WideArea, 10_000);
    for (series, published) in results.series.iter().zip(PUBLISHED_ELECTIONS) {
        let distribution = &series.distributions[0];
        let mean = distribution.mean().expect("an election");
        let shorter = distribution.values().partition_point(|time| *time <= mean);
        let share = shorter as f64 / distribution.len() as f64;
        let (_, published) = published.marked_mean;
        assert!((share - published).abs() < 0.02, "{}: {share}, {published}", series.name);
    }
}

#[test]
fn nearly_all_elections_end_as_soon_as_the_text_states() {
    let results = results(Design::WideArea, 10_000);
    for (series, published) in results.series.iter().zip(PUBLISHED_ELECTIONS) {
        let Some(limit_ms) = published.stated_p999 else { continue };
        let p999 = series.distributions[0].quantile(0.999).expect("an election");
        assert!(p999 <= limit_ms, "{}: {p999} ms", series.name);
    }
}
