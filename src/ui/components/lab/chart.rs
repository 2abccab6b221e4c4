//! The plot of an experiment.

use yew::prelude::*;

use crate::lab::experiment::{
    PLOT_COLORS, POINT_RADIUS, Plot, PlotLine, PlotSource, legend_name, name_turn, path,
    plot_dashes, square,
};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct PlotChartProps {
    pub plot: Plot,
    /// What it shows, for those who do not see it.
    pub finding: String,
}

/// The drawing; its lines have the colours of the legend below it.
#[component]
pub fn PlotChart(PlotChartProps { plot, finding }: &PlotChartProps) -> Html {
    let (width, height) = plot.size;
    let (left, top, right, bottom) = plot.area;
    let y_tick = |(y, name): &(f64, String)| {
        let d = format!("M{left} {y:.1}H{right}");
        html! {
            <>
                <path class="grid" {d} />
                <text class="y-tick" x={(left - 6.0).to_string()} y={(y + 4.0).to_string()}>
                    { name }
                </text>
            </>
        }
    };
    let x_tick = |(x, name): &(f64, String)| {
        let d = format!("M{x:.1} {bottom}v5");
        let transform = name_turn(plot, *x);
        let (class, y) = match transform {
            Some(_) => ("y-tick", bottom + 14.0),
            None => ("x-tick", bottom + 20.0),
        };
        html! {
            <>
                <path class="tick" {d} />
                <text {class} x={x.to_string()} y={y.to_string()} {transform}>{ name }</text>
            </>
        }
    };
    let middle = ((left + right) / 2.0).to_string();
    let turn = format!("rotate(-90 14 {})", (top + bottom) / 2.0);
    html! {
        <svg
            class="plot"
            viewBox={format!("0 0 {width} {height}")}
            role="img"
            aria-label={text::plot_name(plot, finding)}
        >
            { for plot.y_ticks.iter().map(y_tick) }
            { for plot.x_ticks.iter().map(x_tick) }
            <path class="tick" d={format!("M{left} {bottom}H{right}")} />
            <text class="x-tick" x={middle} y={(height - 10.0).to_string()}>{ &plot.x_label }</text>
            <text class="x-tick" x="14" y={((top + bottom) / 2.0).to_string()} transform={turn}>
                { &plot.y_label }
            </text>
            { for plot.lines.iter().map(drawn) }
            { for plot.lines.iter().filter_map(|line| line.letter).map(letter) }
        </svg>
    }
}

#[derive(PartialEq, Properties)]
pub struct PlotLegendProps {
    pub plot: Plot,
}

/// The lines of a plot with their names. A published curve has the colour of ours.
#[component]
pub fn PlotLegend(PlotLegendProps { plot }: &PlotLegendProps) -> Html {
    let row = |line: &PlotLine| {
        let points = match line.joined {
            true => vec![(2.0, 8.0), (30.0, 8.0)],
            false => vec![(16.0, 8.0)],
        };
        let sample = PlotLine { points, ..line.clone() };
        html! {
            <li key={line.label.clone()}>
                <svg class="plot-sample" viewBox="0 0 32 16" aria-hidden="true">
                    { drawn(&sample) }
                </svg>
                { legend_name(line) }
            </li>
        }
    };
    let has_curves = plot.lines.iter().any(|line| line.joined);
    let lines = plot.lines.iter().filter(|line| line.source == PlotSource::Measured || !has_curves);
    html! { <ul class="plot-legend">{ for lines.map(row) }</ul> }
}

/// The letter of a curve, by which the legend names it.
fn letter((letter, (x, y)): (char, (f64, f64))) -> Html {
    let (x, y) = (format!("{x:.1}"), format!("{:.1}", y + 4.5));
    html! { <text class="letter" {x} {y}>{ letter }</text> }
}

fn drawn(line: &PlotLine) -> Html {
    let is_published = line.source == PlotSource::Published;
    let color = format!("c{}", line.color % PLOT_COLORS.len());
    let class = classes!("plot-line", color, is_published.then_some("published"));
    let dashes = if is_published { "1 3" } else { plot_dashes(line.color) };
    let radius = if is_published { POINT_RADIUS + 1.5 } else { POINT_RADIUS };
    let has_points = is_published || !line.joined;
    let point = |&(x, y): &(f64, f64)| {
        if line.source == PlotSource::Measured && line.color > 0 {
            return html! { <path class="plot-square" d={square((x, y))} /> };
        }
        let (cx, cy) = (format!("{x:.1}"), format!("{y:.1}"));
        html! { <circle {cx} {cy} r={radius.to_string()} /> }
    };
    html! {
        <g {class}>
            if line.joined {
                <path
                    d={path(&line.points)}
                    stroke-dasharray={(!dashes.is_empty()).then_some(dashes)}
                />
            }
            if has_points {
                { for line.points.iter().map(point) }
            }
        </g>
    }
}
