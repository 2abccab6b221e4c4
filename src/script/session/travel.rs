//! To any moment, and event by event in both directions.

use crate::script::Halt;
use crate::script::runner::Runner;
use crate::sim::{Duration, EventId, Micros};

use super::{STEPS_MAX, Session};

/// After so many steps it is seen whether there is time for more.
const STEPS_AT_ONCE: u64 = 100;
/// The longest journey, in milliseconds.
const JOURNEY_MS: f64 = 3_000.0;
/// The longest way that time passes at one go, in milliseconds.
const PASSING_MS: f64 = 100.0;

/// A state of a run: after so many steps, at that moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub steps: u64,
    pub time_us: Micros,
}

impl Session {
    /// Goes to that moment, back or ahead: everything that is due then has happened.
    ///
    /// # Errors
    /// Where too much would have to happen first; it then stands where it has come to.
    pub fn seek(&mut self, time_us: Micros) -> Result<(), String> {
        if time_us < self.world().now_us() {
            self.runner.go_back(|runner| runner.world().now_us() <= time_us);
        }
        let reached = run_to(&mut self.runner, time_us, self.clock);
        self.note_end();
        match reached {
            true => Ok(()),
            false => Err(format!(
                "too much happens up to {}: this is {}",
                Duration(time_us),
                Duration(self.world().now_us())
            )),
        }
    }

    /// Goes back to the event before this one, or to this one's own moment where time has passed since. False:
    /// there is nothing before.
    pub fn previous_event(&mut self) -> bool {
        let here = self.place();
        let mut bound = here.steps;
        let here_event = self.world().event();
        let target = loop {
            let copy = self.runner.copy_before(|runner| runner.steps < bound);
            let Some(mut scout) = copy else { return false };
            let (begun, first_event) = (scout.steps, scout.world().event());
            let found = last_arrival(&mut scout, here, here_event);
            match found {
                Some(found) => break found,
                None if begun == 0 && first_event == here_event && here.time_us == 0 => {
                    return false;
                }
                None if begun == 0 => break Place { steps: 0, time_us: 0 },
                None => bound = begun,
            }
        };
        self.go_to_place(target);
        true
    }

    /// Goes on up to that moment, or as far as there is time for.
    pub(super) fn run_on_until(&mut self, time_us: Micros) -> Halt {
        let end_ms = self.clock.map(|now_ms| now_ms() + PASSING_MS);
        loop {
            let steps = self.runner.steps.saturating_add(STEPS_AT_ONCE);
            if let Some(halt) = self.runner.run_within(time_us, steps) {
                return halt;
            }
            if is_over(self.clock, end_ms) {
                return Halt::Reached;
            }
        }
    }

    pub(super) fn place(&self) -> Place {
        Place { steps: self.runner.steps, time_us: self.world().now_us() }
    }

    /// Goes to a state that this run goes through.
    pub(super) fn go_to_place(&mut self, place: Place) {
        if place.steps < self.runner.steps || place.time_us < self.world().now_us() {
            self.runner.go_back(|runner| {
                runner.steps <= place.steps && runner.world().now_us() <= place.time_us
            });
        }
        while let Some(halt) = self.runner.run_within(place.time_us, place.steps) {
            if halt == Halt::Reached {
                break;
            }
        }
        self.runner.idle_until(place.time_us);
    }
}

/// Runs through stops and violations. False: it is too far.
pub(super) fn run_to(runner: &mut Runner, time_us: Micros, clock: Option<fn() -> f64>) -> bool {
    let steps_max = runner.steps.saturating_add(STEPS_MAX);
    let end_ms = clock.map(|now_ms| now_ms() + JOURNEY_MS);
    while runner.steps < steps_max && !is_over(clock, end_ms) {
        let steps = steps_max.min(runner.steps + STEPS_AT_ONCE);
        if runner.run_within(time_us, steps) == Some(Halt::Reached) {
            return true;
        }
    }
    false
}

fn is_over(clock: Option<fn() -> f64>, end_ms: Option<f64>) -> bool {
    clock.zip(end_ms).is_some_and(|(now_ms, end_ms)| now_ms() >= end_ms)
}

/// Where the newest event before that place had just happened.
fn last_arrival(scout: &mut Runner, here: Place, here_event: EventId) -> Option<Place> {
    let mut newest: Option<Place> = None;
    let mut event = scout.world().event();
    while scout.steps < here.steps {
        if scout.run_within(here.time_us, scout.steps + 1) == Some(Halt::Reached) {
            break;
        }
        if scout.world().event() != event {
            event = scout.world().event();
            let place = Place { steps: scout.steps, time_us: scout.world().now_us() };
            if event < here_event || place.time_us < here.time_us {
                newest = Some(place);
            }
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static NOW_MS: Cell<f64> = const { Cell::new(0.0) };
    }

    /// A clock on which each look takes as long as this.
    fn slow() -> f64 {
        NOW_MS.set(NOW_MS.get() + 10.0);
        NOW_MS.get()
    }

    #[test]
    fn work_that_is_bounded_ends_early_and_is_the_same_work() {
        const SCRIPT: &str = "servers 3\nevery 10us set x 1\n";
        let mut bounded = Session::open(SCRIPT).expect("a script");
        bounded.bound_work(slow);
        let error = bounded.seek(1_000_000).expect_err("there is no time for all that");
        let now_us = bounded.world().now_us();
        assert!(now_us > 0 && now_us < 1_000_000, "{error}");
        assert_eq!(bounded.run_until(1_000_000), Halt::Reached);
        let later_us = bounded.world().now_us();
        assert!(now_us < later_us && later_us < 1_000_000);
        let mut free = Session::open(SCRIPT).expect("a script");
        free.go_to_place(bounded.place());
        assert_eq!(free.world().hash(), bounded.world().hash());
        bounded.seek(now_us / 2).expect("that is near");
    }
}
