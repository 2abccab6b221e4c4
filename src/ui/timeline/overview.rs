//! The whole run in one strip, under the slider of time: who led when, in which term, and where it
//! was violated, acted on and left.

use crate::diagram::{Diagram, MarkKind};
use crate::raft::Role;
use crate::sim::{Activity, Micros};

use super::drawing::{Dash, Drawing, Ink, Label, Pen};
use super::look::label;
use crate::ui::text;

/// A shorter stretch is drawn only where nothing else was.
const SPAN_PX_MIN: f64 = 0.7;
const ACT_PX_APART: f64 = 2.0;

/// The run from 0 to `end_us`, over a width and a height.
pub fn draw(diagram: &Diagram, end_us: Micros, (width, height): (f64, f64)) -> Drawing {
    let mut drawing = Drawing::default();
    let x = |time_us: Micros| time_us as f64 / end_us.max(1) as f64 * width;
    drawing.rect(Ink::Line, 0.45, [0.0, height * 0.5 - 1.0, width, 2.0]);
    for (slot, lane) in diagram.lanes().iter().enumerate() {
        let mut drawn_to = f64::MIN;
        for (span, next_us) in lane.spans(0, end_us) {
            let (from, to) = (x(span.from_us), x(next_us.unwrap_or(end_us).min(end_us)));
            let ink = match (span.activity, span.role) {
                (Activity::Running, Role::Leader) => Ink::Leader,
                (Activity::Running, Role::Candidate) => Ink::Candidate,
                _ => continue,
            };
            if to - drawn_to < SPAN_PX_MIN {
                continue;
            }
            drawn_to = to;
            let wide = (to - from).max(1.5);
            drawing.rect(ink, 1.0, [from, height * 0.25, wide, height * 0.5]);
            if ink == Ink::Leader && wide > 44.0 {
                let words = format!("S{} {}", slot + 1, text::in_term(span.term));
                let at = label(from + 5.0, height * 0.5 + 3.5, words, Ink::Panel);
                drawing.labels.push(Label { plain: true, ..at });
            }
        }
    }
    let mut drawn = f64::MIN;
    for mark in diagram.marks(0, end_us) {
        let at = x(mark.time_us);
        let (ink, width) = match mark.kind {
            MarkKind::Violation(_) => (Ink::No, 2.5),
            MarkKind::Act(_) if at - drawn >= ACT_PX_APART => (Ink::Dim, 1.0),
            _ => continue,
        };
        drawn = at;
        let pen = Pen { ink, alpha: 1.0, width, dash: Dash::Solid };
        drawing.line(pen, [at, 0.0, at, height]);
    }
    drawing
}
