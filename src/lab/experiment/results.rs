//! Collects what the trials of an experiment measured, in any order.

use super::distribution::Distribution;
use super::trial::TrialResult;
use super::{Experiment, TrialSeries};

/// A series has about that many batches: few trials each, so that workers share the long ones.
const BATCHES: u32 = 50;

/// Trials of one series that one thread or worker runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The place of the series.
    pub series: usize,
    pub first: u32,
    pub count: u32,
}

impl Batch {
    /// The batches of these series, those of the first series first.
    pub fn all(series: &[TrialSeries]) -> Vec<Batch> {
        let mut batches = Vec::new();
        for (place, series) in series.iter().enumerate() {
            let size = series.trials.div_ceil(BATCHES).clamp(1, series.trial.batch_max());
            for first in (0..series.trials).step_by(size as usize) {
                let count = size.min(series.trials - first);
                batches.push(Batch { series: place, first, count });
            }
        }
        batches
    }

    pub fn run(&self, series: &[TrialSeries], seed: u64) -> BatchResult {
        let mut result = BatchResult { batch: *self, ..BatchResult::default() };
        let Some(series) = series.get(self.series) else { return result };
        for number in self.first..self.first + self.count {
            result.add(series.trial.run(seed, number));
        }
        result
    }
}

/// What the trials of a batch measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchResult {
    pub batch: Batch,
    /// The values of each column, in the order of the trials.
    pub values: Vec<Vec<f64>>,
    /// How many trials failed, and why the first one did.
    pub failed: u32,
    pub failure: Option<String>,
}

impl BatchResult {
    fn add(&mut self, result: TrialResult) {
        match result {
            Ok(values) => {
                self.values.resize(self.values.len().max(values.len()), Vec::new());
                for (known, new) in self.values.iter_mut().zip(values) {
                    known.extend(new);
                }
            }
            Err(failure) => {
                self.failed += 1;
                self.failure.get_or_insert(failure);
            }
        }
    }
}

/// What one series measured.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesResults {
    pub name: String,
    /// How many trials it shall have, and how many it has.
    pub trials: u32,
    pub done: u32,
    pub failed: u32,
    pub failure: Option<String>,
    /// One for each column.
    pub distributions: Vec<Distribution>,
}

/// What an experiment measured, so far or at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentResults {
    pub experiment: Experiment,
    pub series: Vec<SeriesResults>,
}

impl ExperimentResults {
    /// Of batches that ran, in any order: the result is the same.
    pub fn new(
        experiment: Experiment,
        series: &[TrialSeries],
        batches: Vec<BatchResult>,
    ) -> ExperimentResults {
        let columns = experiment.columns().len();
        let mut batches = batches;
        batches.sort_by_key(|result| (result.batch.series, result.batch.first));
        let mut batches = batches.into_iter().peekable();
        let of_series = |(place, series): (usize, &TrialSeries)| {
            let mut values = vec![Vec::new(); columns];
            let (mut done, mut failed, mut failure) = (0, 0, None);
            while let Some(result) = batches.next_if(|result| result.batch.series == place) {
                done += result.batch.count;
                failed += result.failed;
                failure = failure.or(result.failure);
                for (known, new) in values.iter_mut().zip(result.values) {
                    known.extend(new);
                }
            }
            let distributions = values.into_iter().map(Distribution::new).collect();
            let (name, trials) = (series.name.clone(), series.trials);
            SeriesResults { name, trials, done, failed, failure, distributions }
        };
        let series = series.iter().enumerate().map(of_series).collect();
        ExperimentResults { experiment, series }
    }

    /// Whether all trials have run.
    pub fn is_complete(&self) -> bool {
        self.series.iter().all(|series| series.done == series.trials)
    }
}
