//! Messages: slanted lines in the colours of the stage. A request ends in an arrowhead, a yes in a
//! disc, a no is dashed and ends in a ring, and a lost message ends in a cross on its way.

use crate::diagram::{DiagramMessage, Ending};
use crate::raft::Kind;
use crate::sim::Micros;
use crate::ui::state::Selection;
use crate::ui::text;

use super::drawing::{Dash, Drawing, Ink, Label, Pen, Sign};
use super::look::{DrawnRun, Look, label};
use super::rows::Rows;
use super::viewport::Viewport;

/// The most messages to look at for one drawing.
const LOOKED_AT_MAX: usize = 24_000;
/// The most lines: no eye tells more apart.
const DRAWN_MAX: usize = 1_600;
/// Signs at the ends only among fewer lines.
const SIGNS_MAX: usize = 500;

/// A message as it is drawn: where it starts, and where it ends or was lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slant {
    pub message: DiagramMessage,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

impl Slant {
    pub fn of(message: DiagramMessage, rows: &Rows, view: &Viewport, live: bool) -> Slant {
        let (top, bottom) = (rows.y(message.from), rows.y(message.to));
        let (sent, ended) = (view.x(message.sent_us), view.x(message.ended_us));
        let share = f64::from(message.share);
        let to = match message.ending {
            Ending::InFlight if live => (ended, bottom),
            Ending::InFlight => (sent + (ended - sent) * share, top + (bottom - top) * share),
            Ending::Held => (sent, top + (bottom - top) * 0.28),
            Ending::Lost(_) => (ended, top + (bottom - top) * share.max(0.12)),
            // It waited at its receiver since: there is a line up to there already.
            Ending::DeliveredLate => {
                return Slant { message, from: (ended, bottom), to: (ended, bottom) };
            }
            Ending::Delivered | Ending::Stalled => (ended, bottom),
        };
        Slant { message, from: (sent, top), to }
    }

    /// How far it is from a point, in pixels.
    pub fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let ((x1, y1), (x2, y2)) = (self.from, self.to);
        let (dx, dy) = (x2 - x1, y2 - y1);
        let length = dx * dx + dy * dy;
        let along = if length == 0.0 { 0.0 } else { ((x - x1) * dx + (y - y1) * dy) / length };
        let along = along.clamp(0.0, 1.0);
        (x1 + along * dx - x).hypot(y1 + along * dy - y)
    }

    /// The thing that it stands for: the event that it ended in, or itself while it is on its way.
    pub fn selection(&self) -> Selection {
        match self.message.event {
            0 => Selection::Message(self.message.id),
            event => Selection::Event(event),
        }
    }
}

/// Whether a message is left out while heartbeats are folded.
pub fn is_folded(message: &DiagramMessage) -> bool {
    message.heartbeat && !message.is_lost()
}

/// The messages of a run in sight, and how many there are for each of them.
pub(super) fn slants(run: &DrawnRun<'_>, rows: &Rows, look: &Look) -> (Vec<Slant>, usize) {
    let view = &look.view;
    let (from_us, to_us) = (view.moment(0.0), view.moment(view.width).min(run.end_us));
    let messages = run.diagram.messages();
    let step = messages.count_between(from_us, to_us).div_ceil(LOOKED_AT_MAX).max(1);
    let is_shown = |message: &DiagramMessage| !(look.folded && is_folded(message));
    let mut shown: Vec<Slant> = messages
        .between(from_us, to_us, step)
        .filter(is_shown)
        .chain(on_their_way(run, look, to_us))
        .map(|message| Slant::of(message, rows, view, look.live))
        .collect();
    let again = shown.len().div_ceil(DRAWN_MAX).max(1);
    if again > 1 {
        // By their numbers, so that the same ones stay when the picture moves.
        shown.retain(|slant| slant.message.event % again as u64 == 0);
    }
    (shown, step * again)
}

/// Those that have not ended. Ahead of the present, the diagram knows how they end.
fn on_their_way<'a>(
    run: &DrawnRun<'a>,
    look: &Look,
    to_us: Micros,
) -> impl Iterator<Item = DiagramMessage> + 'a {
    let diagram = run.diagram;
    let (folded, known) = (look.folded, diagram.last_event());
    let end_us = run.end_us;
    let world = run.world;
    world.into_iter().flat_map(move |world| {
        let is_known =
            move |message: &DiagramMessage| known > world.event() && message.ended_us <= end_us;
        diagram
            .in_flight(world)
            .filter(move |it| it.sent_us <= to_us && !is_known(it))
            .filter(move |it| !(folded && is_folded(it)))
    })
}

