//! A plot as an SVG picture, complete in itself.

use std::fmt::Write;

use crate::export::picture::{DIM, INK, LEADER, LINE, NO, PAPER, REQUEST, Svg, YES, text_width};

use super::plot::{Plot, PlotLine, PlotSize, PlotSource, plots};
use super::results::ExperimentResults;

/// The colours of the series. After the last, the dashes change: see [`plot_dashes`].
pub const PLOT_COLORS: [&str; 6] = [LEADER, NO, YES, REQUEST, "#b07800", DIM];

/// The dashes of a series: no two series have the same colour and the same dashes.
pub fn plot_dashes(color: usize) -> &'static str {
    match color / PLOT_COLORS.len() % 3 {
        0 => "",
        1 => "9 4",
        _ => "2 3",
    }
}

/// The radius of a point.
pub const POINT_RADIUS: f64 = 4.0;
const TEXT: f64 = 12.0;
const LEGEND_ROW: f64 = 18.0;
/// Commands longer than that do not fit into the picture.
const NOTE_MAX: usize = 80;

/// The results as a picture with its legend, and a note below it on how to repeat the experiment.
pub fn plot_svg(results: &ExperimentResults, title: &str) -> String {
    let mut svg = Svg::default();
    let head = format!("fill=\"{INK}\" font-weight=\"600\"");
    svg.text((20.0, TEXT + 6.0), 15.0, &head, title);
    let (width, _) = PlotSize::Wide.pixels();
    let mut top = 28.0;
    for plot in plots(results, PlotSize::Wide) {
        svg.begin_group(format_args!("transform=\"translate(0 {top:.0})\""));
        top += write_plot(&mut svg, &plot) + 14.0;
        svg.end_group();
    }
    svg.text((20.0, top + 6.0), 11.0, &format!("fill=\"{DIM}\""), &note(results));
    svg.finish((width, top + 20.0), title)
}

/// Writes a plot with its legend, and returns its height.
fn write_plot(svg: &mut Svg, plot: &Plot) -> f64 {
    let (left, top, right, bottom) = plot.area;
    for (y, text) in &plot.y_ticks {
        svg.line((left, *y), (right, *y), LINE, 1.0, "");
        let end = format!("fill=\"{DIM}\" text-anchor=\"end\"");
        svg.text((left - 6.0, y + 4.0), TEXT, &end, text);
    }
    let middle = format!("fill=\"{DIM}\" text-anchor=\"middle\"");
    for (x, text) in &plot.x_ticks {
        svg.line((*x, bottom), (*x, bottom + 5.0), DIM, 1.0, "");
        match name_turn(plot, *x) {
            Some(turn) => {
                let end = format!("fill=\"{DIM}\" text-anchor=\"end\" transform=\"{turn}\"");
                svg.text((*x, bottom + 14.0), TEXT, &end, text);
            }
            None => svg.text((*x, bottom + 19.0), TEXT, &middle, text),
        }
    }
    svg.line((left, bottom), (right, bottom), DIM, 1.0, "");
    let (_, height) = plot.size;
    svg.text(((left + right) / 2.0, height - 12.0), TEXT, &middle, &plot.x_label);
    let turned = format!("{middle} transform=\"rotate(-90 14 {0:.0})\"", (top + bottom) / 2.0);
    svg.text((14.0, (top + bottom) / 2.0), TEXT, &turned, &plot.y_label);
    plot.lines.iter().for_each(|line| write_line(svg, line));
    for (letter, at) in plot.lines.iter().filter_map(|line| line.letter) {
        write_letter(svg, letter, at);
    }
    height + write_legend(svg, plot, height + 4.0)
}

/// How many trials there were, and the command that repeats them or their seed.
fn note(results: &ExperimentResults) -> String {
    let trials = results.series.iter().map(|series| series.done);
    let (least, most) = (trials.clone().min().unwrap_or(0), trials.max().unwrap_or(0));
    let trials = if least == most { most.to_string() } else { format!("{least} to {most}") };
    let command = results.experiment.command();
    if command.len() > NOTE_MAX || command.contains('\n') {
        let seed = results.experiment.seed;
        return format!("Raftarium, {trials} trials of each series, seed {seed}");
    }
    format!("{trials} trials of each series: {command}")
}

