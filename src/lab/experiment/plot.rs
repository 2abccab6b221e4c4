//! The results of an experiment as a plot: its geometry, which the page draws too.
//!
//! Times are drawn as cumulative distributions over a logarithmic axis, with the published curve
//! beside ours. Split votes and availability are drawn as points, one column per series.
//!
//! A print without colours must be readable too: each curve has a letter, and each row of points a
//! shape.

use super::distribution::{Distribution, PublishedCurve, QUANTILES};
use super::figure_16::published;
use super::point_columns::{PointColumns, PointRow};
use super::results::{ExperimentResults, SeriesResults};
use super::value_axis::ValueAxis;
use super::wide_area::PUBLISHED_ELECTIONS;
use super::{Design, SplitVoteCase};

/// How large a plot is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotSize {
    /// For large screens, and for files.
    Wide,
    /// For phones: the same letters beside a smaller area.
    Narrow,
}

impl PlotSize {
    /// Width and height in pixels.
    pub fn pixels(self) -> (f64, f64) {
        match self {
            PlotSize::Wide => (720.0, 440.0),
            PlotSize::Narrow => (360.0, 340.0),
        }
    }

    /// The corners of the area between the axes: left, top, right, bottom.
    pub(super) fn area(self, turns_names: bool) -> (f64, f64, f64, f64) {
        let (width, height) = self.pixels();
        (LEFT, TOP, width - RIGHT, height - if turns_names { BOTTOM_TURNED } else { BOTTOM })
    }
}

/// The margins of the axes in pixels.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 52.0;
/// The margin below names that are turned.
const BOTTOM_TURNED: f64 = 84.0;
/// How many points a curve has at most.
const POINTS_MAX: usize = 240;

/// What a mark of a plot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotSource {
    /// What our own trials measured.
    Measured,
    /// A figure of the paper or of the dissertation, or a closed form.
    Published,
}

/// A curve or a row of points.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLine {
    pub label: String,
    /// The letter of a curve and where it stands, if there are several curves.
    pub letter: Option<(char, (f64, f64))>,
    pub source: PlotSource,
    /// Which colour it has. A published line has that of ours which it is compared with.
    pub color: usize,
    /// Whether the points are joined.
    pub joined: bool,
    /// Pixels from the left and from the top.
    pub points: Vec<(f64, f64)>,
}

/// The geometry of a plot, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Width and height in pixels.
    pub size: (f64, f64),
    /// The corners of the area between the axes: left, top, right, bottom.
    pub area: (f64, f64, f64, f64),
    pub x_label: String,
    pub y_label: String,
    pub x_ticks: Vec<(f64, String)>,
    /// The ticks are names too long to stand side by side.
    pub turns_names: bool,
    pub y_ticks: Vec<(f64, String)>,
    pub lines: Vec<PlotLine>,
}

/// The plots of what has been measured so far.
pub fn plots(results: &ExperimentResults, size: PlotSize) -> Vec<Plot> {
    let series = &results.series;
    match &results.experiment.design {
        Design::Elections(timeouts) => {
            let points = |curve: PublishedCurve| {
                let shares = QUANTILES.into_iter().map(|(_, share)| share);
                curve.quantiles.into_iter().zip(shares).collect()
            };
            let curves = timeouts.iter().map(|timeout| {
                let curve = published(*timeout)?.curve;
                Some(PublishedPoints { label: "published", points: points(curve) })
            });
            vec![distributions(results, curves.collect(), "time without a leader (ms)", size)]
        }
        Design::WideArea => {
            let means = PUBLISHED_ELECTIONS.iter().map(|known| {
                let points = vec![known.marked_mean];
                Some(PublishedPoints { label: "published mean", points })
            });
            vec![distributions(results, means.collect(), "time until a leader (ms)", size)]
        }
        Design::Custom { quantities, .. } => {
            let label =
                quantities.first().map_or(String::new(), |quantity| match quantity.unit() {
                    "" => quantity.name().to_owned(),
                    unit => format!("{} ({unit})", quantity.name()),
                });
            vec![distributions(results, Vec::new(), &label, size)]
        }
        Design::SplitVotes(cases) => vec![split_votes(series, cases).plot(size)],
        Design::Availability(against) => {
            availability(series, against.name()).map(|columns| columns.plot(size)).into()
        }
    }
}

fn split_votes(series: &[SeriesResults], cases: &[SplitVoteCase]) -> PointColumns {
    let name = |case: &SplitVoteCase| {
        format!("{}/{} {}", case.servers - case.down, case.servers, case.latency())
    };
    let expected = PointRow {
        label: "closed form",
        source: PlotSource::Published,
        values: cases.iter().map(|case| Some(case.closed_form())).collect(),
    };
    PointColumns {
        names: cases.iter().map(name).collect(),
        rows: vec![PointRow::measured("measured", values(series, 0, Distribution::mean)), expected],
        x_label: "servers up / all, latency",
        y_label: "split votes",
        is_share: true,
    }
}