pub(super) fn draw(drawing: &mut Drawing, run: &DrawnRun<'_>, rows: &Rows, look: &Look) {
    let (slants, each) = slants(run, rows, look);
    let with_signs = slants.len() <= SIGNS_MAX;
    for slant in &slants {
        let (pen, sign, ink) = look_of(slant, with_signs);
        let ((x1, y1), (x2, y2)) = (slant.from, slant.to);
        let is_marked = |selection: Option<Selection>| selection == Some(slant.selection());
        let under_cursor = slant.message.event > 0 && look.cursor == Some(slant.message.event);
        let pen = match is_marked(look.hovered) || is_marked(look.selected) || under_cursor {
            true => Pen { width: pen.width + 2.0, alpha: 1.0, ..pen },
            false => pen,
        };
        drawing.line(pen, [x1, y1, x2, y2]);
        if with_signs && let Some(sign) = sign {
            drawing.sign(sign, ink, x2, y2);
        }
    }
    if each > 1 {
        let text = text::one_of_messages(each);
        let (x, y) = (look.view.width * 0.45, rows.bottom() - 2.0);
        let note = label(x, y, text, Ink::Text);
        drawing.labels.push(Label { bold: true, centered: true, ..note });
    }
    unknown_before(drawing, run, rows, look);
}

/// Says where messages were dropped from the diagram.
fn unknown_before(drawing: &mut Drawing, run: &DrawnRun<'_>, rows: &Rows, look: &Look) {
    let messages = run.diagram.messages();
    let limits = [
        (messages.all_from_us(), text::NO_MESSAGES_BEFORE),
        (if look.folded { 0 } else { messages.heartbeats_from_us() }, text::NO_HEARTBEATS_BEFORE),
    ];
    for (from_us, words) in limits {
        let x = look.view.x(from_us);
        if from_us > 0 && x > 0.0 {
            let pen = Pen { ink: Ink::Dim, alpha: 1.0, width: 1.0, dash: Dash::Dashed };
            drawing.line(pen, [x, rows.top, x, rows.bottom()]);
            let at = (x - 6.0 * words.len() as f64).max(4.0);
            drawing.labels.push(label(at, rows.bottom() - 2.0, words.to_owned(), Ink::Dim));
            return;
        }
    }
}

fn look_of(slant: &Slant, with_signs: bool) -> (Pen, Option<Sign>, Ink) {
    let message = &slant.message;
    let ink = ink_of(message);
    let refused = message.verdict == Some(false);
    let faint = message.heartbeat;
    let solid = Pen {
        ink,
        alpha: if faint {
            0.4
        } else if with_signs {
            0.9
        } else {
            0.55
        },
        width: if faint || !with_signs { 1.0 } else { 1.6 },
        dash: if refused { Dash::Dashed } else { Dash::Solid },
    };
    let is_down = slant.to.1 > slant.from.1;
    let sign = match (message.ending, message.verdict) {
        (Ending::Lost(_), _) => {
            return (Pen { dash: Dash::Dashed, ..solid }, Some(Sign::Cross), Ink::No);
        }
        (Ending::Held, _) => return (solid, Some(Sign::Square), Ink::No),
        (Ending::InFlight, _) => None,
        (Ending::Stalled, _) => Some(Sign::Ring),
        _ if faint => None,
        (_, Some(true)) => Some(Sign::Disc),
        (_, Some(false)) => Some(Sign::Ring),
        (_, None) if is_down => Some(Sign::Down),
        (_, None) => Some(Sign::Up),
    };
    (solid, sign, ink)
}

/// As on the stage: requests for votes orange, entries blue, yes green, no red, clients pink.
fn ink_of(message: &DiagramMessage) -> Ink {
    match (message.kind, message.verdict) {
        _ if message.heartbeat => Ink::Edge,
        (Kind::Request, _) => Ink::Request,
        (_, Some(true)) => Ink::Yes,
        (_, Some(false)) => Ink::No,
        (Kind::RequestVote | Kind::PreVote, _) => Ink::CandidateRim,
        _ => Ink::Append,
    }
}
