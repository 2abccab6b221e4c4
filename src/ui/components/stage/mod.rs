//! The drawing: servers on a ring, links, clients, and the messages that travel.

pub mod geometry;
pub mod vocabulary;

mod ballots;
mod cut_line;
mod hint;
pub(in crate::ui) mod layer;
mod links;
mod menu;
mod servers;
pub(in crate::ui) mod shapes;
mod view;

pub(in crate::ui) use view::StageProps;
