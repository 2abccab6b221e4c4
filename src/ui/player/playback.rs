//! The clock of the page: real time and the speed determine simulated time.
//!
//! It is pure: real time is always an argument. A page that was slow or hidden resumes where it
//! was, and does not catch up in a burst.

use crate::sim::{Micros, World};
use crate::ui::view::PaceModel;

use super::adaptive_pace;

/// The slowest speed: a hundredth of real time.
pub const SPEED_MIN: f64 = 0.01;
/// The fastest speed: ten times real time.
pub const SPEED_MAX: f64 = 10.0;
/// At this speed the eye can follow single messages.
pub const SPEED_AT_START: f64 = 0.04;

/// The most real time that one wake-up makes up for, in milliseconds.
const LEAP_MS_MAX: f64 = 250.0;

/// The stops of the speed slider in one decade: round numbers, about evenly spaced on a log scale.
const STOPS: [f64; 10] = [1.0, 1.25, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];

const DECADES: [f64; 3] = [1.0, 10.0, 100.0];

/// The slider's first stop; stop 0 is real time.
pub const STOP_MIN: i32 = -20;
/// The slider's last stop: ten times real time.
pub const STOP_MAX: i32 = 10;

/// The speed at a stop of the slider.
pub fn speed_at_stop(stop: i32) -> f64 {
    let stop = stop.clamp(STOP_MIN, STOP_MAX);
    if stop >= 0 {
        let (decade, place) = (stop / 10, (stop % 10) as usize);
        return STOPS[place] * DECADES[decade as usize];
    }
    let (decade, place) = (-stop / 10, (-stop % 10) as usize);
    1.0 / (STOPS[place] * DECADES[decade as usize])
}

/// The slider's stop that is nearest to a speed, on the log scale.
pub fn stop_near(speed: f64) -> i32 {
    let wanted = clamp_speed(speed);
    // On a log scale the nearest speed is the one with the smallest ratio.
    let distance = |stop: i32| {
        let ratio = speed_at_stop(stop) / wanted;
        ratio.max(1.0 / ratio)
    };
    (STOP_MIN..=STOP_MAX).min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(0)
}

/// The speed within the range of the page. NaN becomes real time.
pub fn clamp_speed(speed: f64) -> f64 {
    if speed.is_nan() { 1.0 } else { speed.clamp(SPEED_MIN, SPEED_MAX) }
}

