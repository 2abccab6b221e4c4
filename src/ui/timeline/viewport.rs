//! The stretch of time that the diagram shows, and how it is moved and zoomed.

use crate::sim::Micros;

/// The closest view, in microseconds a pixel: a millisecond is 500 pixels wide.
const CLOSEST: f64 = 2.0;
/// At the start, half a second is some 1,300 pixels wide.
const AT_START: f64 = 400.0;
/// The present stands at this share of the width while time passes.
pub const PRESENT_SHARE: f64 = 0.78;
/// The run may be moved away from the edges by this share of the width.
const SLACK_SHARE: f64 = 0.25;

/// A stretch of time over a width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// The moment at the left edge, in microseconds.
    pub from_us: f64,
    pub us_per_px: f64,
    /// A length in CSS pixels.
    pub width: f64,
}

impl Default for Viewport {
    fn default() -> Viewport {
        Viewport { from_us: 0.0, us_per_px: AT_START, width: 0.0 }
    }
}

impl Viewport {
    /// The moment at the right edge.
    pub fn to_us(&self) -> f64 {
        self.time(self.width)
    }

    pub fn x(&self, time_us: Micros) -> f64 {
        (time_us as f64 - self.from_us) / self.us_per_px
    }

    pub fn time(&self, x: f64) -> f64 {
        self.from_us + x * self.us_per_px
    }

    /// The moment at that place, not before the start of the run.
    pub fn moment(&self, x: f64) -> Micros {
        self.time(x).max(0.0).round() as Micros
    }

    pub fn shows(&self, time_us: Micros) -> bool {
        (0.0..=self.width).contains(&self.x(time_us))
    }

    /// Zooms by that factor (above 1: closer), and what is at `x` stays there. A run of `end_us`
    /// fills at least a third of the width.
    pub fn zoom(&mut self, x: f64, factor: f64, end_us: Micros) {
        let fixed = self.time(x);
        let widest = (end_us as f64 * 3.0 / self.width.max(1.0)).max(AT_START * 2.0);
        self.us_per_px = (self.us_per_px / factor).clamp(CLOSEST, widest);
        self.from_us = fixed - x * self.us_per_px;
        self.keep_in(end_us);
    }

    /// Moves by that many pixels, positive ones towards the end.
    pub fn pan(&mut self, pixels: f64, end_us: Micros) {
        self.from_us += pixels * self.us_per_px;
        self.keep_in(end_us);
    }

    /// Shows all of a run.
    pub fn fit(&mut self, end_us: Micros) {
        self.us_per_px = (end_us as f64 * 1.06 / self.width.max(1.0)).max(CLOSEST);
        self.from_us = -0.02 * self.width * self.us_per_px;
    }

    /// Puts that moment where the present stands. Near its start the run begins at the left.
    pub fn follow(&mut self, time_us: f64) {
        let before = PRESENT_SHARE * self.width * self.us_per_px;
        self.from_us = (time_us - before).max(self.start());
    }

    /// The left edge while the start of the run is in sight.
    fn start(&self) -> f64 {
        -8.0 * self.us_per_px
    }

    /// Whether following a moment moves the run rather than the present.
    pub fn scrolls_at(&self, time_us: f64) -> bool {
        time_us - PRESENT_SHARE * self.width * self.us_per_px > self.start()
    }

    /// Keeps some of the run in sight.
    fn keep_in(&mut self, end_us: Micros) {
        let slack = SLACK_SHARE * self.width * self.us_per_px;
        let last = (end_us as f64 - self.width * self.us_per_px + slack).max(-slack);
        self.from_us = self.from_us.clamp(-slack, last.max(-slack));
    }

    /// The moments of round numbers in sight, and their common distance, at least `apart` pixels.
    pub fn ticks(&self, apart: f64) -> (Vec<Micros>, Micros) {
        let step = tick_step(self.us_per_px * apart);
        let first = (self.from_us.max(0.0) as Micros).next_multiple_of(step);
        let last = self.to_us().max(0.0) as Micros;
        ((first..=last).step_by(step as usize).collect(), step)
    }
}

/// 1, 2 or 5 times a power of ten, at least `us`.
fn tick_step(us: f64) -> Micros {
    let mut step = 1;
    loop {
        for times in [1, 2, 5] {
            if (step * times) as f64 >= us {
                return step * times;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewport() -> Viewport {
        Viewport { from_us: 100_000.0, us_per_px: 400.0, width: 1_000.0 }
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let mut view = viewport();
        let before = view.time(300.0);
        view.zoom(300.0, 2.0, 10_000_000);
        assert_eq!((view.us_per_px, view.time(300.0)), (200.0, before));
        view.zoom(300.0, 1e9, 10_000_000);
        assert_eq!(view.us_per_px, CLOSEST);
        view.zoom(300.0, 1e-9, 10_000_000);
        assert_eq!(view.us_per_px, 30_000.0);
    }

    #[test]
    fn a_run_cannot_be_lost() {
        let mut view = viewport();
        view.pan(-1e9, 2_000_000);
        assert_eq!(view.from_us, -100_000.0);
        view.pan(1e9, 2_000_000);
        assert_eq!(view.to_us(), 2_100_000.0);
        view.fit(2_000_000);
        assert!(view.shows(0) && view.shows(2_000_000));
    }

    #[test]
    fn the_present_moves_first_and_then_the_run() {
        let mut view = viewport();
        view.follow(50_000.0);
        assert_eq!(view.from_us, -3_200.0);
        assert!(!view.scrolls_at(50_000.0) && view.scrolls_at(900_000.0));
        view.follow(900_000.0);
        assert_eq!(view.x(900_000), 780.0);
    }

    #[test]
    fn ticks_are_round() {
        let (ticks, step) = viewport().ticks(90.0);
        assert_eq!(
            (ticks.as_slice(), step),
            (
                [100_000, 150_000, 200_000, 250_000, 300_000, 350_000, 400_000, 450_000, 500_000]
                    .as_slice(),
                50_000
            )
        );
        assert_eq!(tick_step(0.5), 1);
        assert_eq!(tick_step(2_001.0), 5_000);
    }
}
