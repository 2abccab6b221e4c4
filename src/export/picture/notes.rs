//! Actions and violations: a line through all lanes, and a text below them.

use crate::diagram::{Diagram, MarkKind};

use super::axis::TimeScale;
use super::colors::{DIM, NO};
use super::svg::{Svg, text_width};

const SIZE: f64 = 12.0;
const ROW: f64 = 17.0;
/// More rows would hide the diagram. What does not fit keeps its line.
const ROWS_MAX: usize = 6;

/// A text with its place.
struct Note {
    x: f64,
    text: String,
    violates: bool,
    row: Option<usize>,
}

pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub fn of(diagram: &Diagram, scale: &TimeScale) -> Notes {
        let mut free_from = [f64::MIN; ROWS_MAX];
        let marks = diagram.marks(scale.span.from_us, scale.span.to_us);
        let mut notes = Vec::new();
        for mark in marks {
            let (text, violates) = match &mark.kind {
                MarkKind::Act(title) => (title.to_string(), false),
                MarkKind::Violation(property) => (format!("{} is broken", property.name()), true),
                MarkKind::Membership(_, voters) => (format!("voters {voters:#}"), false),
                MarkKind::Leader(..) | MarkKind::Snapshot(..) => continue,
            };
            let x = scale.x(mark.time_us);
            let begin = text_begin(x, &text, scale);
            let row = free_from.iter().position(|free| *free <= begin);
            if let Some(row) = row {
                free_from[row] = begin + text_width(&text, SIZE) + 12.0;
            }
            notes.push(Note { x, text, violates, row });
        }
        Notes(notes)
    }

    pub fn height(&self) -> f64 {
        let rows = self.0.iter().filter_map(|note| note.row).max().map_or(0, |row| row + 1);
        rows as f64 * ROW
    }

    pub fn write(&self, svg: &mut Svg, scale: &TimeScale, (top, bottom): (f64, f64)) {
        for Note { x, text, violates, row } in &self.0 {
            let (color, width) = if *violates { (NO, 2.0) } else { (DIM, 1.0) };
            let end = bottom + row.map_or(0.0, |row| row as f64 * ROW + 4.0);
            svg.line((*x, top), (*x, end), color, width, if *violates { "" } else { "4 3" });
            if row.is_some() {
                let begin = text_begin(*x, text, scale);
                let weight = if *violates { "700" } else { "400" };
                let attributes = format!("fill=\"{color}\" font-weight=\"{weight}\"");
                svg.text((begin, end + 10.0), SIZE, &attributes, text);
            }
        }
    }
}

/// A text begins at its line, unless the edge of the picture would cut it off.
fn text_begin(x: f64, text: &str, scale: &TimeScale) -> f64 {
    x.min(scale.right + 20.0 - text_width(text, SIZE) * 1.1).max(4.0)
}
