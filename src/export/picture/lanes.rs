//! The lanes of servers and clients.

use crate::diagram::{Diagram, Lane, RoleSpan};
use crate::raft::{Address, ClientId, Role, ServerId};
use crate::sim::Activity;

use super::axis::TimeScale;
use super::colors::{CANDIDATE, CANDIDATE_EDGE, DIM, EDGE, INK, LEADER, LINE, NO, PAPER, YES};
use super::legend::LegendItem;
use super::svg::{Svg, text_width};

/// From one lane to the next.
pub(super) const LANE_STEP: f64 = 40.0;
const LABEL_SIZE: f64 = 11.0;

/// Where the lanes are.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    pub top: f64,
    pub servers: usize,
    pub clients: Vec<ClientId>,
}

impl Lanes {
    pub fn y(&self, address: Address) -> f64 {
        let row = match address {
            Address::Server(server) => server.slot(),
            Address::Client(client) => {
                let at = self.clients.iter().position(|known| *known == client);
                self.servers + at.unwrap_or(self.clients.len())
            }
        };
        self.top + LANE_STEP * (row as f64 + 0.5)
    }

    pub fn bottom(&self) -> f64 {
        self.top + LANE_STEP * (self.servers + self.clients.len()) as f64
    }

    pub fn write(
        &self,
        svg: &mut Svg,
        diagram: &Diagram,
        scale: &TimeScale,
        used: &mut Vec<LegendItem>,
    ) {
        for (slot, lane) in diagram.lanes().iter().enumerate() {
            let server = ServerId::from_slot(slot);
            let y = self.y(server.into());
            svg.text((10.0, y + 5.0), 14.0, "font-weight=\"700\"", &format!("{server:#}"));
            write_lane(svg, lane, scale, y, used);
        }
        for &client in &self.clients {
            let y = self.y(client.into());
            let attributes = format!("fill=\"{DIM}\" font-weight=\"700\"");
            svg.text((10.0, y + 5.0), 14.0, &attributes, &format!("{client:#}"));
            svg.line((scale.left, y), (scale.right, y), LINE, 1.5, "");
        }
    }

    /// Terms, leaders and commit indexes, above the lines of messages.
    pub fn write_labels(&self, svg: &mut Svg, diagram: &Diagram, scale: &TimeScale) {
        for (slot, lane) in diagram.lanes().iter().enumerate() {
            let y = self.y(ServerId::from_slot(slot).into());
            write_terms(svg, lane, scale, y);
            write_commits(svg, lane, scale, y);
        }
    }
}

fn write_lane(svg: &mut Svg, lane: &Lane, scale: &TimeScale, y: f64, used: &mut Vec<LegendItem>) {
    let span = scale.span;
    let mut before: Option<RoleSpan> = None;
    for (role, next_us) in lane.spans(span.from_us, span.to_us) {
        let from = scale.x(role.from_us.max(span.from_us));
        let to = scale.x(next_us.unwrap_or(span.to_us).min(span.to_us));
        let item = LegendItem::of_span(&role);
        used.push(item);
        write_span(svg, item, (from, to), y);
        let begins = role.from_us >= span.from_us;
        let was_crashed = before.is_some_and(|it| it.activity == Activity::Crashed);
        if role.activity == Activity::Crashed && begins && !was_crashed {
            write_cross(svg, (from, y), NO);
        }
        before = Some(role);
    }
}

