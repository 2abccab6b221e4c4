//! Lanes: a band for the role, thick for leaders and candidates; gaps for crashes and
//! pauses; diamonds for commits.

use crate::diagram::{Lane, RoleSpan};
use crate::raft::Role;
use crate::sim::{Activity, Micros};
use crate::ui::text;

use super::drawing::{Dash, Drawing, Ink, Pen, Sign};
use super::look::{DrawnRun, Look, label};
use super::rows::Rows;
use super::viewport::Viewport;

/// A narrower stretch is drawn only where nothing else was.
const SPAN_PX_MIN: f64 = 0.6;
/// Labels on a lane do not come closer.
const LABEL_PX_APART: f64 = 52.0;
/// Single commits are drawn if they come no closer on the whole, or if there are few.
const COMMIT_PX_APART: f64 = 9.0;
const COMMITS_MAX: f64 = 12.0;
const COMMIT_LABEL_PX_APART: f64 = 54.0;
/// More commits than this are not even looked at.
const COMMITS_LOOKED_AT: usize = 2_000;
/// Lanes must be this wide for labels between them.
const LABEL_PITCH: f64 = 16.0;

pub(super) fn draw(drawing: &mut Drawing, run: &DrawnRun<'_>, rows: &Rows, look: &Look) {
    let view = &look.view;
    let end_us = if look.live { view.to_us().max(0.0) } else { run.end_us as f64 };
    for (slot, lane) in run.diagram.lanes().iter().enumerate() {
        let y = rows.y_of(slot);
        draw_spans(drawing, lane, (y, rows.pitch), view, end_us as Micros);
        draw_commits(drawing, lane, (y, rows.pitch), view, run.end_us);
    }
    let pen = Pen { ink: Ink::Line, alpha: 1.0, width: 1.0, dash: Dash::Solid };
    for lane in rows.servers..rows.len() {
        let y = rows.y_of(lane).round() + 0.5;
        let from = view.x(0).max(0.0);
        drawing.ground_line(pen, [from, y, view.x(end_us as Micros).min(view.width), y]);
    }
}

fn draw_spans(
    drawing: &mut Drawing,
    lane: &Lane,
    (y, pitch): (f64, f64),
    view: &Viewport,
    end_us: Micros,
) {
    let (mut drawn_to, mut labelled_to) = (f64::MIN, f64::MIN);
    let mut before: Option<RoleSpan> = None;
    for (span, next_us) in lane.spans(view.moment(0.0), view.moment(view.width)) {
        let to_us = next_us.unwrap_or(end_us).min(end_us);
        let (from, to) = (view.x(span.from_us), view.x(to_us));
        let previous = before.replace(span);
        if to < from || to - drawn_to < SPAN_PX_MIN {
            continue;
        }
        drawn_to = to;
        band(drawing, &span, (from.max(-4.0), to.min(view.width + 4.0)), (y, pitch));
        let Some(words) = words(&span, previous.as_ref()) else { continue };
        // Who leads is said as soon as there is room for it.
        let leads = span.role == Role::Leader && span.activity == Activity::Running;
        let x = if leads { from.max(2.0).max(labelled_to) } else { from.max(2.0) };
        let fits = if leads { x + LABEL_PX_APART < to } else { x > labelled_to };
        if pitch >= LABEL_PITCH && fits && x < view.width {
            labelled_to = x + LABEL_PX_APART;
            let above = y - band_height(&span, pitch) / 2.0 - 2.0;
            drawing.labels.push(label(x + 1.0, above, words, Ink::Dim));
        }
        let led = previous.is_some_and(|previous| previous.role == Role::Leader);
        if leads && !led && from > 0.0 {
            drawing.sign(Sign::Crown, Ink::Leader, from, y);
        }
    }
}

fn band_height(span: &RoleSpan, pitch: f64) -> f64 {
    let share: f64 = match (span.activity, span.role) {
        (Activity::Running, Role::Leader | Role::Candidate | Role::PreCandidate) => 0.34,
        _ => 0.2,
    };
    (share * pitch).clamp(3.0, 9.0)
}

