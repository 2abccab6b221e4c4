//! The slider of time: how far it goes and where it stands; and moments as people type them.

use crate::script::{Statement, parse_statement};
use crate::sim::Micros;

use super::text;

/// The slider of time, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slider {
    /// How far an arrow key goes: finer than anybody sees, and some ten seconds of holding it from end to end.
    pub step_ms: u64,
    /// Its right end: the furthest moment that was seen, or as little after it as the step asks for.
    pub max_ms: u64,
    /// Where it stands.
    pub value_ms: u64,
}

impl Slider {
    /// The slider at that moment of a run that was seen as far as that.
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

/// The moment that somebody typed: `1.5s`, `350ms`, or as the clock writes it.
///
/// # Errors
/// What a moment looks like.
pub fn moment_typed(typed: &str) -> Result<Micros, String> {
    let typed: String = typed.split_whitespace().collect();
    match parse_statement(&format!("run {typed}"), 0, 0) {
        Ok(Some(Statement::Run(time_us))) => Ok(time_us),
        _ => Err(text::MOMENT_EXPECTED.to_string()),
    }
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

    #[test]
    fn moments_are_typed_with_their_unit() {
        assert_eq!(moment_typed("1.5s"), Ok(1_500_000));
        assert_eq!(moment_typed(" 350ms "), Ok(350_000));
        assert_eq!(moment_typed("0.289 s"), Ok(289_000));
        for wrong in ["", "5", "soon", "-1s", "1s crash s1", "1s\ncrash s1"] {
            assert_eq!(moment_typed(wrong), Err(text::MOMENT_EXPECTED.to_string()), "{wrong}");
        }
    }
}
