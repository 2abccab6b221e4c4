//! Plots of points over names: a column per series, a row per figure.

use super::plot::{Plot, PlotLine, PlotSize, PlotSource};
use super::value_axis::{number, round_step};

/// The width of a letter of a name, in pixels.
const LETTER: f64 = 6.7;

/// A row of points: a value in each column.
#[derive(Clone)]
pub(super) struct PointRow {
    pub label: &'static str,
    pub source: PlotSource,
    pub values: Vec<Option<f64>>,
}

impl PointRow {
    pub fn measured(label: &'static str, values: Vec<Option<f64>>) -> PointRow {
        PointRow { label, source: PlotSource::Measured, values }
    }
}

/// Points over names: a column per series.
pub(super) struct PointColumns {
    pub names: Vec<String>,
    pub rows: Vec<PointRow>,
    pub x_label: &'static str,
    pub y_label: &'static str,
    /// The values are shares, written in percent.
    pub is_share: bool,
}

impl PointColumns {
    pub fn plot(self, size: PlotSize) -> Plot {
        let PointColumns { names, rows, x_label, y_label, is_share } = self;
        let (left, _, right, _) = size.area(false);
        let width = (right - left) / names.len().max(1) as f64;
        let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
        let turns_names = longest as f64 * LETTER > width;
        let area = size.area(turns_names);
        let (_, top, _, bottom) = area;
        let x = |place: usize| left + width * (place as f64 + 0.5);
        let values = rows.iter().flat_map(|row| row.values.iter().flatten());
        let highest = values.fold(0.0f64, |highest, value| highest.max(*value)).max(1e-3);
        let step = round_step(highest * 1.02 / 6.0);
        let most = (highest / step).ceil() * step;
        let y = |value: f64| bottom - value / most * (bottom - top);
        let of_row = |(color, row): (usize, PointRow)| {
            let known = row.values.into_iter().enumerate();
            let points = known.filter_map(|(place, value)| Some((x(place), y(value?))));
            let (label, points) = (row.label.to_owned(), points.collect());
            PlotLine { label, letter: None, source: row.source, color, joined: false, points }
        };
        let tick = |nth: u32| {
            let value = f64::from(nth) * step;
            let text =
                if is_share { format!("{} %", number(value * 100.0)) } else { number(value) };
            (y(value), text)
        };
        Plot {
            size: size.pixels(),
            area,
            x_label: x_label.to_owned(),
            y_label: y_label.to_owned(),
            turns_names,
            x_ticks: names.into_iter().enumerate().map(|(at, name)| (x(at), name)).collect(),
            y_ticks: (0..=(most / step).round() as u32).map(tick).collect(),
            lines: rows.into_iter().enumerate().map(of_row).collect(),
        }
    }
}