/// A speed as people say it: `25× slower`, `1.25× slower`, `real time`, `2.5× faster`.
pub fn speed_words(speed: f64) -> String {
    let rounded = |times: f64| {
        let digits = if times < 9.5 { 100.0 } else { 1.0 };
        (times * digits).round_ties_even() / digits
    };
    match (rounded(1.0 / speed), rounded(speed)) {
        (slower, _) if slower > 1.0 => format!("{slower}× slower"),
        (_, faster) if faster > 1.0 => format!("{faster}× faster"),
        _ => "real time".to_string(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    playing: bool,
    /// The chosen speed: simulated microseconds a real microsecond.
    speed: f64,
    /// The factor by which the adaptive pace changes the speed now; `None` while it is off.
    adaptive: Option<f64>,
    /// The moment of real time, in milliseconds, at which `anchor_us` was now.
    anchor_ms: f64,
    anchor_us: Micros,
}

impl Playback {
    pub fn paused_at(at_us: Micros, speed: f64) -> Playback {
        let speed = clamp_speed(speed);
        let adaptive = Some(adaptive_pace::ROUTINE);
        Playback { playing: false, speed, adaptive, anchor_ms: 0.0, anchor_us: at_us }
    }

    /// Paused at that moment, at the same speed.
    pub fn restarted_at(&self, at_us: Micros) -> Playback {
        let adaptive = self.adaptive.map(|_| adaptive_pace::ROUTINE);
        Playback { adaptive, ..Playback::paused_at(at_us, self.speed) }
    }

    pub fn playing(&self) -> bool {
        self.playing
    }

    /// The chosen speed: simulated time per real time.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// The speed at this moment.
    pub fn pace(&self) -> f64 {
        clamp_speed(self.speed * self.adaptive.unwrap_or(1.0))
    }

    pub fn model(&self) -> PaceModel {
        let (playing, speed) = (self.playing, self.speed);
        PaceModel { playing, speed, adaptive: self.adaptive.is_some(), now: self.pace() }
    }

    /// From now on at a pace that suits the world, if the pace is adaptive. Call it only when
    /// simulated time has just been reached: the new pace counts from there.
    pub fn adapt(&mut self, world: &World) {
        if let Some(factor) = &mut self.adaptive {
            *factor = adaptive_pace::factor(world);
        }
    }

    /// Makes the pace adaptive, or the same all the time.
    pub fn set_adaptive(&mut self, now_ms: f64, at_us: Micros, on: bool) {
        self.adaptive = on.then_some(adaptive_pace::ROUTINE);
        self.reached(now_ms, at_us);
    }

    /// Where simulated time should be now, at most a short leap after the last anchor.
    pub fn target_us(&self, now_ms: f64) -> Micros {
        if !self.playing {
            return self.anchor_us;
        }
        let passed_ms = (now_ms - self.anchor_ms).clamp(0.0, LEAP_MS_MAX);
        self.anchor_us + (passed_ms * 1000.0 * self.pace()).round_ties_even() as Micros
    }

    /// Sets the anchor: where simulated time is now.
    pub fn reached(&mut self, now_ms: f64, at_us: Micros) {
        self.anchor_ms = now_ms;
        self.anchor_us = at_us;
    }

    pub fn play(&mut self, now_ms: f64, at_us: Micros) {
        self.playing = true;
        self.reached(now_ms, at_us);
    }

    pub fn pause(&mut self, now_ms: f64, at_us: Micros) {
        self.playing = false;
        self.reached(now_ms, at_us);
    }

    pub fn set_speed(&mut self, now_ms: f64, at_us: Micros, speed: f64) {
        self.speed = clamp_speed(speed);
        self.reached(now_ms, at_us);
    }

    /// The real milliseconds until that moment of simulated time; `None` while paused.
    pub fn real_ms_until(&self, now_ms: f64, at_us: Micros) -> Option<f64> {
        let left_us = at_us.saturating_sub(self.target_us(now_ms));
        self.playing.then(|| left_us as f64 / 1000.0 / self.pace())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    #[test]
    fn the_slider_is_a_log_scale_from_a_hundredth_to_ten() {
        assert_eq!(speed_at_stop(STOP_MIN), SPEED_MIN);
        assert_eq!(speed_at_stop(0), 1.0);
        assert_eq!(speed_at_stop(STOP_MAX), SPEED_MAX);
        let ratios = (STOP_MIN..STOP_MAX).map(|stop| speed_at_stop(stop + 1) / speed_at_stop(stop));
        assert!(ratios.into_iter().all(|ratio| (1.15..1.4).contains(&ratio)));
    }

    #[test]
    fn every_stop_is_its_own_nearest_and_has_words_that_differ() {
        let mut words = Vec::new();
        for stop in STOP_MIN..=STOP_MAX {
            assert_eq!(stop_near(speed_at_stop(stop)), stop);
            words.push(speed_words(speed_at_stop(stop)));
        }
        let count = words.len();
        words.dedup();
        assert_eq!(words.len(), count);
        assert_eq!(speed_words(SPEED_AT_START), "25× slower");
        assert_eq!(speed_words(0.8), "1.25× slower");
        assert_eq!(speed_words(1.0), "real time");
        assert_eq!(speed_words(10.0), "10× faster");
    }

    #[test]
    fn a_speed_out_of_range_is_brought_into_it() {
        assert_eq!(clamp_speed(0.0), SPEED_MIN);
        assert_eq!(clamp_speed(1e9), SPEED_MAX);
        assert_eq!(clamp_speed(f64::NAN), 1.0);
    }

    /// Paused at that moment, without an adaptive pace.
    fn steady(at_us: Micros, speed: f64) -> Playback {
        let mut playback = Playback::paused_at(at_us, speed);
        playback.set_adaptive(0.0, at_us, false);
        playback
    }

    #[test]
    fn time_passes_only_while_playing_and_at_the_speed() {
        let mut playback = steady(5_000, 0.05);
        assert_eq!(playback.target_us(9_999.0), 5_000);
        assert_eq!(playback.real_ms_until(9_999.0, 6_000), None);
        playback.play(1_000.0, 5_000);
        assert_eq!(playback.target_us(1_100.0), 10_000);
        assert_eq!(playback.real_ms_until(1_000.0, 10_000), Some(100.0));
        playback.pause(1_100.0, 10_000);
        assert_eq!(playback.target_us(2_000.0), 10_000);
    }

    #[test]
    fn a_page_that_slept_does_not_catch_up() {
        let mut playback = steady(0, 1.0);
        playback.play(0.0, 0);
        assert_eq!(playback.target_us(60_000.0), 250_000);
    }

    #[test]
    fn a_new_speed_counts_from_now_on() {
        let mut playback = steady(0, 1.0);
        playback.play(0.0, 0);
        let now_us = playback.target_us(100.0);
        playback.set_speed(100.0, now_us, 0.1);
        assert_eq!(playback.target_us(200.0), 110_000);
    }

    #[test]
    fn an_adaptive_pace_changes_the_speed_now_and_not_the_chosen_one() {
        let session = Session::open("latency 15ms..25ms\nelection-timeout never\n");
        let mut session = session.expect("a script");
        let mut playback = Playback::paused_at(0, 0.04);
        playback.adapt(session.world());
        assert!(playback.pace() > playback.speed());
        session.exec("timeout s1").expect("a timer");
        playback.adapt(session.world());
        assert!(playback.pace() < playback.speed());
        assert_eq!(playback.speed(), 0.04);
        playback.set_adaptive(0.0, 0, false);
        playback.adapt(session.world());
        assert_eq!(playback.pace(), 0.04);
    }
}
