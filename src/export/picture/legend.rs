//! What the signs of a picture mean.

use crate::diagram::RoleSpan;
use crate::raft::Role;
use crate::sim::Activity;

use super::colors::{DIM, NO};
use super::lanes::{write_cross, write_diamond, write_span};
use super::lines::write_head;
use super::message_style::MessageStyle;
use super::svg::{Svg, text_width};

/// Something that a legend explains, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LegendItem {
    Leader,
    Candidate,
    PreCandidate,
    Follower,
    Learner,
    Paused,
    Crashed,
    Commit,
    Message(MessageStyle),
    Lost,
}

impl LegendItem {
    /// The item that explains a lane.
    pub fn of_span(span: &RoleSpan) -> LegendItem {
        match (span.activity, span.role) {
            (Activity::Crashed, _) => LegendItem::Crashed,
            (Activity::Paused, _) => LegendItem::Paused,
            (_, Role::Leader) => LegendItem::Leader,
            (_, Role::Candidate) => LegendItem::Candidate,
            (_, Role::PreCandidate) => LegendItem::PreCandidate,
            (_, Role::Learner) => LegendItem::Learner,
            (_, Role::Follower) => LegendItem::Follower,
        }
    }

    fn name(self) -> &'static str {
        match self {
            LegendItem::Leader => "leader",
            LegendItem::Candidate => "candidate",
            LegendItem::PreCandidate => "pre-candidate",
            LegendItem::Follower => "follower",
            LegendItem::Learner => "learner",
            LegendItem::Paused => "paused",
            LegendItem::Crashed => "crashed",
            LegendItem::Commit => "commit index",
            LegendItem::Message(style) => style.name(),
            LegendItem::Lost => "lost",
        }
    }
}

const SIZE: f64 = 12.0;
const ROW: f64 = 22.0;
/// The width of a sample.
const SAMPLE: f64 = 34.0;

/// Where each item stands.
fn places(items: &[LegendItem], width: f64) -> Vec<(f64, usize)> {
    let (mut x, mut row) = (10.0, 0);
    let mut places = Vec::new();
    for item in items {
        let takes = SAMPLE + 6.0 + text_width(item.name(), SIZE) + 20.0;
        if x + takes > width && x > 10.0 {
            (x, row) = (10.0, row + 1);
        }
        places.push((x, row));
        x += takes;
    }
    places
}

/// The height of a legend of that width.
pub(super) fn legend_height(items: &[LegendItem], width: f64) -> f64 {
    places(items, width).last().map_or(0.0, |(_, row)| (row + 1) as f64 * ROW + 6.0)
}

pub(super) fn write_legend(svg: &mut Svg, items: &[LegendItem], top: f64, width: f64) {
    for (item, (x, row)) in items.iter().zip(places(items, width)) {
        let y = top + ROW * (row as f64 + 0.5);
        let (from, to) = ((x, y), (x + SAMPLE, y));
        match item {
            LegendItem::Message(style) => {
                svg.line(from, to, style.color(), style.width(), style.dashes());
                write_head(svg, from, to, style.color());
            }
            LegendItem::Lost => {
                svg.line(from, to, DIM, 1.2, "3 3");
                write_cross(svg, to, NO);
            }
            LegendItem::Commit => write_diamond(svg, (x + SAMPLE / 2.0, y)),
            item => write_span(svg, *item, (x, x + SAMPLE), y),
        }
        svg.text((x + SAMPLE + 8.0, y + 4.0), SIZE, "", item.name());
    }
}
