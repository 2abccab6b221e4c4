//! The stage as a picture for files and for print: light on white, with a legend. A pure function
//! of the model of the cluster and the messages in flight.
//!
//! - `stage`: the picture. `server`: a server. `message`: a message. `legend`: what they mean.

mod labels;
mod legend;
mod message;
mod server;
mod stage;

pub use stage::{stage_svg, thumbnail_svg};
