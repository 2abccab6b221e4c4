//! A plot as an SVG picture, complete in itself.

use std::fmt::Write;

use crate::export::picture::{
    CANDIDATE, CANDIDATE_EDGE, DIM, INK, LEADER, LINE, NO, REQUEST, Svg, YES, text_width,
};

use super::plot::{Plot, PlotLine, PlotSource, SIZE};

/// The colours of the series. After the last, the dashes change: see [`plot_dashes`].
pub const PLOT_COLORS: [&str; 6] = [LEADER, NO, YES, REQUEST, CANDIDATE, CANDIDATE_EDGE];

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

/// The picture of a plot with its legend.
pub fn plot_svg(plot: &Plot, title: &str) -> String {
    let mut svg = Svg::default();
    let (left, top, right, bottom) = Plot::AREA;
    svg.text((left, TEXT + 6.0), 15.0, &format!("fill=\"{INK}\" font-weight=\"600\""), title);
    svg.begin_group("transform=\"translate(0 28)\"");
    for (y, text) in &plot.y_ticks {
        svg.line((left, *y), (right, *y), LINE, 1.0, "");
        let end = format!("fill=\"{DIM}\" text-anchor=\"end\"");
        svg.text((left - 6.0, y + 4.0), TEXT, &end, text);
    }
    let middle = format!("fill=\"{DIM}\" text-anchor=\"middle\"");
    for (x, text) in &plot.x_ticks {
        svg.line((*x, bottom), (*x, bottom + 5.0), DIM, 1.0, "");
        svg.text((*x, bottom + 19.0), TEXT, &middle, text);
    }
    svg.line((left, bottom), (right, bottom), DIM, 1.0, "");
    svg.text(((left + right) / 2.0, bottom + 40.0), TEXT, &middle, &plot.x_label);
    let turned = format!("{middle} transform=\"rotate(-90 14 {0:.0})\"", (top + bottom) / 2.0);
    svg.text((14.0, (top + bottom) / 2.0), TEXT, &turned, &plot.y_label);
    plot.lines.iter().for_each(|line| write_line(&mut svg, line));
    let legend_height = write_legend(&mut svg, plot, SIZE.1 + 4.0);
    svg.end_group();
    svg.finish((SIZE.0, SIZE.1 + legend_height + 40.0), title)
}

fn write_line(svg: &mut Svg, line: &PlotLine) {
    let color = PLOT_COLORS[line.color % PLOT_COLORS.len()];
    let is_published = line.source == PlotSource::Published;
    if line.joined {
        let (width, dashes) =
            if is_published { (1.0, "1 3") } else { (2.0, plot_dashes(line.color)) };
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
    if is_published || !line.joined {
        line.points.iter().for_each(|point| write_point(svg, *point, color, is_published));
    }
}

/// Published figures are rings, our own are discs.
fn write_point(svg: &mut Svg, (x, y): (f64, f64), color: &str, is_published: bool) {
    let (fill, radius) = match is_published {
        true => ("none", POINT_RADIUS + 1.5),
        false => (color, POINT_RADIUS),
    };
    svg.element(
        "circle",
        format_args!(
            "cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"{color}\" \
             stroke-width=\"1.5\""
        ),
    );
}

/// The path through the points.
pub fn path(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" });
    }
    d
}

/// Writes a row per line, in columns, and returns its height.
fn write_legend(svg: &mut Svg, plot: &Plot, top: f64) -> f64 {
    let widest = plot.lines.iter().map(|line| text_width(&line.label, TEXT)).fold(0.0, f64::max);
    let width = widest + 54.0;
    let columns = ((SIZE.0 - 20.0) / width).floor().max(1.0) as usize;
    for (place, line) in plot.lines.iter().enumerate() {
        let x = 20.0 + (place % columns) as f64 * width;
        let y = top + (place / columns) as f64 * LEGEND_ROW;
        let points = if line.joined { vec![(x, y), (x + 26.0, y)] } else { vec![(x + 13.0, y)] };
        write_line(svg, &PlotLine { points, ..line.clone() });
        svg.text((x + 34.0, y + 4.0), TEXT, &format!("fill=\"{INK}\""), &line.label);
    }
    plot.lines.len().div_ceil(columns) as f64 * LEGEND_ROW
}
