//! Runs an experiment on many threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;

use super::results::{Batch, BatchResult, ExperimentResults};
use super::{Experiment, TrialSeries};

/// How many trials have run so far, which other threads may read meanwhile.
#[derive(Debug, Default)]
pub struct TrialTally {
    trials: AtomicU64,
    is_cancelled: AtomicBool,
}

impl TrialTally {
    pub fn trials(&self) -> u64 {
        self.trials.load(Ordering::Relaxed)
    }

    /// No further batch begins.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}

/// Runs all trials of these series, on at most that many threads. Their number changes no result.
pub fn run_on_threads(
    experiment: Experiment,
    series: &[TrialSeries],
    threads: usize,
    tally: &TrialTally,
) -> ExperimentResults {
    let batches = Batch::all(series);
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let seed = experiment.seed;
    let work = || {
        let mut own: Vec<BatchResult> = Vec::new();
        while !tally.is_cancelled.load(Ordering::Relaxed)
            && let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed))
        {
            own.push(batch.run(series, seed));
            tally.trials.fetch_add(u64::from(batch.count), Ordering::Relaxed);
        }
        // A thread that panicked has ended the program.
        if let Ok(mut results) = results.lock() {
            results.append(&mut own);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(batches.len()) {
            scope.spawn(work);
        }
        work();
    });
    let results = results.into_inner().unwrap_or_default();
    ExperimentResults::new(experiment, series, results)
}
