//! Figure 16 of the paper, as `raftarium lab elections` runs it.

use std::time::Instant;

use raftarium::lab::experiment::{Design, Experiment, TrialTally, run_on_threads};

/// How long all ten ranges take on one thread, in seconds.
pub fn figure_16_s(trials: u32) -> f64 {
    let experiment = Experiment { design: Design::figure_16(), trials, seed: 1 };
    let series = experiment.series().expect("the figure has ranges");
    let begun = Instant::now();
    let results = run_on_threads(experiment, &series, 1, &TrialTally::default());
    let elapsed_s = begun.elapsed().as_secs_f64();
    assert!(results.is_complete());
    elapsed_s
}
