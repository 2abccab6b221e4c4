//! What the signs of a picture of the stage mean: only those that are in it.

use crate::export::picture::{Svg, text_width};
use crate::ui::scene::{MessageShape, Point};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use super::message::write_shape;
use super::server::{ServerSign, write_body};

/// Something that the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LegendSign {
    Server(ServerSign),
    Message(MessageShape),
}

impl LegendSign {
    fn name(self) -> &'static str {
        match self {
            LegendSign::Server(sign) => sign.name(),
            LegendSign::Message(shape) => text::message_shape(shape),
        }
    }
}

/// The signs of the servers and of the messages, each once.
pub(super) fn signs_of(cluster: &ClusterModel, shapes: Vec<MessageShape>) -> Vec<LegendSign> {
    let servers = cluster.servers.iter().map(|server| LegendSign::Server(ServerSign::of(server)));
    let mut signs: Vec<LegendSign> =
        servers.chain(shapes.into_iter().map(LegendSign::Message)).collect();
    signs.sort_unstable();
    signs.dedup();
    signs
}

const SIZE: f64 = 12.0;
const ROW: f64 = 28.0;

/// Writes the legend, and returns where it ends.
pub(super) fn write_signs(svg: &mut Svg, signs: &[LegendSign], top: f64, width: f64) -> f64 {
    let (mut x, mut y) = (16.0, top + ROW / 2.0);
    for &sign in signs {
        let takes = 44.0 + text_width(sign.name(), SIZE) + 14.0;
        if x + takes > width {
            (x, y) = (16.0, y + ROW);
        }
        let at = Point { x: x + 14.0, y };
        match sign {
            LegendSign::Server(sign) => write_body(svg, sign, at, 10.0),
            LegendSign::Message(shape) => write_shape(svg, shape, at, ""),
        }
        svg.text((x + 36.0, y + 4.0), SIZE, "", sign.name());
        x += takes;
    }
    y + ROW / 2.0
}
