//! The worker's side: runs batches as the page asks.

use crate::lab::experiment::TrialSeries;

use super::messages::{LabReport, LabRequest};

/// The experiment of a worker, once the page has named it.
#[derive(Default)]
pub struct LabWorker {
    series: Vec<TrialSeries>,
    seed: u64,
}

/// The worker's answer to a text of the page, if it is a request of the lab that has one.
pub fn answer(worker: &mut LabWorker, text: &str) -> Option<String> {
    match LabRequest::parse(text)? {
        LabRequest::Experiment(form) => {
            // The page has tried both before.
            let experiment = form.experiment().ok()?;
            worker.series = experiment.series().ok()?;
            worker.seed = experiment.seed;
            None
        }
        LabRequest::Batch(batch) => {
            Some(LabReport(batch.run(&worker.series, worker.seed)).to_string())
        }
    }
}
