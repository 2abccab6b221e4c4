//! What the page and its workers post to each other, as texts.

use std::fmt::{self, Write};
use std::str::FromStr;

use crate::lab::experiment::{Batch, BatchResult};

use super::form::ExperimentForm;

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum LabRequest {
    /// All batches that follow are of this experiment.
    Experiment(Box<ExperimentForm>),
    Batch(Batch),
}

/// What a worker has measured.
#[derive(Clone, Debug, PartialEq)]
pub struct LabReport(pub BatchResult);

impl fmt::Display for LabRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LabRequest::Experiment(form) => write!(f, "experiment\n{}", form.to_text()),
            LabRequest::Batch(Batch { series, first, count }) => {
                write!(f, "batch {series} {first} {count}")
            }
        }
    }
}

impl LabRequest {
    /// The inverse of `to_string`.
    pub fn parse(text: &str) -> Option<LabRequest> {
        if let Some(form) = text.strip_prefix("experiment\n") {
            return Some(LabRequest::Experiment(Box::new(ExperimentForm::parse(form)?)));
        }
        let mut words = text.strip_prefix("batch ")?.split(' ');
        Some(LabRequest::Batch(batch(&mut words)?))
    }
}

fn batch<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Batch> {
    Some(Batch { series: number(words)?, first: number(words)?, count: number(words)? })
}

fn number<'a, T: FromStr>(words: &mut impl Iterator<Item = &'a str>) -> Option<T> {
    words.next()?.parse().ok()
}

impl fmt::Display for LabReport {
    /// The batch, why the first trial failed, and a line of values for each column.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BatchResult { batch: Batch { series, first, count }, values, failed, failure } =
            &self.0;
        write!(f, "measured {series} {first} {count} {failed}")?;
        write!(f, "\n{}", failure.as_deref().unwrap_or_default().replace('\n', " "))?;
        for column in values {
            f.write_char('\n')?;
            for (place, value) in column.iter().enumerate() {
                write!(f, "{}{value}", if place > 0 { " " } else { "" })?;
            }
        }
        Ok(())
    }
}

impl LabReport {
    /// The inverse of `to_string`.
    pub fn parse(text: &str) -> Option<LabReport> {
        let mut lines = text.split('\n');
        let mut words = lines.next()?.strip_prefix("measured ")?.split(' ');
        let (batch, failed) = (batch(&mut words)?, number(&mut words)?);
        let failure = Some(lines.next()?.to_owned()).filter(|failure| !failure.is_empty());
        let column = |line: &str| {
            let words = line.split(' ').filter(|word| !word.is_empty());
            words.map(|word| word.parse().ok()).collect::<Option<Vec<f64>>>()
        };
        let values = lines.map(column).collect::<Option<Vec<_>>>()?;
        Some(LabReport(BatchResult { batch, values, failed, failure }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_read_back() {
        let batch = Batch { series: 3, first: 40, count: 20 };
        for request in [LabRequest::Experiment(Box::default()), LabRequest::Batch(batch)] {
            assert_eq!(LabRequest::parse(&request.to_string()), Some(request));
        }
        let failure = Some("line 3: expected a leader".to_owned());
        let values = vec![vec![0.1 + 0.2, 5.0], vec![]];
        for result in [
            BatchResult { batch, values, failed: 2, failure },
            BatchResult { batch, ..BatchResult::default() },
        ] {
            let report = LabReport(result);
            assert_eq!(LabReport::parse(&report.to_string()), Some(report));
        }
        for wrong in ["", "batch 1 2", "measured 1 2 3 4", "measured 1 2 3 4\n\nx"] {
            assert_eq!(LabRequest::parse(wrong), None, "{wrong}");
            assert_eq!(LabReport::parse(wrong), None, "{wrong}");
        }
    }
}
