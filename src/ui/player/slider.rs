//! The scale and value of the time slider, and the marks over its track.

use crate::sim::Micros;

/// The slider of time, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slider {
    /// How far an arrow key goes: holding it takes some ten seconds from end to end.
    pub step_ms: u64,
    /// The furthest moment that was seen, rounded up to a step.
    pub max_ms: u64,
    pub value_ms: u64,
}

impl Slider {
    /// The slider at `now_us` of a run that was seen up to `end_us`.
    pub fn at(now_us: Micros, end_us: Micros) -> Slider {
        let step_ms = match end_us / 1_000_000 {
            0..10 => 1,
            10..100 => 10,
            _ => 100,
        };
        let max_ms = end_us.div_ceil(step_ms * 1000) * step_ms;
        let value_ms = if now_us >= end_us { max_ms } else { now_us / 1000 };
        Slider { step_ms, max_ms, value_ms }
    }
}

/// Marks at these moments, as a path over the slider's track, a unit a millisecond.
pub fn ticks(moments: impl Iterator<Item = Micros>) -> String {
    moments.map(|time_us| format!("M{} 0V1", time_us / 1000)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_ends_where_the_run_ends() {
        let slider = |step_ms, max_ms, value_ms| Slider { step_ms, max_ms, value_ms };
        assert_eq!(Slider::at(0, 0), slider(1, 0, 0));
        assert_eq!(Slider::at(289_400, 1_204_001), slider(1, 1205, 289));
        assert_eq!(Slider::at(1_204_001, 1_204_001), slider(1, 1205, 1205));
        assert_eq!(Slider::at(5_000_000, 12_341_000), slider(10, 12_350, 5000));
        assert_eq!(Slider::at(900_000_000, 900_000_000), slider(100, 900_000, 900_000));
    }

    #[test]
    fn ticks_stand_at_their_moments() {
        assert_eq!(ticks([1_500_000, 20_900].into_iter()), "M1500 0V1M20 0V1");
        assert_eq!(ticks([].into_iter()), "");
    }
}
