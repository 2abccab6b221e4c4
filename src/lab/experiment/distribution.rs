//! Distributions: of what an experiment measured, and of what was published.

/// Which quantiles a distribution is summed up by, with their names. The first is the minimum, the
/// last the maximum.
pub const QUANTILES: [(&str, f64); 8] = [
    ("min", 0.0),
    ("p10", 0.1),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p90", 0.9),
    ("p99", 0.99),
    ("max", 1.0),
];

/// What was measured, from the smallest value to the largest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution(Vec<f64>);

impl Distribution {
    /// Of finite values in any order.
    pub fn new(mut values: Vec<f64>) -> Distribution {
        values.sort_by(f64::total_cmp);
        Distribution(values)
    }

    pub fn values(&self) -> &[f64] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The smallest value that at least this share of all values does not exceed.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let rank = (share * self.0.len() as f64).ceil() as usize;
        self.0.get(rank.saturating_sub(1)).copied()
    }

    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    pub fn mean(&self) -> Option<f64> {
        (!self.0.is_empty()).then(|| self.0.iter().sum::<f64>() / self.0.len() as f64)
    }
}

/// What was read off a published curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedCurve {
    /// In milliseconds, at [`QUANTILES`].
    pub quantiles: [f64; 8],
    pub mean: f64,
}

impl PublishedCurve {
    pub fn median(&self) -> f64 {
        self.quantiles[3]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_of_the_distribution() {
        let distribution = Distribution::new(vec![4.0, 1.0, 3.0, 2.0]);
        assert_eq!(distribution.quantile(0.0), Some(1.0));
        assert_eq!(distribution.median(), Some(2.0));
        assert_eq!(distribution.quantile(0.75), Some(3.0));
        assert_eq!(distribution.quantile(1.0), Some(4.0));
        assert_eq!(distribution.mean(), Some(2.5));
        assert_eq!(Distribution::default().median(), None);
        assert_eq!(Distribution::default().mean(), None);
    }
}