/// How the name below a tick is turned, if there is no room for it.
pub fn name_turn(plot: &Plot, x: f64) -> Option<String> {
    plot.turns_names.then(|| format!("rotate(-50 {x:.1} {:.1})", plot.area.3 + 14.0))
}

fn write_line(svg: &mut Svg, line: &PlotLine) {
    let color = PLOT_COLORS[line.color % PLOT_COLORS.len()];
    if line.joined {
        let (width, dashes) =
            if is_published(line) { (1.0, "1 3") } else { (2.0, plot_dashes(line.color)) };
        let d = path(&line.points);
        svg.element(
            "path",
            format_args!(
                "d=\"{d}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" \
                 stroke-dasharray=\"{}\" stroke-linejoin=\"round\"",
                if dashes.is_empty() { "none" } else { dashes }
            ),
        );
    }
    if is_published(line) || !line.joined {
        line.points.iter().for_each(|point| write_point(svg, *point, line, color));
    }
}

fn is_published(line: &PlotLine) -> bool {
    line.source == PlotSource::Published
}

/// Published figures are rings. Our own are discs in the first row and squares in the next.
fn write_point(svg: &mut Svg, (x, y): (f64, f64), line: &PlotLine, color: &str) {
    if is_published(line) {
        let radius = POINT_RADIUS + 1.5;
        svg.element(
            "circle",
            format_args!(
                "cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"none\" stroke=\"{color}\" \
                 stroke-width=\"1.5\""
            ),
        );
    } else if line.color == 0 {
        svg.element(
            "circle",
            format_args!("cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{POINT_RADIUS}\" fill=\"{color}\""),
        );
    } else {
        svg.element("path", format_args!("d=\"{}\" fill=\"{color}\"", square((x, y))));
    }
}

/// A square around a point.
pub fn square((x, y): (f64, f64)) -> String {
    let side = 2.0 * POINT_RADIUS;
    format!("M{:.1} {:.1}h{side}v{side}h-{side}Z", x - POINT_RADIUS, y - POINT_RADIUS)
}

/// On a white edge, so that it is readable across lines.
fn write_letter(svg: &mut Svg, letter: char, (x, y): (f64, f64)) {
    let attributes = format!(
        "fill=\"{INK}\" font-weight=\"700\" text-anchor=\"middle\" stroke=\"{PAPER}\" \
         stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\""
    );
    svg.text((x, y + 4.5), 13.0, &attributes, &letter.to_string());
}

/// The path through the points.
pub fn path(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" });
    }
    d
}

/// A line's name in the legend, with its letter.
pub fn legend_name(line: &PlotLine) -> String {
    match line.letter {
        Some((letter, _)) => format!("{letter}: {}", line.label),
        None => line.label.clone(),
    }
}

/// Writes a row per line, in columns, and returns its height.
fn write_legend(svg: &mut Svg, plot: &Plot, top: f64) -> f64 {
    let names: Vec<String> = plot.lines.iter().map(legend_name).collect();
    let widest = names.iter().map(|name| text_width(name, TEXT)).fold(0.0, f64::max);
    let width = widest + 54.0;
    let columns = ((plot.size.0 - 20.0) / width).floor().max(1.0) as usize;
    // A published curve stands beside ours.
    let has_pairs = plot.lines.iter().any(|line| line.joined && is_published(line));
    let columns = if has_pairs && columns > 1 { columns / 2 * 2 } else { columns };
    for (place, (line, name)) in plot.lines.iter().zip(&names).enumerate() {
        let x = 20.0 + (place % columns) as f64 * width;
        let y = top + (place / columns) as f64 * LEGEND_ROW;
        let points = match line.joined {
            true if is_published(line) => vec![(x + 5.0, y), (x + 21.0, y)],
            true => vec![(x, y), (x + 26.0, y)],
            false => vec![(x + 13.0, y)],
        };
        write_line(svg, &PlotLine { points, ..line.clone() });
        svg.text((x + 34.0, y + 4.0), TEXT, &format!("fill=\"{INK}\""), name);
    }
    plot.lines.len().div_ceil(columns) as f64 * LEGEND_ROW
}
