//! Elections in a wide-area network beside the means that the dissertation states.

use raftarium::lab::experiment::{Design, STATED_MEANS_MS};

use super::{error, results};

/// The largest error, by the number of servers down. See `lab/experiment/wide_area.rs` for the
/// second.
const ALLOWED: [f64; 3] = [0.0, 0.03, 0.05];

#[test]
fn means_are_those_that_the_text_states() {
    let results = results(Design::WideArea, 4_000);
    for (down, (series, stated)) in results.series.iter().zip(STATED_MEANS_MS).enumerate() {
        assert_eq!(series.failed, 0, "{}", series.name);
        let Some(stated) = stated else { continue };
        let off = error(series.distributions[0].mean(), stated);
        assert!(off <= ALLOWED[down], "{down} down: the mean is off by {off:.3}");
    }
}

#[test]
fn nearly_all_elections_end_as_soon_as_the_text_states() {
    let results = results(Design::WideArea, 4_000);
    for (down, limit_ms) in [(1, 1_500.0), (2, 3_000.0)] {
        let times = results.series[down].distributions[0].values();
        let late = times.iter().filter(|time| **time > limit_ms).count();
        assert!(late <= 4 + 6, "{down} down: {late} of 4000 take longer than {limit_ms} ms");
    }
}
