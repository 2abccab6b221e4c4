//! Simulated time: integer microseconds since the start of the run.

use std::fmt;

/// A moment or a duration.
pub type Micros = u64;

pub const MS: Micros = 1_000;
pub const SECOND: Micros = 1_000_000;

/// A range of durations, both ends included; `from_us <= to_us`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub from_us: Micros,
    pub to_us: Micros,
}

impl Span {
    /// In whatever order the ends are given.
    pub fn new(a_us: Micros, b_us: Micros) -> Span {
        Span { from_us: a_us.min(b_us), to_us: a_us.max(b_us) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", Duration(self.from_us), Duration(self.to_us))
    }
}

/// Displays a duration as the language writes it: `150us`, `50ms`, `1.5s`. Exact, so the parser
/// reads the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(pub Micros);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let us = self.0;
        let (unit_us, unit) = if us >= SECOND {
            (SECOND, "s")
        } else if us >= MS || us == 0 {
            (MS, "ms")
        } else {
            (1, "us")
        };
        let (whole, rest) = (us / unit_us, us % unit_us);
        if rest == 0 {
            return write!(f, "{whole}{unit}");
        }
        let digits = if unit_us == SECOND { 6 } else { 3 };
        let fraction = format!("{rest:0digits$}");
        write!(f, "{whole}.{}{unit}", fraction.trim_end_matches('0'))
    }
}

/// Displays how many times as fast a clock runs, from thousandths: `2`, `1.05`. It is exact, as
/// a [`Duration`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor(pub u32);

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_exactly_in_the_largest_fitting_unit() {
        let written = |us| Duration(us).to_string();
        assert_eq!(written(0), "0ms");
        assert_eq!(written(150), "150us");
        assert_eq!(written(50 * MS), "50ms");
        assert_eq!(written(1_500), "1.5ms");
        assert_eq!(written(1_234_567), "1.234567s");
        assert_eq!(written(90 * SECOND), "90s");
    }

    #[test]
    fn a_factor_is_written_without_empty_decimals() {
        assert_eq!(Factor(2_000).to_string(), "2");
        assert_eq!(Factor(1_050).to_string(), "1.05");
        assert_eq!(Factor(500).to_string(), "0.5");
    }
}
