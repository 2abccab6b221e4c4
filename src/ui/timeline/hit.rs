//! What is at a point of the diagram.

use crate::raft::ServerId;
use crate::sim::{EventId, Micros};
use crate::ui::state::Selection;
use crate::ui::text;

use super::lines::slants;
use super::look::{DrawnRun, Look};
use super::rows::Rows;

/// A line is met from this far, in pixels; a finger is less exact.
const REACH_PX: f64 = 7.0;
const REACH_OF_FINGER_PX: f64 = 14.0;

/// A thing of the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub selection: Selection,
    /// The event and its moment, if it has happened.
    pub event: Option<(EventId, Micros)>,
    /// What it is, for the hint beside the pointer.
    pub words: String,
}

/// What is at that point: a mark, a commit, a message or, failing these, the state of a server.
pub fn at(
    runs: &[DrawnRun<'_>],
    rows: &[Rows],
    look: &Look,
    point: (f64, f64),
    finger: bool,
) -> Option<Hit> {
    let reach = if finger { REACH_OF_FINGER_PX } else { REACH_PX };
    let inside = |(_, rows): &(_, &Rows)| point.1 >= rows.top && point.1 <= rows.bottom() + 8.0;
    let (run, rows) = runs.iter().zip(rows).find(inside)?;
    mark(run, rows, look, point, reach)
        .or_else(|| commit(run, rows, look, point, reach))
        .or_else(|| message(run, rows, look, point, reach))
        .or_else(|| span(run, rows, look, point))
}

fn mark(
    run: &DrawnRun<'_>,
    rows: &Rows,
    look: &Look,
    (x, y): (f64, f64),
    reach: f64,
) -> Option<Hit> {
    let view = &look.view;
    let marks = run.diagram.marks(view.moment(x - reach), view.moment(x + reach));
    let distance = |time_us| (view.x(time_us) - x).abs();
    let found = marks.filter(|mark| match mark.kind.server() {
        Some(server) => (rows.y(server.into()) - y).abs() <= reach,
        // The sign at the foot of the line, or its text.
        None => y >= rows.bottom() - 10.0 || y <= rows.top + 4.0,
    });
    let nearest = found.min_by(|a, b| distance(a.time_us).total_cmp(&distance(b.time_us)))?;
    Some(event_hit(nearest.event, nearest.time_us, text::mark(&nearest.kind)))
}

fn commit(
    run: &DrawnRun<'_>,
    rows: &Rows,
    look: &Look,
    (x, y): (f64, f64),
    reach: f64,
) -> Option<Hit> {
    let slot = rows.server_at(y).filter(|slot| (rows.y_of(*slot) - y).abs() <= reach * 0.7)?;
    let view = &look.view;
    let lane = run.diagram.lanes().get(slot)?;
    let mut commits = lane.commits(view.moment(x - reach * 0.7), view.moment(x + reach * 0.7));
    let commit = commits.next()?;
    let words =
        format!("{}: {}", text::server(ServerId::from_slot(slot)), text::commits(commit.index));
    Some(event_hit(commit.event, commit.time_us, words))
}

fn message(
    run: &DrawnRun<'_>,
    rows: &Rows,
    look: &Look,
    point: (f64, f64),
    reach: f64,
) -> Option<Hit> {
    let (slants, _) = slants(run, rows, look);
    let near = slants.into_iter().map(|slant| (slant.distance(point), slant));
    let (distance, slant) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let message = &slant.message;
    (distance <= reach).then(|| Hit {
        selection: slant.selection(),
        event: (message.event > 0).then_some((message.event, message.ended_us)),
        words: text::diagram_message(message),
    })
}

fn span(run: &DrawnRun<'_>, rows: &Rows, look: &Look, (x, y): (f64, f64)) -> Option<Hit> {
    let slot = rows.server_at(y).filter(|slot| (rows.y_of(*slot) - y).abs() <= rows.pitch * 0.4)?;
    let time_us = look.view.moment(x);
    let server = ServerId::from_slot(slot);
    let span = run.diagram.lanes().get(slot)?.span_at(time_us)?;
    (time_us <= run.end_us).then(|| Hit {
        selection: Selection::Server(server),
        event: None,
        words: text::span(server, &span),
    })
}

fn event_hit(event: EventId, time_us: Micros, words: String) -> Hit {
    Hit { selection: Selection::Event(event), event: Some((event, time_us)), words }
}
