//! An experiment that workers run for the page.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use yew::Callback;

use crate::lab::experiment::{Batch, BatchResult, Experiment, ExperimentResults, TrialSeries};
use crate::ui::platform::clock::now_ms;
use crate::ui::platform::worker::{self, Worker};

use super::form::ExperimentForm;
use super::messages::{LabReport, LabRequest};

/// The least time between two reports to the page, in real milliseconds.
const REPORT_MS: f64 = 400.0;
/// How many batches a worker has at once, so that it never waits for the page.
const AHEAD: usize = 2;
/// Results that are not complete are summed up only if they are small: that takes time.
const VALUES_MAX: usize = 40_000;

/// How far an experiment has come.
#[derive(Clone, Debug, PartialEq)]
pub struct LabProgress {
    /// How many trials have run, and how many there are.
    pub done: u64,
    pub trials: u64,
    pub elapsed_ms: u64,
    pub workers: usize,
    /// What was measured so far; `None` while there is little or too much to sum up.
    pub results: Option<Rc<ExperimentResults>>,
    /// Why it ended before its last trial.
    pub failure: Option<String>,
}

impl LabProgress {
    pub fn is_over(&self) -> bool {
        self.failure.is_some() || self.done == self.trials
    }
}

/// Ends its workers when it is dropped.
pub struct RunningExperiment {
    form: ExperimentForm,
    experiment: Experiment,
    series: Vec<TrialSeries>,
    batches: Vec<Batch>,
    next: Cell<usize>,
    results: RefCell<Vec<BatchResult>>,
    workers: RefCell<Vec<Worker>>,
    begun_ms: f64,
    reported_ms: Cell<f64>,
    report: Callback<LabProgress>,
}

impl RunningExperiment {
    /// Begins the experiment in as many workers as the machine has cores to spare.
    ///
    /// # Errors
    /// What is wrong with the form, or that the browser starts no worker.
    pub fn start(
        form: &ExperimentForm,
        report: Callback<LabProgress>,
    ) -> Result<Rc<RunningExperiment>, String> {
        let experiment = form.experiment()?;
        let series = experiment.series()?;
        let running = Rc::new(RunningExperiment {
            form: form.clone(),
            batches: Batch::all(&series),
            experiment,
            series,
            next: Cell::new(0),
            results: RefCell::default(),
            workers: RefCell::default(),
            begun_ms: now_ms(),
            reported_ms: Cell::new(now_ms()),
            report,
        });
        for place in 0..running.worker_count() {
            let worker = start_worker(&running, place)?;
            running.workers.borrow_mut().push(worker);
        }
        running.report.emit(running.progress(None));
        Ok(running)
    }

    /// What has been measured so far.
    pub fn cancel(&self) -> LabProgress {
        self.workers.borrow_mut().clear();
        self.progress(Some(self.summed_up()))
    }

    fn received(&self, place: usize, text: &str) {
        if text == worker::READY {
            self.post(place, &LabRequest::Experiment(Box::new(self.form.clone())));
            (0..AHEAD).for_each(|_| self.post_batch(place));
            return;
        }
        let Some(LabReport(result)) = LabReport::parse(text) else { return };
        self.results.borrow_mut().push(result);
        self.post_batch(place);
        let is_over = self.results.borrow().len() == self.batches.len();
        if is_over {
            self.workers.borrow_mut().clear();
        }
        if is_over || now_ms() - self.reported_ms.get() >= REPORT_MS {
            self.reported_ms.set(now_ms());
            let results = (is_over || self.values() < VALUES_MAX).then(|| self.summed_up());
            self.report.emit(self.progress(results));
        }
    }

    fn post_batch(&self, place: usize) {
        if let Some(batch) = self.batches.get(self.next.get()) {
            self.next.set(self.next.get() + 1);
            self.post(place, &LabRequest::Batch(*batch));
        }
    }

    fn post(&self, place: usize, request: &LabRequest) {
        if let Some(worker) = self.workers.borrow().get(place) {
            worker.post(&request.to_string());
        }
    }

    fn values(&self) -> usize {
        let results = self.results.borrow();
        results.iter().flat_map(|result| &result.values).map(Vec::len).sum()
    }

    fn summed_up(&self) -> Rc<ExperimentResults> {
        let results = self.results.borrow().clone();
        Rc::new(ExperimentResults::new(self.experiment.clone(), &self.series, results))
    }

    /// One core is left for the page.
    fn worker_count(&self) -> usize {
        worker::cores().saturating_sub(1).clamp(1, self.batches.len().max(1))
    }

    fn progress(&self, results: Option<Rc<ExperimentResults>>) -> LabProgress {
        let done = self.results.borrow().iter().map(|result| u64::from(result.batch.count)).sum();
        LabProgress {
            done,
            trials: self.series.iter().map(|series| u64::from(series.trials)).sum(),
            elapsed_ms: (now_ms() - self.begun_ms).max(0.0) as u64,
            workers: self.worker_count(),
            results,
            failure: None,
        }
    }

    fn crashed(&self, error: &str) {
        self.workers.borrow_mut().clear();
        let progress = self.progress(Some(self.summed_up()));
        self.report.emit(LabProgress { failure: Some(error.to_owned()), ..progress });
    }
}

fn start_worker(running: &Rc<RunningExperiment>, place: usize) -> Result<Worker, String> {
    let reported: Weak<RunningExperiment> = Rc::downgrade(running);
    let crashed = reported.clone();
    // Its own listener runs while a worker ends: it ends once the listener has returned.
    Worker::start(
        move |text| {
            if let Some(running) = reported.upgrade() {
                running.received(place, &text);
            }
        },
        move |error| {
            if let Some(running) = crashed.upgrade() {
                running.crashed(&error);
            }
        },
    )
}
