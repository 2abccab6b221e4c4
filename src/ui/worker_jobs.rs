//! What a worker of the page does: it searches for counterexamples, or runs trials of the lab.

use super::counterexample::{self, SearchRequest};
use super::experiments::{LabWorker, answer};
use super::platform::worker;

/// Answers the page's requests, as long as the worker lives.
pub fn serve() {
    let mut lab = LabWorker::default();
    worker::receive(move |text| match SearchRequest::parse(&text) {
        Some(request) => counterexample::serve(request),
        None => {
            if let Some(answer) = answer(&mut lab, &text) {
                worker::post(&answer);
            }
        }
    });
    worker::post(worker::READY);
}