/// What a lane looks like while it lasts.
pub(super) fn write_span(svg: &mut Svg, item: LegendItem, (from, to): (f64, f64), y: f64) {
    let bar = |svg: &mut Svg, height: f64, attributes: &str| {
        let (top, width) = (y - height / 2.0, (to - from).max(0.6));
        svg.element(
            "rect",
            format_args!(
                "x=\"{from:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height}\" \
                 {attributes}"
            ),
        );
    };
    match item {
        LegendItem::Leader => bar(svg, 11.0, &format!("fill=\"{LEADER}\"")),
        LegendItem::Candidate => {
            bar(svg, 10.0, &format!("fill=\"{CANDIDATE}\" stroke=\"{CANDIDATE_EDGE}\""));
        }
        LegendItem::PreCandidate => bar(
            svg,
            10.0,
            &format!("fill=\"{PAPER}\" stroke=\"{CANDIDATE_EDGE}\" stroke-dasharray=\"4 2\""),
        ),
        LegendItem::Learner => {
            bar(svg, 6.0, &format!("fill=\"{PAPER}\" stroke=\"{EDGE}\" stroke-dasharray=\"3 3\""));
        }
        LegendItem::Paused => {
            svg.line((from, y - 3.0), (to, y - 3.0), DIM, 1.5, "");
            svg.line((from, y + 3.0), (to, y + 3.0), DIM, 1.5, "");
        }
        LegendItem::Crashed => svg.line((from, y), (to, y), DIM, 1.3, "2 4"),
        _ => bar(svg, 6.0, &format!("fill=\"{LINE}\"")),
    }
}

pub(super) fn write_cross(svg: &mut Svg, (x, y): (f64, f64), color: &str) {
    let (left, right, top, bottom) = (x - 4.0, x + 4.0, y - 4.0, y + 4.0);
    let d = format!(
        "M{left:.1} {top:.1}L{right:.1} {bottom:.1}M{right:.1} {top:.1}L{left:.1} {bottom:.1}"
    );
    svg.stroke(&d, color, 2.0);
}

/// The term where it changes, and who leads, as far as there is room.
fn write_terms(svg: &mut Svg, lane: &Lane, scale: &TimeScale, y: f64) {
    let span = scale.span;
    let mut free_from = scale.left;
    let mut before: Option<RoleSpan> = None;
    for (role, _) in lane.spans(span.from_us, span.to_us) {
        let x = scale.x(role.from_us.max(span.from_us));
        let leads = role.role == Role::Leader && role.activity != Activity::Crashed;
        let led = before.is_some_and(|it| it.role == Role::Leader && it.term == role.term);
        let new_term = before.is_none_or(|it| it.term != role.term) && role.term > 0;
        let text = match (leads && !led, new_term) {
            (true, _) => format!("leads term {}", role.term),
            (false, true) => format!("term {}", role.term),
            (false, false) => String::new(),
        };
        before = Some(role);
        let width = text_width(&text, LABEL_SIZE);
        if text.is_empty() || x < free_from || x + width > scale.right + 8.0 {
            continue;
        }
        free_from = x + width + 3.0;
        let color = if leads { LEADER } else { INK };
        let attributes = format!(
            "fill=\"{color}\" stroke=\"{PAPER}\" stroke-width=\"3\" paint-order=\"stroke\""
        );
        svg.text((x + 2.0, y - 8.0), LABEL_SIZE, &attributes, &text);
    }
}

fn write_commits(svg: &mut Svg, lane: &Lane, scale: &TimeScale, y: f64) {
    let mut free_from = scale.left;
    for commit in lane.commits(scale.span.from_us, scale.span.to_us) {
        let x = scale.x(commit.time_us);
        write_diamond(svg, (x, y));
        let text = commit.index.to_string();
        if x >= free_from {
            let attributes = format!(
                "fill=\"{YES}\" text-anchor=\"middle\" stroke=\"{PAPER}\" stroke-width=\"3\" \
                 paint-order=\"stroke\""
            );
            svg.text((x, y + 17.0), LABEL_SIZE, &attributes, &text);
            free_from = x + text_width(&text, LABEL_SIZE) + 6.0;
        }
    }
}

pub(super) fn write_diamond(svg: &mut Svg, (x, y): (f64, f64)) {
    svg.element(
        "path",
        format_args!(
            "d=\"M{x:.1} {:.1}l4.5 4.5l-4.5 4.5l-4.5 -4.5Z\" fill=\"{YES}\" stroke=\"{PAPER}\"",
            y - 4.5
        ),
    );
}
