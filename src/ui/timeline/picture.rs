//! The picture of one run, or of two: what is drawn, from the diagrams and the viewport.

use crate::raft::ServerId;
use crate::sim::Micros;

use super::drawing::{Dash, Drawing, Ink, Label, Pen};
use super::look::{DrawnRun, Look, label};
use super::rows::{AXIS_PX, Rows};
use super::viewport::Viewport;
use super::{lanes, lines, marks};

/// The lanes of these runs.
pub fn rows_of(runs: &[DrawnRun<'_>], height: f64) -> Vec<Rows> {
    let counts: Vec<_> = runs.iter().map(|run| (run.diagram.lanes().len(), run.clients)).collect();
    Rows::stacked(&counts, height)
}

/// Draws the runs one above the other.
pub fn draw(runs: &[DrawnRun<'_>], rows: &[Rows], look: &Look) -> Drawing {
    let mut drawing = Drawing::default();
    let bottom = rows.last().map_or(AXIS_PX, Rows::bottom);
    axis(&mut drawing, &look.view, bottom);
    for (run, rows) in runs.iter().zip(rows) {
        lanes::draw(&mut drawing, run, rows, look);
        lines::draw(&mut drawing, run, rows, look);
        marks::draw(&mut drawing, run, rows, look);
        if let Some(name) = run.name {
            let (x, y) = (4.0, rows.top + 11.0);
            drawing.labels.push(Label { bold: true, ..label(x, y, name.to_owned(), Ink::Text) });
        }
    }
    if let Some(differ_us) = look.differ_us.filter(|_| runs.len() > 1) {
        differs(&mut drawing, look.view.x(differ_us), bottom);
    }
    drawing
}

/// The name of a lane, as it stands beside it.
pub fn lane_name(rows: &Rows, lane: usize) -> String {
    match lane.checked_sub(rows.servers) {
        None => format!("{:#}", ServerId::from_slot(lane)),
        Some(_) if rows.clients_share() => "C".to_owned(),
        Some(client) => format!("C{}", client + 1),
    }
}

/// Half the width of the label of the start.
const START_LABEL_PX: f64 = 22.0;
/// The name of the run stands to the left of this place.
const RUN_NAME_PX: f64 = 90.0;

fn axis(drawing: &mut Drawing, view: &Viewport, bottom: f64) {
    let (ticks, step) = view.ticks(86.0);
    let pen = Pen { ink: Ink::Line, alpha: 1.0, width: 1.0, dash: Dash::Dotted };
    for time_us in ticks {
        let x = view.x(time_us).round() + 0.5;
        drawing.ground_line(pen, [x, AXIS_PX - 3.0, x, bottom]);
        let text = tick_text(time_us, step);
        // The label of the start is not cut off at the left edge.
        let x = if time_us == 0 && x > 0.0 { x.max(START_LABEL_PX) } else { x };
        drawing.labels.push(Label { centered: true, ..label(x, 11.0, text, Ink::Dim) });
    }
}

/// A moment with as many digits as the step needs.
fn tick_text(time_us: Micros, step: Micros) -> String {
    let digits = (0..6).find(|digits| step.is_multiple_of(10_u64.pow(6 - digits))).unwrap_or(6);
    format!("{:.*} s", digits as usize, time_us as f64 / 1e6)
}

fn differs(drawing: &mut Drawing, x: f64, bottom: f64) {
    let pen = Pen { ink: Ink::No, alpha: 1.0, width: 1.5, dash: Dash::Dashed };
    drawing.line(pen, [x, AXIS_PX - 4.0, x, bottom]);
    let text = crate::ui::text::FIRST_DIFFERENCE.to_owned();
    drawing.labels.push(Label {
        bold: true,
        ..label((x + 4.0).max(RUN_NAME_PX), AXIS_PX + 11.0, text, Ink::No)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_has_the_digits_that_tell_it_from_the_next() {
        assert_eq!(tick_text(1_500_000, 100_000), "1.5 s");
        assert_eq!(tick_text(2_000_000, 1_000_000), "2 s");
        assert_eq!(tick_text(2_004_000, 2_000), "2.004 s");
        assert_eq!(tick_text(30_000_000, 10_000_000), "30 s");
    }
}
