//! To any moment, and event by event in both directions.

use crate::script::Halt;
use crate::script::limits::{STEPS_MAX, WORK_MAX};
use crate::script::runner::Runner;
use crate::sim::{EventId, Micros, Recorder};

use super::Session;

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
        let is_before = |runner: &Runner| runner.world().now_us() <= time_us;
        match time_us < self.world().now_us() {
            true => self.go_back(is_before),
            false => self.go_ahead(is_before),
        }
        let reached = run_to(&mut self.runner, time_us, &mut self.recorder);
        self.note_end();
        reached
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

    pub(super) fn go_back(&mut self, is_before: impl Fn(&Runner) -> bool) {
        self.runner.go_back(is_before);
        self.recorder.seek(self.runner.world().event());
    }

    fn go_ahead(&mut self, is_before: impl Fn(&Runner) -> bool) {
        self.runner.go_ahead(is_before);
        self.recorder.seek(self.runner.world().event());
    }

    pub(super) fn place(&self) -> Place {
        Place { steps: self.runner.steps, time_us: self.world().now_us() }
    }

    /// Goes to a state that this run goes through.
    pub(super) fn go_to_place(&mut self, place: Place) {
        let is_before = |runner: &Runner| {
            runner.steps <= place.steps && runner.world().now_us() <= place.time_us
        };
        match is_before(&self.runner) {
            true => self.go_ahead(is_before),
            false => self.go_back(is_before),
        }
        while let Some(halt) =
            self.runner.run_within(place.time_us, place.steps, &mut self.recorder)
        {
            if halt == Halt::Reached {
                break;
            }
        }
        self.runner.advance_clock(place.time_us);
    }
}

/// Runs through stops and violations. The error says why it is too far.
pub(super) fn run_to(
    runner: &mut Runner,
    time_us: Micros,
    recorder: &mut Recorder,
) -> Result<(), String> {
    let steps_max = runner.steps.saturating_add(STEPS_MAX);
    runner.limited(WORK_MAX, |runner| {
        while let Some(halt) = runner.run_within(time_us, steps_max, recorder) {
            if halt == Halt::Reached {
                return Ok(());
            }
        }
        Err(runner.too_far(time_us))
    })
}

/// Where the newest event before that place had just happened.
fn last_arrival(scout: &mut Runner, here: Place, here_event: EventId) -> Option<Place> {
    let recorder = &mut Recorder::off();
    let mut newest: Option<Place> = None;
    let mut event = scout.world().event();
    while scout.steps < here.steps {
        if scout.run_within(here.time_us, scout.steps + 1, recorder) == Some(Halt::Reached) {
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
