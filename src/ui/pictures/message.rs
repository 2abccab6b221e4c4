//! A message in a picture, with the shapes of the stage.

use crate::export::picture::{EDGE, LEADER, NO, PAPER, REQUEST, Svg, YES};
use crate::raft::Message;
use crate::ui::components::stage::message_icon::{
    CROSS, DIAMOND, SMALL_CROSS, SMALL_TICK, TICK, TRIANGLE_DOWN, TRIANGLE_UP,
};
use crate::ui::scene::{MessageShape, Point, message_label};

use super::labels::{RIM, write_label};

/// Draws it at that point of its path, and returns its shape.
pub(super) fn write_message(
    svg: &mut Svg,
    message: &Message,
    at: Point,
    (start, end): (Point, Point),
) -> MessageShape {
    let shape = MessageShape::of(message);
    let label = message_label(message);
    let heading = start.heading(end);
    let tip = at.offset(heading, shape.edge(&label, heading) + 2.0);
    let turn = format!("{} rotate({heading:.0})", tip.translate());
    svg.element(
        "path",
        format_args!("d=\"M0 -4L6 0L0 4Z\" fill=\"{}\" transform=\"{turn}\"", color(shape)),
    );
    write_shape(svg, shape, at, &label);
    shape
}

fn color(shape: MessageShape) -> &'static str {
    match shape {
        MessageShape::VoteRequest => RIM,
        MessageShape::VoteGranted | MessageShape::AppendAccepted => YES,
        MessageShape::VoteDenied | MessageShape::AppendRejected | MessageShape::ClientRefusal => NO,
        MessageShape::Append | MessageShape::Heartbeat => LEADER,
        MessageShape::ClientRequest | MessageShape::ClientAnswer => REQUEST,
        MessageShape::Other => EDGE,
    }
}

/// The shape around a point, with its label inside or beside it.
pub(super) fn write_shape(svg: &mut Svg, shape: MessageShape, at: Point, label: &str) {
    let (x, y, rim) = (at.x, at.y, color(shape));
    svg.begin_group(format_args!("transform=\"{}\"", at.translate()));
    let path = |svg: &mut Svg, d: &str, fill: &str, more: &str| {
        let attributes = format!("d=\"{d}\" fill=\"{fill}\" stroke=\"{rim}\" stroke-width=\"1.8\"");
        svg.element("path", format_args!("{attributes}{more}"));
    };
    let disc = |svg: &mut Svg, r: f64, fill: &str, more: &str| {
        let attributes = format!("r=\"{r}\" fill=\"{fill}\" stroke=\"{rim}\" stroke-width=\"1.8\"");
        svg.element("circle", format_args!("{attributes}{more}"));
    };
    let dashed = " stroke-dasharray=\"3 2\"";
    let bold = "text-anchor=\"middle\" font-weight=\"700\"";
    match shape {
        MessageShape::VoteRequest => {
            path(svg, DIAMOND, PAPER, "");
            svg.text((0.0, 4.6), 13.0, bold, "?");
        }
        MessageShape::VoteGranted => {
            path(svg, DIAMOND, YES, "");
            svg.stroke(TICK, PAPER, 2.2);
        }
        MessageShape::VoteDenied => {
            path(svg, DIAMOND, PAPER, dashed);
            svg.stroke(CROSS, NO, 2.4);
        }
        MessageShape::Heartbeat => disc(svg, 5.6, PAPER, ""),
        MessageShape::AppendAccepted => {
            disc(svg, 8.6, YES, "");
            svg.stroke(TICK, PAPER, 2.2);
        }
        MessageShape::AppendRejected => {
            disc(svg, 8.6, PAPER, dashed);
            svg.stroke(CROSS, NO, 2.4);
        }
        MessageShape::ClientRequest => path(svg, TRIANGLE_UP, REQUEST, ""),
        MessageShape::ClientAnswer => {
            path(svg, TRIANGLE_DOWN, PAPER, "");
            svg.stroke(SMALL_TICK, REQUEST, 2.0);
        }
        MessageShape::ClientRefusal => {
            path(svg, TRIANGLE_DOWN, PAPER, dashed);
            svg.stroke(SMALL_CROSS, NO, 2.0);
        }
        MessageShape::Append | MessageShape::Other => {
            let letters = if label.is_empty() { 3 } else { label.chars().count() };
            let half = 6.0 + 3.1 * letters as f64;
            let fill = if shape == MessageShape::Append { LEADER } else { EDGE };
            svg.element(
                "rect",
                format_args!(
                    "x=\"{:.1}\" y=\"-10\" width=\"{:.1}\" height=\"20\" rx=\"5\" fill=\"{fill}\"",
                    -half,
                    2.0 * half
                ),
            );
            svg.text((0.0, 4.0), 11.0, &format!("{bold} fill=\"{PAPER}\""), label);
        }
    }
    svg.end_group();
    let beside = matches!(
        shape,
        MessageShape::ClientRequest | MessageShape::ClientAnswer | MessageShape::ClientRefusal
    );
    if beside && !label.is_empty() {
        write_label(svg, (x + 14.0, y + 4.0), label);
    }
}
