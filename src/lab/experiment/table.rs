//! The results of an experiment as a table.

use std::fmt;

use super::distribution::{Distribution, QUANTILES};
use super::results::{ExperimentResults, SeriesResults};
use super::wide_area::{PUBLISHED_ELECTIONS, PublishedElections};
use super::{Design, Quantity, SplitVoteCase};

/// The value of one column in one row.
#[derive(Clone, Debug, PartialEq)]
pub enum TableCell {
    Text(String),
    Count(u64),
    Number(f64),
    /// Empty: no trial measured anything.
    Missing,
}

impl From<Option<f64>> for TableCell {
    fn from(number: Option<f64>) -> TableCell {
        number.map_or(TableCell::Missing, TableCell::Number)
    }
}

impl fmt::Display for TableCell {
    /// Numbers with at most five decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableCell::Text(text) => f.write_str(text),
            TableCell::Count(count) => write!(f, "{count}"),
            TableCell::Number(number) => {
                let text = format!("{number:.5}");
                f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
            }
            TableCell::Missing => Ok(()),
        }
    }
}

/// A row per series; of an experiment of one's own, a row per series and quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultTable {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<TableCell>>,
}

impl ResultTable {
    pub fn new(results: &ExperimentResults) -> ResultTable {
        let series = &results.series;
        match &results.experiment.design {
            Design::Elections(_) => {
                let rows = series.iter().map(|series| {
                    let distribution = &series.distributions[0];
                    let cells = [TableCell::Text(series.name.clone()), count(series.done)];
                    cells.into_iter().chain(summary(distribution)).collect()
                });
                ResultTable { columns: columns(&["timeout", "trials"], &[]), rows: rows.collect() }
            }
            Design::WideArea => ResultTable {
                columns: columns(
                    &["down", "trials"],
                    &["p99.9", "marked-mean", "stated-mean", "stated-p99.9"],
                ),
                rows: series.iter().enumerate().map(wide_area).collect(),
            },
            Design::SplitVotes(cases) => ResultTable {
                columns: vec![
                    "servers",
                    "down",
                    "latency",
                    "trials",
                    "split",
                    "closed-form",
                    "first-timeout",
                    "expected-first-timeout",
                ],
                rows: cases.iter().zip(series).map(|(case, series)| split(case, series)).collect(),
            },
            Design::Availability(_) => ResultTable {
                columns: vec![
                    "setting",
                    "trials",
                    "availability",
                    "commit-p50",
                    "commit-p99",
                    "commit-mean",
                    "answer-p50",
                    "answer-p99",
                    "answer-mean",
                    "leaderless",
                ],
                rows: series.iter().map(availability).collect(),
            },
            Design::Custom { quantities, .. } => custom(series, quantities),
        }
    }

    /// Comma-separated values, with a header.
    pub fn csv(&self) -> String {
        let mut text = self.columns.join(",");
        for row in &self.rows {
            text.push('\n');
            let cells: Vec<String> = row.iter().map(|cell| quoted(&cell.to_string())).collect();
            text.push_str(&cells.join(","));
        }
        text.push('\n');
        text
    }
}

/// With the quantiles and the mean between them.
fn columns(first: &[&'static str], last: &[&'static str]) -> Vec<&'static str> {
    let quantiles = QUANTILES.iter().map(|(name, _)| *name).chain(["mean"]);
    first.iter().copied().chain(quantiles).chain(last.iter().copied()).collect()
}

fn count(count: u32) -> TableCell {
    TableCell::Count(u64::from(count))
}

/// The quantiles and the mean.
fn summary(distribution: &Distribution) -> impl Iterator<Item = TableCell> + '_ {
    let quantiles = QUANTILES.iter().map(|(_, share)| distribution.quantile(*share));
    quantiles.chain([distribution.mean()]).map(TableCell::from)
}

/// With what the dissertation's figure marks, and what its text states.
fn wide_area((down, series): (usize, &SeriesResults)) -> Vec<TableCell> {
    let distribution = &series.distributions[0];
    let mut row = vec![count(down as u32), count(series.done)];
    row.extend(summary(distribution));
    let published = PUBLISHED_ELECTIONS.get(down);
    let of = |value: fn(&PublishedElections) -> Option<f64>| published.and_then(value).into();
    row.extend([
        distribution.quantile(0.999).into(),
        of(|known| Some(known.marked_mean.0)),
        of(|known| known.stated_mean),
        of(|known| known.stated_p999),
    ]);
    row
}

fn split(case: &SplitVoteCase, series: &SeriesResults) -> Vec<TableCell> {
    vec![
        count(case.servers as u32),
        count(case.down as u32),
        TableCell::Number(case.latency()),
        count(series.done),
        series.distributions[0].mean().into(),
        TableCell::Number(case.closed_form()),
        series.distributions[1].mean().into(),
        TableCell::Number(case.expected_first_timeout()),
    ]
}

fn availability(series: &SeriesResults) -> Vec<TableCell> {
    let [available, commits, answers, leaderless] =
        [0, 1, 2, 3].map(|at| &series.distributions[at]);
    vec![
        TableCell::Text(series.name.clone()),
        count(series.done),
        available.mean().into(),
        commits.median().into(),
        commits.quantile(0.99).into(),
        commits.mean().into(),
        answers.median().into(),
        answers.quantile(0.99).into(),
        answers.mean().into(),
        leaderless.mean().into(),
    ]
}

/// A row per series and quantity.
fn custom(series: &[SeriesResults], quantities: &[Quantity]) -> ResultTable {
    let mut rows = Vec::new();
    for series in series {
        for (quantity, distribution) in quantities.iter().zip(&series.distributions) {
            let mut row = vec![
                TableCell::Text(series.name.clone()),
                TableCell::Text(quantity.name().to_owned()),
                count(series.done),
                count(series.failed),
                TableCell::Count(distribution.len() as u64),
            ];
            row.extend(summary(distribution));
            rows.push(row);
        }
    }
    let first = ["setting", "quantity", "trials", "failed", "values"];
    ResultTable { columns: columns(&first, &[]), rows }
}

/// As RFC 4180 asks.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
