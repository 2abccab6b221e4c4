//! The axis of a plot: from values to pixels, with its ticks.

/// From values to pixels: logarithmic, unless there is a value of 0 or the values are close.
pub(super) struct ValueAxis {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    /// Its ends, in pixels from the left.
    left: f64,
    right: f64,
}

impl ValueAxis {
    pub fn new(low: f64, high: f64, area: (f64, f64, f64, f64)) -> ValueAxis {
        let low = if low.is_finite() { low } else { 0.0 };
        let is_logarithmic = low > 0.0 && high / low > 4.0;
        let (low, high) = if is_logarithmic {
            (low * 0.9, high * 1.1)
        } else {
            let margin = ((high - low) * 0.05).max(1e-3);
            ((low - margin).max(0.0), high + margin)
        };
        ValueAxis { low, high, is_logarithmic, left: area.0, right: area.2 }
    }

    pub fn x(&self, value: f64) -> f64 {
        let share = if self.is_logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// As many as there is room for.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let width = self.right - self.left;
        let mut ticks = Vec::new();
        if self.is_logarithmic {
            let digits: &[f64] = match width / (self.high / self.low).log10() {
                190.0.. => &[1.0, 2.0, 5.0],
                110.0.. => &[1.0, 3.0],
                _ => &[1.0],
            };
            for power in -3..10 {
                let values = digits.iter().map(|digit| digit * 10f64.powi(power));
                ticks.extend(values.filter(|value| (self.low..=self.high).contains(value)));
            }
        } else {
            let step = round_step((self.high - self.low) * 100.0 / width);
            let first = (self.low / step).ceil() as i64;
            let last = (self.high / step).floor() as i64;
            ticks.extend((first..=last).map(|nth| nth as f64 * step));
        }
        ticks.into_iter().map(|value| (self.x(value), number(value))).collect()
    }
}

/// 1, 2 or 5 times a power of ten, at least as large.
pub(super) fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-6).log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least);
    factor.unwrap_or(10.0) * power
}

/// With as many digits as it needs, and its thousands apart.
pub fn number(value: f64) -> String {
    if value < 1_000.0 {
        let text = format!("{value:.3}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