/// The shares, and the commit latency.
fn availability(series: &[SeriesResults], x_label: &'static str) -> [PointColumns; 2] {
    let name = |series: &SeriesResults| {
        series.name.split_once(' ').map_or(&*series.name, |(_, value)| value).to_owned()
    };
    let names: Vec<String> = series.iter().map(name).collect();
    let shares = vec![
        PointRow::measured("availability", values(series, 0, Distribution::mean)),
        PointRow::measured("without a leader", values(series, 3, Distribution::mean)),
    ];
    let p99 = |commits: &Distribution| commits.quantile(0.99);
    let commits = vec![
        PointRow::measured("median", values(series, 1, Distribution::median)),
        PointRow::measured("99 % take no longer", values(series, 1, p99)),
    ];
    [
        PointColumns {
            names: names.clone(),
            rows: shares,
            x_label,
            y_label: "share of commands, of time",
            is_share: true,
        },
        PointColumns {
            names,
            rows: commits,
            x_label,
            y_label: "commit latency (ms)",
            is_share: false,
        },
    ]
}

/// A value of that column of each series.
fn values(
    series: &[SeriesResults],
    column: usize,
    value: fn(&Distribution) -> Option<f64>,
) -> Vec<Option<f64>> {
    series.iter().map(|series| value(&series.distributions[column])).collect()
}

/// What was published of a series, with its name.
struct PublishedPoints {
    label: &'static str,
    /// Values with the share of trials that they are not below.
    points: Vec<(f64, f64)>,
}

/// Cumulative distributions of the first column. `published` may end early.
fn distributions(
    results: &ExperimentResults,
    published: Vec<Option<PublishedPoints>>,
    x_label: &str,
    size: PlotSize,
) -> Plot {
    let area = size.area(false);
    let ours = || results.series.iter().filter_map(|series| series.distributions.first());
    let values = ours().flat_map(|known| [known.quantile(0.0), known.quantile(1.0)]).flatten();
    let theirs = published.iter().flatten().flat_map(|known| &known.points).map(|point| point.0);
    let (mut low, mut high) = (f64::INFINITY, 0.0f64);
    for value in values.chain(theirs) {
        (low, high) = (low.min(value), high.max(value));
    }
    let axis = ValueAxis::new(low, high, area);
    let y = |share: f64| area.3 - share * (area.3 - area.1);
    let has_letters = ours().filter(|known| !known.is_empty()).count() > 1;
    let mut published = published.into_iter();
    let mut lines = Vec::new();
    for (color, series) in results.series.iter().enumerate() {
        let published = published.next().flatten();
        let Some(distribution) = series.distributions.first() else { continue };
        if !distribution.is_empty() {
            let points = curve(distribution, &axis, y);
            let letter = has_letters.then(|| letter(color, &points, y)).flatten();
            let (label, source) = (series.name.clone(), PlotSource::Measured);
            lines.push(PlotLine { label, letter, source, color, joined: true, points });
        }
        let Some(PublishedPoints { label, points }) = published else { continue };
        lines.push(PlotLine {
            label: format!("{}, {label}", series.name),
            letter: None,
            source: PlotSource::Published,
            color,
            joined: points.len() > 1,
            points: points.into_iter().map(|(value, share)| (axis.x(value), y(share))).collect(),
        });
    }
    let percent = |tenth: u32| (y(f64::from(tenth) / 10.0), format!("{} %", tenth * 10));
    Plot {
        size: size.pixels(),
        area,
        x_label: x_label.to_owned(),
        y_label: "share of trials".to_owned(),
        x_ticks: axis.ticks(),
        turns_names: false,
        y_ticks: (0..=10).step_by(2).map(percent).collect(),
        lines,
    }
}

/// The letter of a curve stands on it. Neighbours have theirs at different heights.
fn letter(
    place: usize,
    points: &[(f64, f64)],
    y: impl Fn(f64) -> f64,
) -> Option<(char, (f64, f64))> {
    let name = char::from_u32(u32::from('A') + place as u32).filter(char::is_ascii_uppercase)?;
    let height = y([0.5, 0.28, 0.72, 0.39, 0.61][place % 5]);
    let distance = |point: &&(f64, f64)| (point.1 - height).abs();
    let at = points.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    Some((name, *at))
}

fn curve(distribution: &Distribution, axis: &ValueAxis, y: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let values = distribution.values();
    let step = values.len().div_ceil(POINTS_MAX).max(1);
    let last = values.len() - 1;
    let chosen = (0..last).step_by(step).chain([last]);
    let share = |at: usize| (at + 1) as f64 / values.len() as f64;
    let begin = [(axis.x(values[0]), y(0.0))];
    begin.into_iter().chain(chosen.map(|at| (axis.x(values[at]), y(share(at))))).collect()
}
