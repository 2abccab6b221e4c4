//! Small texts in a picture.

use crate::export::picture::{CANDIDATE_EDGE, DIM, Svg, text_width};

/// The width of a picture of the stage.
pub(super) const PICTURE_WIDTH: f64 = 720.0;

/// The ground of a text that stands on lines.
pub(super) const HALO: &str = "stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\"";

/// A small note beside a point.
pub(super) fn write_label(svg: &mut Svg, (x, y): (f64, f64), label: &str) {
    let attributes = format!("{HALO} fill=\"{DIM}\"");
    let x = if x + text_width(label, 11.0) > PICTURE_WIDTH { x - 28.0 } else { x };
    let anchor =
        if x + text_width(label, 11.0) > PICTURE_WIDTH { " text-anchor=\"end\"" } else { "" };
    svg.text((x, y), 11.0, &format!("{attributes}{anchor}"), label);
}

/// The colour of the rim of a candidate.
pub(super) const RIM: &str = CANDIDATE_EDGE;
