//! Pictures as SVG: light on white, with a legend, and complete in themselves.
//!
//! Everything is an attribute: a style sheet within the picture would not pass the content security
//! policy of a page that draws it to a canvas.
//!
//! - `svg`: writes elements. `colors`: the colours.
//! - `timeline`: the space-time diagram; `axis`, `lanes`, `lines` and `notes` are its parts.
//! - `message_style`: how a message is drawn. `legend`: what the signs mean.

mod axis;
mod colors;
mod lanes;
mod legend;
mod lines;
mod message_style;
mod notes;
mod svg;
mod timeline;

pub use colors::*;
pub use svg::{Svg, text_width};
pub use timeline::{TimelinePicture, timeline_svg};
