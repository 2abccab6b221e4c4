//! The axis of time.

use crate::sim::{Micros, Span};

use super::colors::{DIM, LINE};
use super::svg::Svg;

/// From simulated time to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    pub span: Span,
    pub left: f64,
    pub right: f64,
}

impl TimeScale {
    pub fn x(&self, time_us: Micros) -> f64 {
        let length_us = (self.span.to_us - self.span.from_us).max(1) as f64;
        let past_us = time_us as f64 - self.span.from_us as f64;
        self.left + (self.right - self.left) * past_us / length_us
    }

    /// Round moments, at least 90 pixels apart.
    fn ticks(&self) -> (Micros, Vec<Micros>) {
        let length_us = self.span.to_us - self.span.from_us;
        let most = ((self.right - self.left) / 90.0).max(1.0) as u64;
        let mut step_us = 1;
        for factor in [2, 5, 10].into_iter().cycle() {
            if length_us / step_us <= most {
                break;
            }
            // 1, 2, 5, 10, 20...
            step_us = match factor {
                5 => step_us / 2 * 5,
                _ => step_us * 2,
            };
        }
        let first = self.span.from_us.div_ceil(step_us);
        let last = self.span.to_us / step_us;
        (step_us, (first..=last).map(|nth| nth * step_us).collect())
    }

    /// Numbers above the lanes, and thin lines through them.
    pub fn write(&self, svg: &mut Svg, (top, bottom): (f64, f64)) {
        let (step_us, ticks) = self.ticks();
        for time_us in ticks {
            let x = self.x(time_us);
            svg.line((x, top + 4.0), (x, bottom), LINE, 1.0, "1 4");
            let attributes = format!("fill=\"{DIM}\" text-anchor=\"middle\"");
            svg.text((x, top - 2.0), 12.0, &attributes, &seconds(time_us, step_us));
        }
    }
}

/// A moment, with as many digits as the step needs.
fn seconds(time_us: Micros, step_us: Micros) -> String {
    let digits = (0..=6).find(|digits| step_us.is_multiple_of(10u64.pow(6 - digits))).unwrap_or(6);
    format!("{:.*} s", digits as usize, time_us as f64 / 1e6)
}
