//! Simulated time: integer microseconds since the start of the run.

use std::fmt;

/// A moment or a length of simulated time, in microseconds.
pub type Micros = u64;

/// One millisecond.
pub const MS: Micros = 1_000;
/// One second.
pub const SECOND: Micros = 1_000_000;

/// A range of durations in microseconds, both ends included; `from <= to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The shortest, in microseconds.
    pub from_us: Micros,
    /// The longest, in microseconds.
    pub to_us: Micros,
}

impl Span {
    /// A range; the ends are put in order.
    pub fn new(a_us: Micros, b_us: Micros) -> Span {
        Span { from_us: a_us.min(b_us), to_us: a_us.max(b_us) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", Duration(self.from_us), Duration(self.to_us))
    }
}

/// A duration as the language writes it: `150us`, `50ms`, `1.5s`; exact, and read back alike.
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
}