/// The look of a stretch tells the role without its colour: by its height and by its edges.
fn band(drawing: &mut Drawing, span: &RoleSpan, (from, to): (f64, f64), (y, pitch): (f64, f64)) {
    let height = band_height(span, pitch);
    let rect = [from, y - height / 2.0, (to - from).max(1.0), height];
    let line = |ink, width, dash| (Pen { ink, alpha: 1.0, width, dash }, [from, y, to, y]);
    match (span.activity, span.role) {
        (Activity::Crashed, _) => {
            let (pen, line) = line(Ink::No, 1.0, Dash::Dotted);
            drawing.line(pen, line);
        }
        (Activity::Paused, _) => {
            let (pen, line) = line(Ink::Edge, height, Dash::Dashed);
            drawing.line(pen, line);
        }
        (Activity::Running, Role::Leader) => drawing.rect(Ink::Leader, 1.0, rect),
        (Activity::Running, Role::Candidate) => drawing.rect(Ink::Candidate, 1.0, rect),
        (Activity::Running, Role::PreCandidate) => drawing.rect(Ink::Candidate, 0.5, rect),
        (Activity::Running, Role::Learner) => {
            let (pen, line) = line(Ink::Edge, 2.0, Dash::Dotted);
            drawing.line(pen, line);
        }
        (Activity::Running, Role::Follower) => drawing.rect(Ink::Line, 1.0, rect),
    }
}

/// What is new about a stretch of a lane.
fn words(span: &RoleSpan, before: Option<&RoleSpan>) -> Option<String> {
    let was_running = before.is_none_or(|before| before.activity == Activity::Running);
    match span.activity {
        Activity::Crashed if was_running => return Some(text::CRASHED.to_owned()),
        Activity::Paused if was_running => return Some(text::PAUSED.to_owned()),
        Activity::Running => {}
        _ => return None,
    }
    let same_term = before.is_some_and(|before| before.term == span.term);
    match (span.role, before.map(|before| before.role)) {
        (Role::Leader, was) if was != Some(Role::Leader) => Some(text::leads_term(span.term)),
        _ if same_term && was_running => None,
        _ if span.term == 0 => None,
        _ => Some(text::in_term(span.term)),
    }
}

/// Commits as diamonds; of a leader with their indexes. Very many are a line below the band.
fn draw_commits(
    drawing: &mut Drawing,
    lane: &Lane,
    (y, pitch): (f64, f64),
    view: &Viewport,
    end_us: Micros,
) {
    let commits = lane.commits(view.moment(-4.0), view.moment(view.width + 4.0));
    let commits: Vec<_> = commits.take(COMMITS_LOOKED_AT).collect();
    let (Some(first), Some(last)) = (commits.first(), commits.last()) else { return };
    let (from, to) = (view.x(first.time_us), view.x(last.time_us));
    if commits.len() as f64 > COMMITS_MAX.max((to - from) / COMMIT_PX_APART) {
        let to = if commits.len() == COMMITS_LOOKED_AT { view.x(end_us) } else { to };
        return drawing.rect(Ink::Yes, 1.0, [from, y + pitch * 0.16, to - from, 1.5]);
    }
    let places = commits.iter().map(|commit| view.x(commit.time_us));
    let next = places.clone().skip(1).chain([f64::MAX]);
    for ((commit, x), next) in commits.iter().zip(places).zip(next) {
        drawing.sign(Sign::Diamond, Ink::Yes, x, y);
        let span = lane.span_at(commit.time_us);
        let leads = span.is_some_and(|span| span.role == Role::Leader);
        if leads && pitch >= LABEL_PITCH && next - x >= COMMIT_LABEL_PX_APART {
            let words = text::commits(commit.index);
            drawing.labels.push(label(x + 6.0, y + pitch * 0.2 + 7.0, words, Ink::Yes));
        }
    }
}
