//! The progress of a long run, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::script::Run;
use crate::sim;

/// How many steps a run takes between two looks at the clock.
pub(super) const STEPS_PER_LOOK: u64 = 20_000;
/// The time before the first update, and between two updates.
const INTERVAL: Duration = Duration::from_millis(700);

/// A line on standard error that is rewritten now and then. Without a terminal it shows nothing.
pub(super) struct ProgressLine {
    is_terminal: bool,
    began: Instant,
    shown: Instant,
    has_shown: bool,
}

impl ProgressLine {
    pub fn new() -> ProgressLine {
        let now = Instant::now();
        let is_terminal = io::stderr().is_terminal();
        ProgressLine { is_terminal, began: now, shown: now, has_shown: false }
    }

    /// Updates the line if it is time to.
    pub fn show(&mut self, name: &str, run: &Run) {
        if !self.is_terminal || self.shown.elapsed() < INTERVAL {
            return;
        }
        self.shown = Instant::now();
        self.has_shown = true;
        let world = run.world();
        let (time, events) = (sim::Duration(world.now_us()), world.event());
        let seconds = self.began.elapsed().as_secs();
        let _ = write!(
            io::stderr(),
            "\r\x1b[2K{name}: line {}, time {time}, {events} events, {seconds} s",
            run.line()
        );
    }

    /// Removes the line.
    pub fn clear(self) {
        if self.has_shown {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}
