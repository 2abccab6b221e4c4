//! The results of an experiment as a plot: its geometry, which the page draws too.
//!
//! Times are drawn as cumulative distributions over a logarithmic axis, with the published curve
//! beside ours. Split votes and availability are drawn as points, one column per series.
//!
//! A print without colours must be readable too: each curve has a letter, and each row of points a
//! shape.

use super::Design;
use super::distribution::{Distribution, PublishedCurve, QUANTILES};
use super::figure_16::published;
use super::results::{ExperimentResults, SeriesResults};
use super::wide_area::PUBLISHED_ELECTIONS;

/// The drawing in pixels, and the margins of its axes.
pub const SIZE: (f64, f64) = (720.0, 440.0);
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 52.0;
/// The margin below names that are turned.
const BOTTOM_TURNED: f64 = 84.0;
/// The width of a letter of a name.
const LETTER: f64 = 6.7;
/// How many points a curve has at most.
const POINTS_MAX: usize = 240;

/// What a mark of a plot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotSource {
    /// Our own trials.
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
    /// In pixels.
    pub points: Vec<(f64, f64)>,
}

/// The geometry of a plot, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
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

/// The area above a bottom margin.
const fn area(bottom: f64) -> (f64, f64, f64, f64) {
    (LEFT, TOP, SIZE.0 - RIGHT, SIZE.1 - bottom)
}

/// The plot of what has been measured so far.
pub fn plot(results: &ExperimentResults) -> Plot {
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
            distributions(results, curves.collect(), "time without a leader (ms)")
        }
        Design::WideArea => {
            let means = PUBLISHED_ELECTIONS.iter().map(|known| {
                let points = vec![known.marked_mean];
                Some(PublishedPoints { label: "published mean", points })
            });
            distributions(results, means.collect(), "time until a leader (ms)")
        }
        Design::Custom { quantities, .. } => {
            let label =
                quantities.first().map_or(String::new(), |quantity| match quantity.unit() {
                    "" => quantity.name().to_owned(),
                    unit => format!("{} ({unit})", quantity.name()),
                });
            distributions(results, Vec::new(), &label)
        }
        Design::SplitVotes(cases) => {
            let measured = shares(&results.series, 0);
            let expected = cases.iter().map(|case| Some(case.closed_form())).collect();
            let rows = vec![
                ("measured".to_owned(), PlotSource::Measured, measured),
                ("closed form".to_owned(), PlotSource::Published, expected),
            ];
            let name = |case: &super::SplitVoteCase| {
                format!("{}/{} {}", case.servers - case.down, case.servers, case.latency())
            };
            let names = cases.iter().map(name).collect();
            points(names, rows, "servers up / all, latency", "split votes")
        }
        Design::Availability(_) => {
            let rows = vec![
                ("availability".to_owned(), PlotSource::Measured, shares(&results.series, 0)),
                ("without a leader".to_owned(), PlotSource::Measured, shares(&results.series, 3)),
            ];
            let name = |series: &SeriesResults| {
                series.name.split_once(' ').map_or(&*series.name, |(_, value)| value).to_owned()
            };
            let names = results.series.iter().map(name).collect();
            let verb = results.series.first().and_then(|series| series.name.split(' ').next());
            points(names, rows, verb.unwrap_or_default(), "share of commands, of time")
        }
    }
}

fn shares(series: &[SeriesResults], column: usize) -> Vec<Option<f64>> {
    series.iter().map(|series| series.distributions[column].mean()).collect()
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
) -> Plot {
    let area = area(BOTTOM);
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

/// From values to pixels: logarithmic, unless there is a value of 0 or the values are close.
struct ValueAxis {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    /// In pixels.
    left: f64,
    right: f64,
}

impl ValueAxis {
    fn new(low: f64, high: f64, area: (f64, f64, f64, f64)) -> ValueAxis {
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

    fn x(&self, value: f64) -> f64 {
        let share = if self.is_logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        let decades = (self.high / self.low.max(1e-9)).log10();
        let digits: &[f64] = if decades > 2.5 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let mut ticks = Vec::new();
        if self.is_logarithmic {
            for power in -3..10 {
                let values = digits.iter().map(|digit| digit * 10f64.powi(power));
                ticks.extend(values.filter(|value| (self.low..=self.high).contains(value)));
            }
        } else {
            let step = round_step((self.high - self.low) / 6.0);
            let first = (self.low / step).ceil() as i64;
            let last = (self.high / step).floor() as i64;
            ticks.extend((first..=last).map(|nth| nth as f64 * step));
        }
        ticks.into_iter().map(|value| (self.x(value), number(value))).collect()
    }
}

/// 1, 2 or 5 times a power of ten, at least as large.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-6).log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least);
    factor.unwrap_or(10.0) * power
}

/// With as many digits as it needs, and its thousands apart.
fn number(value: f64) -> String {
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

/// A row of points: its label, its source and the share in each column.
type PointRow = (String, PlotSource, Vec<Option<f64>>);

/// Points over names: a column per series.
fn points(names: Vec<String>, rows: Vec<PointRow>, x_label: &str, y_label: &str) -> Plot {
    let width = (SIZE.0 - RIGHT - LEFT) / names.len().max(1) as f64;
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let turns_names = longest as f64 * LETTER > width;
    let area = area(if turns_names { BOTTOM_TURNED } else { BOTTOM });
    let (left, top, _, bottom) = area;
    let x = |place: usize| left + width * (place as f64 + 0.5);
    let values = rows.iter().flat_map(|(_, _, values)| values.iter().flatten());
    let highest = values.fold(0.0f64, |highest, value| highest.max(*value)).max(1e-3);
    let step = round_step(highest * 1.02 / 6.0);
    let most = (highest / step).ceil() * step;
    let y = |share: f64| bottom - share / most * (bottom - top);
    let of_row = |(color, (label, source, values)): (usize, PointRow)| {
        let known = values.into_iter().enumerate();
        let points = known.filter_map(|(place, value)| Some((x(place), y(value?))));
        PlotLine { label, letter: None, source, color, joined: false, points: points.collect() }
    };
    let count = (most / step).round() as u32;
    let tick = |nth: u32| {
        let share = f64::from(nth) * step;
        (y(share), format!("{} %", number(share * 100.0)))
    };
    Plot {
        area,
        x_label: x_label.to_owned(),
        y_label: y_label.to_owned(),
        turns_names,
        x_ticks: names.into_iter().enumerate().map(|(place, name)| (x(place), name)).collect(),
        y_ticks: (0..=count).map(tick).collect(),
        lines: rows.into_iter().enumerate().map(of_row).collect(),
    }
}
