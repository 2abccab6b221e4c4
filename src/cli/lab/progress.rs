//! The progress of an experiment, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::lab::experiment::TrialTally;

const PROGRESS_EVERY: Duration = Duration::from_millis(500);

/// Shows how many trials have run while `work` runs them.
pub(super) fn shown<T>(tally: &TrialTally, trials: u64, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            while is_done.recv_timeout(PROGRESS_EVERY) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "\r{} of {trials} trials", tally.trials());
            }
            let _ = write!(io::stderr(), "\r\x1b[K");
        });
        let result = work();
        drop(done);
        result
    })
}
