//! Ranges of election timeouts, as people write them.

use crate::script::{Statement, parse_statement};
use crate::sim::{Setting, Span};

/// Reads a range such as `150ms..155ms`.
///
/// # Errors
/// What is wrong, with a range that would be right.
pub fn timeout_range(text: &str) -> Result<Span, String> {
    let text = text.trim();
    let bounds = text.split("..").map(str::trim);
    let has_no_unit = |bound: &str| bound.parse::<f64>().is_ok();
    if bounds.clone().any(has_no_unit) {
        let with_unit = |bound: &str| {
            if has_no_unit(bound) { format!("{bound}ms") } else { bound.to_owned() }
        };
        let meant = bounds.map(with_unit).collect::<Vec<_>>().join("..");
        return Err(format!("`{text}` lacks a unit; did you mean `{meant}`?"));
    }
    let example = "write a range of times such as `150ms..155ms`";
    match parse_statement(&format!("election-timeout {text}"), 1, 0) {
        Ok(Some(Statement::Set(Setting::ElectionTimeout(Some(span))))) => Ok(span),
        Ok(_) => Err(format!("`{text}` is no range; {example}")),
        Err(error) if error.suggestion.is_some() => Err(error.message()),
        Err(error) => Err(format!("{}; {example}", error.message())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::MS;

    #[test]
    fn a_range_is_read() {
        assert_eq!(timeout_range("150ms..155ms"), Ok(Span::new(150 * MS, 155 * MS)));
        assert_eq!(timeout_range(" 150ms "), Ok(Span::new(150 * MS, 150 * MS)));
    }

    #[test]
    fn a_wrong_range_is_refused_with_a_remedy() {
        let refusal = |text| timeout_range(text).expect_err("it is wrong");
        assert_eq!(refusal("150..155"), "`150..155` lacks a unit; did you mean `150ms..155ms`?");
        assert_eq!(
            refusal("150..155ms"),
            "`150..155ms` lacks a unit; did you mean `150ms..155ms`?"
        );
        assert!(refusal("155ms..150ms").ends_with("did you mean `150ms..155ms`?"));
        for wrong in ["never", "", "mood", "0ms..0ms", "150ms..", "1ms..2ms..3ms"] {
            let refusal = refusal(wrong);
            assert!(refusal.contains("such as `150ms..155ms`"), "{wrong}: {refusal}");
        }
    }
}
