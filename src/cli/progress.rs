//! How far a long run has come, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::script::Runner;
use crate::sim;

/// After so many steps it is worth while to look at the clock.
pub(super) const STEPS_A_LOOK: u64 = 20_000;
/// How long a run may take before anything is shown, and between two lines.
const PATIENCE: Duration = Duration::from_millis(700);

/// A line on standard error that is written anew now and then; nothing where that is no terminal.
pub(super) struct Progress {
    is_seen: bool,
    began: Instant,
    shown: Instant,
    has_shown: bool,
}

impl Progress {
    /// Nothing is shown yet.
    pub fn new() -> Progress {
        let now = Instant::now();
        Progress { is_seen: io::stderr().is_terminal(), began: now, shown: now, has_shown: false }
    }

    /// Shows how far it is, where it is time to.
    pub fn show(&mut self, name: &str, runner: &Runner) {
        if !self.is_seen || self.shown.elapsed() < PATIENCE {
            return;
        }
        self.shown = Instant::now();
        self.has_shown = true;
        let world = runner.world();
        let (time, events) = (sim::Duration(world.now_us()), world.event());
        let seconds = self.began.elapsed().as_secs();
        let _ = write!(
            io::stderr(),
            "\r\x1b[2K{name}: line {}, time {time}, {events} events, {seconds} s",
            runner.line()
        );
    }

    /// Takes the line away.
    pub fn clear(self) {
        if self.has_shown {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}
