//! Marks: a line through all lanes where somebody acted or a property was violated, and a sign on
//! a lane for a snapshot or a membership change.

use crate::diagram::{Mark, MarkKind};
use crate::ui::text;

use super::drawing::{Dash, Drawing, Ink, Label, Pen, Sign};
use super::look::{DrawnRun, Look, label};
use super::rows::{AXIS_PX, Rows};

/// Acts do not come closer.
const ACT_PX_APART: f64 = 3.0;
/// The longest text of an act, in letters.
const ACT_LEN_MAX: usize = 34;
/// How wide a letter is, roughly.
const LETTER_PX: f64 = 5.8;

pub(super) fn draw(drawing: &mut Drawing, run: &DrawnRun<'_>, rows: &Rows, look: &Look) {
    let view = &look.view;
    let (mut drawn, mut labelled) = (f64::MIN, f64::MIN);
    for mark in run.diagram.marks(view.moment(-200.0), view.moment(view.width)) {
        let x = view.x(mark.time_us);
        if mark.time_us > run.end_us {
            break;
        }
        match &mark.kind {
            MarkKind::Violation(property) => {
                let words = text::property_broken(*property);
                violation(drawing, (x, rows), &words);
                labelled = x + LETTER_PX * words.len() as f64;
            }
            MarkKind::Act(title) if x - drawn >= ACT_PX_APART => {
                drawn = x;
                act(drawing, (x, rows), mark, look);
                if x > labelled {
                    let words = shortened(title);
                    labelled = x + LETTER_PX * words.chars().count() as f64;
                    let at =
                        Label { plain: false, ..label(x + 5.0, rows.bottom(), words, Ink::Dim) };
                    drawing.labels.push(at);
                }
            }
            MarkKind::Snapshot(server, _) | MarkKind::Membership(server, _) => {
                let y = rows.y((*server).into());
                drawing.sign(Sign::Square, Ink::Text, x, y);
            }
            MarkKind::Leader(..) | MarkKind::Act(_) => {}
        }
    }
}

fn violation(drawing: &mut Drawing, (x, rows): (f64, &Rows), words: &str) {
    let pen = Pen { ink: Ink::No, alpha: 1.0, width: 2.0, dash: Dash::Solid };
    drawing.line(pen, [x, AXIS_PX - 6.0, x, rows.bottom()]);
    drawing.sign(Sign::Cross, Ink::No, x, AXIS_PX - 4.0);
    let (x, y) = (x + 6.0, rows.bottom());
    drawing.labels.push(Label { bold: true, ..label(x, y, words.to_owned(), Ink::No) });
}

fn act(drawing: &mut Drawing, (x, rows): (f64, &Rows), mark: &Mark, look: &Look) {
    let marked = look.cursor == Some(mark.event);
    let width = if marked { 3.0 } else { 1.0 };
    let pen = Pen { ink: Ink::Dim, alpha: 0.8, width, dash: Dash::Dashed };
    drawing.ground_line(pen, [x, rows.top, x, rows.bottom()]);
    drawing.sign(Sign::Flag, Ink::Text, x, rows.bottom() - 4.0);
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= ACT_LEN_MAX {
        return title.to_owned();
    }
    title.chars().take(ACT_LEN_MAX - 1).chain(['…']).collect()
}
