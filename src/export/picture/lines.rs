//! The lines of messages between lanes.

use crate::diagram::{DiagramMessage, Ending};

use super::axis::TimeScale;
use super::colors::NO;
use super::lanes::{Lanes, write_cross};
use super::legend::LegendItem;
use super::message_style::MessageStyle;
use super::svg::Svg;

/// The length of an arrow's head.
const HEAD: f64 = 7.0;

/// A message that was sent or ended within the span.
pub(super) fn write_message(
    svg: &mut Svg,
    message: &DiagramMessage,
    lanes: &Lanes,
    scale: &TimeScale,
    used: &mut Vec<LegendItem>,
) {
    let style = MessageStyle::of(message);
    let (start, end) = (lanes.y(message.from), lanes.y(message.to));
    let share = f64::from(message.share);
    let from = (scale.x(message.sent_us), start);
    // A message in flight has come as far as its share; all others end where they end.
    let to_x = match message.ending {
        Ending::InFlight => from.0 + (scale.x(message.ended_us) - from.0) * share,
        _ => scale.x(message.ended_us),
    };
    let to = (to_x, start + (end - start) * share);
    if message.ending == Ending::Held {
        return;
    }
    used.push(LegendItem::Message(style));
    let dash = if message.is_lost() { "3 3" } else { style.dashes() };
    let [from, to] = clipped(from, to, scale);
    svg.line(from, to, style.color(), style.width(), dash);
    if message.is_lost() {
        used.push(LegendItem::Lost);
        if to.0 <= scale.right {
            write_cross(svg, to, NO);
        }
    } else if message.ending != Ending::InFlight && message.ended_us <= scale.span.to_us {
        write_head(svg, from, to, style.color());
    }
}

/// The part of a line within the span.
fn clipped(from: (f64, f64), to: (f64, f64), scale: &TimeScale) -> [(f64, f64); 2] {
    let at = |x: f64| {
        let share = if to.0 > from.0 { (x - from.0) / (to.0 - from.0) } else { 1.0 };
        (x, from.1 + (to.1 - from.1) * share)
    };
    let start = if from.0 < scale.left { at(scale.left) } else { from };
    let end = if to.0 > scale.right { at(scale.right) } else { to };
    [start, end]
}

pub(super) fn write_head(svg: &mut Svg, from: (f64, f64), to: (f64, f64), color: &str) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < HEAD {
        return;
    }
    let (dx, dy) = (dx / length * HEAD, dy / length * HEAD);
    let back = (to.0 - dx, to.1 - dy);
    svg.element(
        "path",
        format_args!(
            "d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{color}\"",
            to.0,
            to.1,
            back.0 - dy * 0.4,
            back.1 + dx * 0.4,
            back.0 + dy * 0.4,
            back.1 - dx * 0.4
        ),
    );
}
