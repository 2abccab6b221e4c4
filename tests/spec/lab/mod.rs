//! The experiments of the lab: their figures beside those that were published.

#[cfg(feature = "cli")]
mod command_line;
mod custom;
mod figure_16;
mod manual;
mod split_votes;
mod wide_area;

use raftarium::lab::experiment::{
    Against, Batch, Design, Experiment, ExperimentResults, TrialTally, run_on_threads,
};

/// Runs an experiment with seed 1.
fn results(design: Design, trials: u32) -> ExperimentResults {
    let experiment = Experiment { design, trials, seed: 1 };
    let series = experiment.series().expect("it fits");
    let results = run_on_threads(experiment, &series, 2, &TrialTally::default());
    assert!(results.is_complete());
    results
}

/// How far a figure is off, as a share of the expected one.
fn error(found: Option<f64>, expected: f64) -> f64 {
    let found = found.expect("something was measured");
    (found / expected - 1.0).abs()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let design = || Design::figure_16();
    let run = |threads| {
        let experiment = Experiment { design: design(), trials: 30, seed: 7 };
        let series = experiment.series().expect("it fits");
        run_on_threads(experiment, &series, threads, &TrialTally::default())
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_series_alone_gives_the_same_figures_as_among_others() {
    let all = results(Design::figure_16(), 20);
    let Design::Elections(ranges) = Design::figure_16() else { panic!("it is figure 16") };
    let alone = results(Design::Elections(vec![ranges[5]]), 20);
    assert_eq!(alone.series[0], all.series[5]);
}

#[test]
fn other_seeds_give_other_trials() {
    let run = |seed| {
        let experiment = Experiment { design: Design::WideArea, trials: 5, seed };
        let series = experiment.series().expect("it fits");
        run_on_threads(experiment, &series, 1, &TrialTally::default()).series
    };
    assert_ne!(run(1), run(2));
}

#[test]
fn a_cancelled_experiment_is_not_complete() {
    let experiment = Experiment { design: Design::WideArea, trials: 1000, seed: 1 };
    let series = experiment.series().expect("it fits");
    let tally = TrialTally::default();
    tally.cancel();
    let results = run_on_threads(experiment, &series, 2, &tally);
    assert!(!results.is_complete());
    assert_eq!(tally.trials(), 0);
}

/// The page reads a batch between two frames.
#[test]
fn batches_hold_every_trial_once_and_few_of_a_script() {
    let loss = Design::Availability(Against::Loss);
    for (design, trials, most) in
        [(loss.clone(), 3, 1), (loss, 5000, 4), (Design::WideArea, 1_000_000, 2000)]
    {
        let series = Experiment { design, trials, seed: 1 }.series().expect("it fits");
        let batches = Batch::all(&series);
        assert!(batches.iter().all(|batch| (1..=most).contains(&batch.count)));
        for place in 0..series.len() {
            let mut next = 0;
            for batch in batches.iter().filter(|batch| batch.series == place) {
                assert_eq!(batch.first, next);
                next += batch.count;
            }
            assert_eq!(next, trials);
        }
    }
}
