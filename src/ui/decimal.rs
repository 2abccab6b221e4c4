//! Decimal fractions as text. The standard library writes every float to its last digit, with
//! tables that are large to download; the page needs a few digits.

/// The number with so many digits after the point, at most 9.
pub fn fixed(value: f64, digits: u32) -> String {
    let unit = 10u64.pow(digits.min(9));
    let scaled = (value.abs() * unit as f64).round_ties_even() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, part) = (scaled / unit, scaled % unit);
    if digits == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = digits as usize)
}

/// The number with at most so many digits after the point, and no more than it needs.
pub fn plain(value: f64, digits: u32) -> String {
    let text = fixed(value, digits);
    match digits {
        0 => text,
        _ => text.trim_end_matches('0').trim_end_matches('.').to_string(),
    }
}

/// A length or a place of a drawing, in pixels: a tenth is as fine as anybody sees.
pub fn px(value: f64) -> String {
    fixed(value, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for value in [0.0, 0.06, 0.1, 1.0, 12.34, 99.96, -0.26, -4.0, -123.449, 60_000.0] {
            assert_eq!(fixed(value, 1), format!("{value:.1}"));
            assert_eq!(fixed(value, 3), format!("{value:.3}"));
        }
        for value in [0.0, 0.5, 1.25, 150.0, 0.0001, 12.3456, -7.5, 9_007_199_254_740.0] {
            assert_eq!(plain(value, 4), value.to_string());
        }
        assert_eq!(plain(9_007_199_254_740_991.0, 0), "9007199254740991");
    }
}
